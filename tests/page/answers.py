"""Answers of the service for the stand-in: a company with letters to send, people left out, credits and an analysis.

Longer than a module should be because it is one table of what the service says.
"""

from itertools import cycle, islice, pairwise

FAMILY = (
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "伊藤",
    "渡辺",
    "山本",
    "中村",
    "小林",
    "加藤",
    "吉田",
    "山田",
    "佐々木",
    "山口",
)
GIVEN = ("陽菜", "蓮", "結衣", "湊", "葵", "悠真", "凛", "大翔", "美咲", "樹", "さくら", "健太", "彩香")
OPENINGS = (
    "機械設計エンジニア",
    "法人営業",
    "Webマーケティング",
    "品質管理",
    "生産技術エンジニア",
    "アルバイト(工場内軽作業)",
)
LETTERS = (("standard.ja", "標準"), ("after_final_interview.ja", "最終面接後"), ("reapply.ja", "再応募"))
LOOKS = (
    {"name": "waiting_long", "text": "結果が出てから 9 日お待たせしています。"},
    {"name": "hidden_row", "text": "シートで隠れている行です。"},
    {"name": "long_name", "text": "氏名がとても長いので、宛名の形を見てください。"},
)
SHEET = "https://docs.google.com/spreadsheets/d/1/edit#gid=0&range=A"
LEFT_OUT = (
    ("address_invalid", "act", "メールアドレスの形が正しくありません。", "正しいアドレスに直してください。", 3),
    ("blank_field", "act", "文面に差し込む「応募職種」が空です。", "表に記入するか、文面を直してください。", 2),
    ("letter_uncertain", "act", "通知が届いたかどうか分かりません。", "「届いたか」の画面で選んでください。", 2),
    ("decision_too_recent", "wait", "結果が出て間もないため、まだ送りません。", "", 6),
    ("in_selection", "none", "選考中です。", "", 31),
    ("already_sent", "none", "通知済みです。", "", 12),
    ("withdrawn", "none", "ご本人が辞退されています。", "", 3),
)


def people(number):
    names = (f"{family} {given}" for given in cycle(GIVEN) for family in FAMILY)
    return list(islice(names, number))


def session(**changes):
    facts = {
        "workbook": {"title": "採用管理表 2026.xlsx", "kind": "excel", "address_shown": "採用管理表 2026.xlsx"},
        "actor": "森本",
        "carrier": {"address": "gmail:saiyo@minato.example", "name": "gmail", "is_set": True},
        "company": "株式会社みなと製作所",
        "language": "ja",
        "mode": "local",
        "started_from": "terminal",
        "version": "0.1.0",
        "needs_second_approval": False,
        "has_line_part": False,
        "selects_rows": False,
    }
    return facts | changes


def planned(number, name):
    template, title = LETTERS[number % len(LETTERS)]
    return {
        "id": f"C-{number:05d}",
        "row": number + 4,
        "cell": f"候補者!A{number + 4}",
        "link": f"{SHEET}{number + 4}" if number % 2 else None,
        "name": name,
        "address": f"person{number}@example.com",
        "opening": OPENINGS[number % len(OPENINGS)],
        "template": template,
        "template_title": title,
        "subject": "選考結果のご連絡【株式会社みなと製作所】",
        "looks": [LOOKS[number % len(LOOKS)]] if number <= len(LOOKS) else [],
    }


def left_out(reason, severity, text, advice, names):
    return {
        "reason": reason,
        "severity": severity,
        "text": text,
        "advice": advice,
        "count": len(names),
        "people": [
            {
                "id": f"L-{reason}-{number}",
                "row": 100 + number,
                "cell": f"候補者!A{100 + number}",
                "link": None,
                "name": name,
                "address": f"{reason}{number}@example.com",
                "opening": OPENINGS[number % len(OPENINGS)],
                "text": None,
            }
            for number, name in enumerate(names)
        ],
    }


