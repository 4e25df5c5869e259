"""LINE's Messaging API over HTTP, as far as we use it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from linebot.v3.messaging.models import (
    ErrorResponse,
    IssueLinkTokenResponse,
    MessageQuotaResponse,
    PushMessageRequest,
    PushMessageResponse,
    QuotaConsumptionResponse,
    SentMessage,
    TextMessage,
)

from tests.line_server.account import TOKEN, Account

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_USER = re.compile(r"U[0-9a-f]{32}")
_LONGEST = 5000


@dataclass
class Switches:
    """Troubles that a test asks for; each holds for the next requests of its path, in order."""

    answers: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """Answers instead of doing anything: status and message."""
    lose_answers: int = 0
    """So many pushes are taken, and the line goes dead before the answer."""
    after_a_loss: list[tuple[int, str]] = field(default_factory=list)
    """What pushes are answered from then on."""
    hang_up: int = 0
    """So many pushes are not even read."""


@dataclass
class LineServer:
    """The server, and what it has seen."""

    account: Account = field(default_factory=Account)
    switches: Switches = field(default_factory=Switches)
    seen: list[str] = field(default_factory=list)
    """Method and path of each request."""
    keys: list[str] = field(default_factory=list)
    """Retry keys, in order."""
    port: int = 0

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def pushes(self) -> int:
        return self.seen.count("POST /v2/bot/message/push")

    @contextmanager
    def running(self) -> Iterator[LineServer]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"line": self}))
        server.daemon_threads = True
        self.port = server.server_port
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    line: LineServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words):
        pass

    def do_GET(self):
        self._answer_to("GET", b"")

    def do_POST(self):
        if self.path.endswith("/push") and self.line.switches.hang_up:
            self.line.switches.hang_up -= 1
            self._drop()
            return
        self._answer_to("POST", self.rfile.read(int(self.headers.get("content-length", 0))))

    def _answer_to(self, method: str, body: bytes) -> None:
        self.line.seen.append(f"{method} {self.path}")
        waiting = self.line.switches.answers.get(self.path, [])
        if self.headers.get("authorization") != f"Bearer {TOKEN}":
            self._refuse(401, "Authentication failed. Confirm that the access token in the header is valid.")
        elif waiting:
            self._refuse(*waiting.pop(0))
        elif (method, self.path) == ("GET", "/v2/bot/message/quota"):
            self._say(200, _quota(self.line.account))
        elif (method, self.path) == ("GET", "/v2/bot/message/quota/consumption"):
            account = self.line.account
            self._say(200, QuotaConsumptionResponse(totalUsage=max(account.used - account.count_lags, 0)).to_dict())
        elif (method, self.path) == ("POST", "/v2/bot/message/push"):
            self._push(body)
        elif method == "POST" and (found := re.fullmatch(r"/v2/bot/user/(U[0-9a-f]{32})/linkToken", self.path)):
            token = f"link-token-{len(self.line.account.link_tokens) + 1}"
            self.line.account.link_tokens[token] = found[1]
            self._say(200, IssueLinkTokenResponse(linkToken=token).to_dict())
        else:
            self._refuse(404, "Not found")

    def _push(self, body: bytes) -> None:
        account, key = self.line.account, self.headers.get("x-line-retry-key", "")
        self.line.keys.append(key)
        problem = _problem(body, key, account)
        if problem and not (account.checks_key_first and account.taken_before(key)):
            self._refuse(400, problem)
            return
        if taken := account.taken_before(key):
            self._refuse(409, "The retry key is already accepted", {"x-line-accepted-request-id": taken.request_id})
            return
        if not account.has_room():
            self._refuse(429, "You have reached your monthly limit.")
            return
        request = json.loads(body)
        texts = tuple(message["text"] for message in request["messages"])
        taken = account.take(request["to"], texts, key)
        if self.line.switches.lose_answers:
            self.line.switches.lose_answers -= 1
            self.line.switches.answers[self.path] = [*self.line.switches.after_a_loss]
            self._drop()
            return
        sent = [SentMessage(id=str(number), quoteToken=None) for number, _ in enumerate(texts, 1)]
        self._say(200, PushMessageResponse(sentMessages=sent).to_dict(), {"x-line-request-id": taken.request_id})

    def _refuse(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        self._say(status, ErrorResponse(message=message, details=None, sentMessages=None).to_dict(), headers)

    def _say(self, status: int, document: dict, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        for name, value in {"content-type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.close()


def _quota(account: Account) -> dict:
    if account.quota is None:
        return MessageQuotaResponse(type="none", value=None).to_dict()
    return MessageQuotaResponse(type="limited", value=account.quota).to_dict()


def _problem(body: bytes, key: str, account: Account) -> str:
    """What LINE would object to; empty for nothing. The shapes are those of LINE's own description."""
    try:
        document = json.loads(body)
        request = PushMessageRequest.from_dict(document)
        messages = [TextMessage.from_dict(message) for message in document["messages"]]
    except (ValueError, TypeError, KeyError):
        return "The request body could not be parsed as JSON"
    if key and not _UUID.fullmatch(key):
        return "Invalid retry key"
    if not _USER.fullmatch(request.to) or not account.knows(request.to):
        return "Failed to send messages"
    if any(not 0 < len(message.text.encode("utf-16-le")) // 2 <= _LONGEST for message in messages):
        return "The request body has 1 error(s)"
    return ""
