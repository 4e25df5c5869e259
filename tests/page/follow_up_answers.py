"""Answers of the service about follow-ups, for the stand-in: two campaigns in use, people who agreed, and a history."""

from tests.page import answers

WHY = "選考結果が「不採用」である、選考結果日が 227 日前(180 日以上前)である"
CALL = "{}?mailing=follow_up"


def campaign(name, letter, letters, **more):
    facts = {"name": name, "letter": letter, "means": "メール", "cell": "フォロー計画!C12", "link": None}
    return {**facts, "letters": letters, "sent": 8, "rests": False, **more}


def plan(letters=3):
    found = answers.plan(letters)
    for row in found["letters"]:
        row |= {"campaign": "半年後のご連絡", "why": WHY, "template": "check_in.ja", "template_title": "半年後のご連絡"}
    answered = {
        "id": "C-09001",
        "row": 88,
        "cell": "候補者!A88",
        "link": None,
        "name": "大西 歩",
        "opening": "法人営業",
    }
    group = {"reason": "person_answered", "severity": "act", "text": "11月20日に返信がありました。", "advice": ""}
    found["left_out"].insert(0, {**group, "count": 1, "people": [{**answered, "text": None}]})
    found["plan"] = "news"
    found["campaigns"] = {
        "tab": "フォロー計画",
        "is_there": True,
        "link": None,
        "campaigns": [
            campaign("半年後のご連絡", "半年後のご連絡", letters),
            campaign("新しい求人のご案内", "新しい求人のご案内", 0, rests=True, means="LINE優先"),
        ],
    }
    text = "「伝書鳩」という送信手段はありません。"
    found["problems"] = [
        {"name": "campaign", "text": text, "stops": False, "cell": "フォロー計画!D15", "link": None},
    ]
    return found


def nothing_planned():
    """The plan where the workbook has no tab yet."""
    found = plan(0)
    found["campaigns"] = {"tab": "フォロー計画", "is_there": False, "link": None, "campaigns": []}
    return found


def line(id_, name, **more):
    facts = {"id": id_, "row": 88, "link": None, "name": name, "number": 1, "at": "2026-05-20T10:00:00+09:00"}
    letter = {"campaign": "半年後のご連絡", "why": WHY, "letter": "半年後のご連絡", "subject": "その後いかがですか"}
    return {**facts, **letter, "state": "sent", "replied_at": None, "to": "a@example.com", "carrier": "outbox", **more}


def follow_ups():
    lines = [
        line("C-09001", "大西 歩", replied_at="2026-11-20T09:12:00+09:00"),
        line("C-09002", "今井 直樹", state="bounced", row=90),
        line("C-09003", "", state="sent", row=None),
    ]
    return {"total": 3, "follow_ups": lines}


def consent(id_, name, **more):
    facts = {"id": id_, "row": 12, "link": None, "name": name, "agrees": True, "refused": False}
    proof = {"at": "2026-04-02T10:00:00+09:00", "wording": "2026-04", "source": "列「フォロー同意」", "actor": "森本"}
    return {**facts, **proof, "recorded_at": proof["at"], **more}


def consents(recorded=0):
    people = [
        consent("C-09001", "大西 歩"),
        consent("C-09002", "今井 直樹", at=None, recorded_at=None, wording="", source="", actor=""),
        consent("C-09004", "平野 悠", agrees=False, refused=True),
        consent("C-09005", "菅原 茜", agrees=False, wording="", source="電話", recorded_at="2026-04-09T17:30:00+09:00"),
    ]
    return {"recorded": recorded, "agreed": 2, "wording": "2026-04", "people": people}


def said(stand_in):
    """What the stand-in says of follow-ups."""
    news = plan()
    return {
        CALL.format("GET /api/plan"): news,
        CALL.format("POST /api/letters"): lambda asked: {
            "letters": [answers.letter(row) for row in news["letters"] if row["id"] in asked["ids"]]
        },
        CALL.format("POST /api/approvals"): lambda asked: stand_in.approve(asked, news),
        "GET /api/follow-ups": follow_ups(),
        "GET /api/consents": consents(),
        "POST /api/consents": lambda asked: consents(len(asked["ids"])),
        "POST /api/campaigns": {"tab": "フォロー計画", "made": True, "text": "「フォロー計画」タブを作りました。"},
    }
