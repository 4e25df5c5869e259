"""Answers of the service about imports, for the stand-in."""

ENCODINGS = ["UTF-8", "UTF-16", "ISO-2022-JP", "Shift_JIS (CP932)", "EUC-JP", "Windows-1252"]
TARGETS = ["氏名", "メールアドレス", "電話番号", "応募職種", "応募日", "備考"]


def column(heading, target, certainty, use="column", sample="", date_style=None):
    facts = {"heading": heading, "target": target, "certainty": certainty, "use": use}
    return facts | {"sample": sample, "date_style": date_style}


def preview(**changes):
    columns = [
        column("応募ID", "", "known", "matching", "E-1"),
        column("名前", "", "known", "names", "新田 光"),
        column("メールアドレス", "メールアドレス", "known", sample="nitta@example.com"),
        column("応募時刻", "応募日", "known", sample="2026/11/20", date_style="year_first"),
        column("連絡用電話", "電話番号", "proposed", "nothing", "090-7777-0001"),
        column("本籍地", "", "forbidden", "nothing"),
    ]
    counts = {"added": 2, "changed": 1, "unchanged": 4, "proposed": 1, "refused": 1, "reapplied": 1, "waiting": 1}
    return {
        "mark": "plan-one",
        "number": 3,
        **counts,
        "file": {
            "name": "応募者.csv",
            "system": "HERP",
            "knows_system": True,
            "encoding": "Shift_JIS (CP932)",
            "encodings": ENCODINGS,
            "delimiter": ",",
            "sheet": None,
            "heading_row": 1,
            "lines": 9,
            "columns": columns,
            "targets": TARGETS,
        },
        "additions": [
            {"line": 2, "name": "新田 光", "opening": "営業職", "past": []},
            {"line": 3, "name": "遠山 楓", "opening": "経理", "past": ["12 行目 遠山 楓・2025/04/01"]},
        ],
        "changes": [
            {
                "candidate_id": "C-7",
                "row": 7,
                "name": "佐藤 葵",
                "cells": [{"heading": "電話番号", "before": "", "after": "090-1111-2222"}],
            }
        ],
        "proposals": [
            {
                "kind": "same_person",
                "line": "5",
                "file_says": "氏名: 髙橋 湊、メールアドレス: minato@example.net",
                "workbook_says": ["9 行目 高橋 湊・minato@example.com"],
                "evidence": "氏名が同じ、メールアドレスが似ている",
            }
        ],
        "refusals": [{"line": 6, "heading": "名前", "text": "氏名も連絡先もありません。"}],
        **changes,
    }


def done(**changes):
    counts = {"added": 2, "changed": 1, "unchanged": 4, "proposed": 1, "refused": 1, "waiting": 1}
    return {"import_id": "20261124-100000-ABCDEF", **counts, "kept": None, **changes}


def undone(**changes):
    return {
        "import_id": "20261123-090000-AAAAAA",
        "removed": 5,
        "restored": 2,
        "kept": [],
        "cells_kept": None,
    } | changes


def imports():
    fine = {"import_id": "20261123-090000-AAAAAA", "at": "2026-11-23T09:00:00+09:00", "actor": "森本"}
    gone = {"import_id": "20261120-090000-BBBBBB", "at": "2026-11-20T09:00:00+09:00", "actor": "森本"}
    return [
        fine | {"files": "先週.csv", "added": 5, "changed": 2, "state": "done", "can_be_undone": True},
        gone | {"files": "先々週.csv", "added": 1, "changed": 0, "state": "undone", "can_be_undone": False},
    ]