def plan(letters=24, **changes):
    names = people(letters)
    groups = [left_out(*facts[:4], people(facts[4])) for facts in LEFT_OUT]
    alone = sum(group["count"] for group in groups)
    facts = {
        "plan": "plan-1",
        "made_at": "2026-11-24T10:00:00+09:00",
        "window": {"is_open": True, "opens_at": None},
        "letters": [planned(number, name) for number, name in enumerate(names, start=1)],
        "left_out": groups,
        "waiting": [],
        "counts": {"rows": letters + alone, "letters": letters, "left_out": alone, "sent_before": 12, "uncertain": 2},
        "guard": {"expect": None, "text": None},
        "credits": credit_summary(),
        "problems": [],
        "approval": None,
        "stops": [],
        "held_up": None,
    }
    return facts | changes


def frozen(because="宛先の取り違え", source="log"):
    text = f"2026/11/24 10:05 に 森本 さんがすべての送信を止めました(「{because}」)。"
    if source == "setting":
        text = "設定!B9 の「送信停止」により、すべての送信を止めています。"
    return {"stops": [{"source": source, "text": text, "advice": "再開するには…"}], "waiting": 24, "recorded": True}


def letter(row):
    paragraphs = (
        "株式会社みなと製作所 人事部 採用グループ 森本でございます。",
        f"このたびは、数ある企業の中から弊社の「{row['opening']}」にご応募くださり、誠にありがとうございました。",
        "頂戴した内容をもとに慎重に検討いたしました結果、誠に残念ながら、今回はご期待に沿いかねる結果となりました。",
        "ご関心をお寄せいただきながら、このようなご連絡となりましたことを、心よりお詫び申し上げます。",
        "お預かりした応募書類と個人情報は、弊社の個人情報の取扱いに従って厳重に管理し、責任をもって消去いたします。",
    )
    style = "max-width:600px;margin:0 auto;padding:32px 20px;color:#24282c;font-size:15px;line-height:1.85"
    body = "".join(f'<p style="margin:0 0 1.2em">{text}</p>' for text in (f"{row['name']}様", *paragraphs))
    link = '<p><a href="https://relay.example/r/KXQ7PN" style="color:#2b5c8a">キャリア相談の窓口</a></p>'
    return {
        "id": row["id"],
        "name": row["name"],
        "address": row["address"],
        "subject": row["subject"],
        "text": "\n\n".join((f"{row['name']}様", *paragraphs)),
        "html": f'<!doctype html><html lang="ja"><head><style>body{{color:red}}</style></head>'
        f'<body style="margin:0"><div style="{style}">{body}{link}</div></body></html>',
        "from": "株式会社みなと製作所 採用グループ <saiyo@minato.example>",
        "reply_to": "jinji@minato.example",
        "attachments": ["個人情報の取扱い.pdf"],
        "looks": row["looks"],
    }


def credit_summary():
    months = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11")
    registered = (2, 3, 4, 1, 4, 3)
    return {
        "earned": 1,
        "redeemed": 0,
        "expired": 0,
        "left": 1,
        "progress": 7,
        "per_credit": 10,
        "partner": "キャリアサポート東京",
        "history": [
            {"month": month, "registered": number, "earned": int(month == "2026-10")}
            for month, number in zip(months, registered, strict=True)
        ],
    }


def credits_document():
    text = "あと 3 名、今のペースで 12月上旬(8 割の見込みで 11月下旬〜12月下旬。90 日に 18 名)"
    forecast = {"outlook": "expected", "missing": 3, "expected": "2026-12-08", "text": text}
    partner = {"id": "tokyo", "name": "キャリアサポート東京", "next_expiry": None, "counts": "registered"}
    partner |= {"forecast": forecast}
    numbers = {"earned": 1, "redeemed": 0, "expired": 0, "left": 1, "progress": 7, "per_credit": 10}
    entry = {"on": "2026-10-14", "kind": "earned", "amount": 1, "credit": 1, "partner": "tokyo", "note": ""}
    entry |= {"number": "", "opening": "", "actor": ""}
    used = entry | {"on": "2026-11-20", "kind": "redeemed", "amount": -1, "note": "採用支援", "evidence": ["U-1"]}
    used |= {"number": "CR-832ZD7", "opening": OPENINGS[0], "actor": "森本"}
    return {
        "summary": credit_summary(),
        "partners": [partner | numbers],
        "ledger": [used, entry | {"evidence": [f"C-{number:05d}" for number in range(10)]}],
        "problems": [],
        "untaken": 2,
        "openings": list(OPENINGS),
    }


