"""What the service says of retention, for the stand-in of the page."""

from __future__ import annotations

from tests.page.answers import SHEET, people


def line(number, name, standing, **changes):
    facts = {
        "ids": [f"C-{number}"],
        "row": number + 2,
        "rows": 1,
        "link": f"{SHEET}B{number + 2}",
        "name": name,
        "standing": standing,
        "since": "2026-05-12",
        "due": "2027-12-01",
        "untold": False,
        "text": "",
    }
    return {**facts, **changes}


def retention(due=3, reached=2, announced=4, kept=1):
    names = iter(people(due + reached + announced + kept))
    lines = [line(number, next(names), "due") for number in range(due)]
    lines += [line(20 + number, next(names), "reached", due="2027-12-31") for number in range(reached)]
    lines += [line(40 + number, next(names), "announced", due="2027-12-20") for number in range(announced)]
    why = "選考中・内定・採用の応募があります。"
    lines += [line(60 + number, next(names), "kept", due=None, text=why, rows=2) for number in range(kept)]
    return {
        "mark": "0123456789abcdef01234567",
        "months": 12,
        "notice_days": 30,
        "running": 214,
        "reached": reached,
        "announced": announced,
        "due": due,
        "kept": kept,
        "erased": 120,
        "unfinished": 0,
        "people": lines,
    }


def certificate():
    return {
        "erasure": "20271201-100000-7KQ2AB",
        "workbook": "採用管理表 2026.xlsx",
        "begun_at": "2027-12-01T10:00:00+09:00",
        "ended_at": "2027-12-01T10:00:04+09:00",
        "reason": "保存期間の終了",
        "actor": "森本",
        "people": 3,
        "erased": [
            {"name": "rows", "text": "候補者の行(氏名・連絡先・備考などを消去)", "count": 4},
            {"name": "log", "text": "送信記録の行(宛先・件名・詳細を消去)", "count": 6},
            {"name": "letters", "text": "送信箱に残っていた通知", "count": 3},
            {"name": "backups", "text": "ブックの古い控え(.relay)", "count": 9},
        ],
        "rows": ["1d719dd72f9362dbf6323f38", "3ffbe26ba0ac71d94c5f66d5", "ee2ba99881c0a5dbf656752b"],
        "kept": [
            {
                "name": "counts",
                "text": "集計のための値(応募の月、媒体、職種、段階、結果、タグ)。氏名や連絡先とは結び付きません。",
            },
            {"name": "log", "text": "通知ごとの記録ID・日時・種別と、鍵付きの印。同じ方に二度送らないためです。"},
        ],
        "beyond": [
            {
                "name": "copies",
                "text": "人が作った写し(別名の保存、メールの添付、印刷など)。ある場合は手で消してください。",
            }
        ],
        "left": [{"tab": "面接メモ", "cells": 2}],
        "cells_kept": "",
        "waiting": "",
        "alone": 1,
    }
