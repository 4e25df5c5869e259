"""A stand-in for the service: it answers the page what a test wants it to, hostile and broken answers included.

The real service is driven in `test_whole_day.py`; here is what it would never say, or only after hours.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import sheets_automation
from tests.page import answers, follow_up_answers, import_answers, tag_answers
from tests.retention.page_answers import certificate, retention

PAGE = Path(sheets_automation.__file__).parent / "service" / "page"
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
STYLES = b"".join(
    b"<link rel=stylesheet href=%s.css>" % name
    for name in (b"style", b"narrow", b"import", b"partners", b"follow_up", b"person")
)
SIDEBAR = b"<!doctype html><html><head>" + STYLES + b"</head><body></body></html>"
"""Where a spreadsheet would put the page's script."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types letters"
)


class StandIn:
    """What the stand-in knows, and what it was asked. A test changes `said` to hear something else."""

    def __init__(self, letters=24):
        self.asked = []
        self.addresses = []
        self.waiting = []
        self.batch = 10
        self.pause = 0.0
        self.is_gone = False
        self.said = {
            "GET /api/session": answers.session(),
            "GET /api/plan": answers.plan(letters),
            "GET /api/uncertain": answers.uncertain(),
            "GET /api/credits": answers.credits_document(),
            "GET /api/check": answers.check(),
            "GET /api/analysis": answers.analysis(),
            "GET /api/match": answers.match(),
            "GET /api/tags": tag_answers.tags(),
            "POST /api/tags": tag_answers.answered,
            "GET /api/retention": retention(),
            "POST /api/retention/announce": retention(),
            "POST /api/retention/erase": certificate(),
            "GET /api/runs": answers.runs(),
            "GET /api/imports": import_answers.imports(),
            "POST /api/import/preview": import_answers.preview(),
            "POST /api/import": import_answers.done(),
            "POST /api/import/undo": import_answers.undone(),
            "POST /api/letters": self.letters,
            "POST /api/test": lambda asked: {
                "sent": len(asked["ids"]),
                "text": f"{len(asked['ids'])} 通を送りました。",
            },
            "POST /api/approvals": self.approve,
            "POST /api/send": self.send,
            "POST /api/undo": self.undo,
            "POST /api/freeze": lambda asked: answers.frozen(asked["because"]),
            "POST /api/thaw": {"stops": [], "waiting": 24, "recorded": True},
            "POST /api/settle": self.settle,
            "POST /api/credits/redeem": {},
            **follow_up_answers.said(self),
        }

    @property
    def plan(self):
        return self.said["GET /api/plan"]

    def refuse(self, call, name, text, status=409):
        self.said[call] = (status, {"error": {"name": name, "text": text}})

    def asked_for(self, call):
        """What the page sent with each such call."""
        return [body for made, body in self.asked if made == call]

    def queries(self, call):
        """What the page said in the address of each such call."""
        return [query for made, query in self.addresses if made == call]

    def letters(self, asked):
        wanted = set(asked["ids"])
        return {"letters": [answers.letter(row) for row in self.plan["letters"] if row["id"] in wanted]}

    def approve(self, asked, plan=None):
        plan = plan or self.plan
        self.waiting = [row for row in plan["letters"] if row["id"] not in asked["without"]]
        if plan["guard"]["expect"] is not None and asked["expect"] != len(self.waiting):
            return 422, {"error": {"name": "expectation_missed", "text": "通数が違います。"}}
        return {"approval": "signed", "letters": len(self.waiting), "state": "approved"}

    def send(self, _asked):
        time.sleep(self.pause)
        gone, self.waiting = self.waiting[: self.batch], self.waiting[self.batch :]
        lines = [
            {key: row[key] for key in ("id", "row", "name", "link")} | {"state": "sent", "reason": None, "text": ""}
            for row in gone
        ]
        facts = {"run_id": "run", "sent": lines, "left": len(self.waiting), "done": not self.waiting}
        return facts | {"error": None, "not_shown": None, "uncertain": 0}

    def undo(self, _asked):
        withdrawn, self.waiting = len(self.waiting), []
        return {"withdrawn": withdrawn, "text": f"{withdrawn} 通を取り消しました。"}

    def settle(self, asked):
        rest = [one for one in answers.uncertain()["letters"] if one["id"] not in asked["ids"]]
        self.said["GET /api/uncertain"] = {"letters": rest}
        return {"settled": len(asked["ids"]), "not_settled": [], "not_shown": None}

    def answer(self, call, body):
        self.asked.append((call, body))
        said = self.said.get(call) or self.said.get(
            call.partition("?")[0], (404, {"error": {"name": "error", "text": call}})
        )
        said = said(body) if callable(said) else said
        return said if isinstance(said, tuple) else (200, said)


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_one_request(self):
        super().handle_one_request()
        if self.server.stand_in.is_gone:
            self.close_connection = True

    def do_GET(self):
        if self.server.stand_in.is_gone:
            return
        path = urlsplit(self.path).path
        file = PAGE / path.lstrip("/") if path != "/" else PAGE / "index.html"
        if path == "/sidebar":
            self._send(200, SIDEBAR, TYPES[".html"])
            return
        if path.startswith("/api/"):
            query = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
            self.server.stand_in.addresses.append((f"GET {path}", query))
            self._answer(*self.server.stand_in.answer(self._call(), None))
        elif file.is_file() and file.suffix in TYPES:
            self._send(200, file.read_bytes(), TYPES[file.suffix])
        else:
            self.server.stand_in.asked.append((f"GET {self.path}", None))
            self._send(404, b"", "text/plain")

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.stand_in.is_gone:
            return
        self._answer(*self.server.stand_in.answer(self._call(), body))

    def _call(self):
        """What was asked, and of which kind of letters, where those of results are not meant."""
        asked = urlsplit(self.path)
        mailing = dict(parse_qsl(asked.query)).get("mailing")
        return f"{self.command} {asked.path}" + (f"?mailing={mailing}" if mailing else "")

    def _answer(self, status, body):
        self._send(status, json.dumps(body).encode(), "application/json")

    def _send(self, status, body, kind):
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": len(body), "Content-Security-Policy": POLICY}
        for name, value in (headers | {"Cache-Control": "no-store"}).items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


def serve(stand_in):
    """Start the stand-in on a port of its own; the server that is given back has `url`, and `shutdown` ends it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Door)
    server.daemon_threads = True
    server.stand_in = stand_in
    server.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