def uncertain():
    facts = {
        "kind": "rejection",
        "row": 31,
        "link": None,
        "at": "2026-11-23T16:20:00+09:00",
        "state": "uncertain",
        "words": ["sent", "again"],
    }
    text = "送信の返事が途絶えました。"
    return {
        "letters": [
            facts | {"id": f"U-{number}", "name": name, "address": f"doubt{number}@example.com", "text": text}
            for number, name in enumerate(people(2), start=1)
        ]
    }


def match():
    line = {"last_contact": "2025-10-01", "letter": None, "letter_problem": None, "held_back": False}
    letter = {
        "to": "a@example.com",
        "subject": "「経理」の募集のご案内",
        "text": "山田 花子様\n\nこのたび、\n募集します。\n",
    }
    return {
        "opening": "経理",
        "asked": ["月次決算", "日商簿記"],
        "nice": [],
        "pool": 36,
        "found": 2,
        "reads_profiles": True,
        "matches": [
            line | {"candidate_id": "C-1", "row": 5, "name": "山田 花子", "score": 0.8, "letter": letter,
                    "reasons": ["求める経験 2 件のうち 2 件の記載", "前回は「最終面接」まで進んだ"], "against": []},
            line | {"candidate_id": "C-2", "row": 9, "name": "佐藤 学", "score": 0.5, "held_back": True,
                    "reasons": ["タグ: スキル強"], "against": ["前回の結果からまだ 4 か月"]},
        ],
        "left_out": [{"reason": "in_selection", "people": 27, "text": "選考中です"}],
    }  # fmt: skip


def analysis():
    stages = (("応募", 88), ("書類選考", 82), ("一次面接", 47), ("最終面接", 14), ("内定", 6), ("採用", 4))
    media = (
        ("求人サイトA", 38, 2, 900_000),
        ("自社サイト", 24, 1, 150_000),
        ("紹介", 17, 1, 0),
        ("合同説明会", 4, 0, None),
    )
    openings = ((name, 30 - 4 * n, n % 2, None) for n, name in enumerate(OPENINGS))
    months = (("2026-08", 12, 6, 6), ("2026-09", 25, 11, 10), ("2026-10", 31, 15, 14), ("2026-11", 20, 12, 8))
    return {
        "as_of": "2026-11-24T10:00:00+09:00",
        "period": "全期間",
        "small_group": 5,
        "figures": _figures(),
        "stages": [_stage(name, reached, passed) for (name, reached), (_, passed) in pairwise((*stages, ("", 4)))],
        "media": [_group(*line) for line in media],
        "openings": [_group(*line) for line in openings],
        "tags": [_group("スキル強", 12, 1, None)],
        "skills": [],
        "months": [dict(zip(("month", "applied", "rejected", "sent"), month, strict=True)) for month in months],
        "waiting": [{"row": 17, "candidate_id": "C-W1", "name": "大野 樹", "opening": OPENINGS[0], "days": 21}],
        "survey": {
            "answers": 15,
            "mean": 3.4,
            "counts": [1, 2, 4, 6, 2],
            "lines": [
                {"first": "2026-07", "last": "2026-09", "answers": 6, "mean": 3.0},
                {"first": "2026-10", "last": "2026-10", "answers": 9, "mean": 3.7},
            ],
        },
        "undated": 3,
        "withheld": 2,
        "unknown_stages": [{"name": "店長面談", "rows": 2}],
        "problems": [],
        "loop": loop(),
    }


def loop():
    """Sixty rejected, of whom twelve registered; a credit, two new candidates, one hire."""
    steps = (
        ("rejected", "不採用", 60),
        ("told", "通知", 56),
        ("linked", "リンク付きの通知", 48),
        ("clicked", "クリック", 21),
        ("registered", "紹介先への登録", 12),
        ("earned", "獲得したクレジット", 1),
        ("used", "使ったクレジット", 1),
        ("found", "新しい候補者", 2),
        ("hired", "採用", 1),
    )
    each = {"earned": "1 名あたり ", "used": "1 件あたり ", "found": "1 件あたり "}
    found, before = [], None
    for step, name, count in steps:
        rate = count / before if before else None
        shown = "–" if rate is None else f"{each[step]}{rate:.2f}" if step in each else f"{rate:.1%}"
        found.append(
            {
                "id": step,
                "name": name,
                "count": count,
                "numerator": count if before else None,
                "denominator": before,
                "rate": rate,
                "is_share": step not in each,
                "shown": shown,
                "definition": f"{name}の定義",
                "period_by": "選考結果日が期間内",
                "small": before is not None and before < 5,
            }
        )
        before = count
    return found


def _figures():
    shown = (
        ("follow_up", "フォロー率（目標 100%）", "rate", 0.86, "86.0%", 37, 43),
        ("letter_median", "通知までの日数（中央値）", "days", 2.5, "2.5日", None, 37),
        ("cost_per_hire", "採用単価", "yen", 262_500, "¥262,500", 1_050_000, 4),
        ("link_registered", "紹介登録率", "rate", 0.2, "20.0%", 6, 30),
        ("hires", "採用", "count", 4, "4", None, None),
    )
    keys = ("id", "name", "unit", "value", "shown", "numerator", "denominator")
    return [
        dict(zip(keys, figure, strict=True))
        | {"formula": "", "definition": f"{figure[1]}の定義", "period_by": "応募日が期間内", "small": figure[6] == 4}
        for figure in shown
    ]


def _stage(name, reached, passed):
    stopped = {"withdrawn": 0, "not_considered": 0, "going": 0}
    rate = passed / reached
    return {
        "name": name,
        "reached": reached,
        "passed": passed,
        "rejected": reached - passed,
        **stopped,
        "pass_rate": rate,
        "small": reached < 5,
    }


def _group(name, applications, hired, cost):
    return {
        "name": name,
        "applications": applications,
        "going": 0,
        "rejected": applications - hired,
        "withdrawn": 0,
        "not_considered": 0,
        "offered": 0,
        "hired": hired,
        "stages": [],
        "hire_rate": hired / applications,
        "told": applications - hired,
        "to_tell": applications - hired,
        "follow_up_rate": 1.0,
        "cost": cost,
        "cost_per_application": None if cost is None else cost / applications,
        "cost_per_hire": cost / hired if cost is not None and hired else None,
        "small": applications < 5,
    }


def check():
    return {
        "problems": [
            {
                "name": "address_invalid",
                "severity": "act",
                "text": "メールアドレスの形が正しくありません。正しいアドレスに直してください。",
                "where": f"候補者!E{row}",
                "cell": f"候補者!E{row}",
                "link": link,
            }
            for row, link in ((17, f"{SHEET}17"), (29, None), (52, None))
        ],
        "fine": [
            "候補者の見出しはすべてあります。",
            "文面 8 通は正しく書けています。",
            "設定に誤りはありません。",
            "送信記録は欠けていません。",
        ],
    }


def runs():
    return [
        {
            "run_id": "r2",
            "at": "2026-11-20T15:10:00+09:00",
            "actor": "森本",
            "sent": 8,
            "failed": 1,
            "uncertain": 2,
            "withdrawn": 0,
        },
        {
            "run_id": "r1",
            "at": "2026-11-13T14:02:00+09:00",
            "actor": "井上",
            "sent": 4,
            "failed": 0,
            "uncertain": 0,
            "withdrawn": 0,
        },
    ]
