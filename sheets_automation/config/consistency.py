"""Values that are fine by themselves and contradict one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, fields

from sheets_automation.config.partners import partner_problems
from sheets_automation.config.problems import Problem
from sheets_automation.config.sections import Config
from sheets_automation.core.cells import folded


def contradictions(config: Config) -> Iterator[Problem]:
    """Find every contradiction."""
    yield from _window(config)
    yield from _decision_words(config)
    yield from _tabs(config)
    yield from partner_problems(config)


def missing_for_sending(config: Config) -> Iterator[Problem]:
    """Find what no default can stand in for once real letters are to go out; the 設定 tab may have filled it in."""
    for key, label, value in (
        ("company.name", "会社名", config.company.name),
        ("sender.address", "差出人のメールアドレス", config.sender.address),
    ):
        if not value:
            yield Problem(
                key,
                f"{label}（{key}）が決まっていません。設定ファイルに書いてください。",
                f"{key} is not set; write it into the configuration.",
            )


def is_served(config: Config) -> bool:
    """Whether anybody has begun to set up `relay serve`."""
    service = config.service
    return bool(service.workbooks or service.audiences or service.domains or service.iap_audience)


def missing_for_service(config: Config) -> Iterator[Problem]:
    """Find what `relay serve` cannot do without: nobody is let in where it is not said who may come."""
    service = config.service
    for key, ja, en, values in (
        ("service.workbooks", "使えるスプレッドシート", "which spreadsheets may be used", service.workbooks),
        ("service.domains", "利用者の組織のドメイン", "the domains of the people who may come in", service.domains),
    ):
        if not values:
            yield Problem(
                key,
                f"{ja}({key})が決まっていません。設定ファイルに書いてください。",
                f"{key} is not set: write {en} into the configuration.",
            )
    if not service.audiences and not service.iap_audience:
        yield Problem(
            "service.audiences",
            "service.audiences に、Apps Script の OAuth クライアント ID を書いてください"
            "(ブラウザーだけで使うなら service.iap_audience)。",
            "service.audiences is not set: write the OAuth client id of the Apps Script project "
            "(or service.iap_audience, where only browsers are used).",
        )
    yield from _editors(config)


def _window(config: Config) -> Iterator[Problem]:
    window = config.window
    for key, end in (("window.end", window.end), ("window.friday_end", window.friday_end)):
        if end <= window.start:
            yield Problem(
                key,
                f"{key}（{end:%H:%M}）は window.start（{window.start:%H:%M}）より後にしてください。",
                f"{key} ({end:%H:%M}) must be later than window.start ({window.start:%H:%M}).",
            )
    if not window.days:
        yield Problem(
            "window.days",
            "window.days に曜日を 1 つ以上書いてください。",
            "window.days must name at least one weekday.",
        )


def _decision_words(config: Config) -> Iterator[Problem]:
    meanings: dict[str, str] = {}
    for meaning, words in asdict(config.decisions).items():
        for word in words:
            other = meanings.setdefault(folded(word), meaning)
            if other != meaning:
                yield Problem(
                    f"decisions.{meaning}",
                    f"「{word}」が decisions.{other} と decisions.{meaning} の両方にあります。片方を消してください。",
                    f'"{word}" stands in both decisions.{other} and decisions.{meaning}; remove it from one of them.',
                )


def _tabs(config: Config) -> Iterator[Problem]:
    titles = [getattr(config.workbook, f.name) for f in fields(config.workbook) if f.name.endswith("_tab")]
    for title, count in Counter(folded(title) for title in titles if title).items():
        if count > 1:
            yield Problem(
                "workbook",
                f"[workbook] でシート名「{title}」が {count} 回使われています。別々の名前にしてください。",
                f'[workbook] gives the tab name "{title}" {count} times; give each tab its own.',
            )


def _editors(config: Config) -> Iterator[Problem]:
    for number, line in enumerate(config.service.editors, 1):
        if line.addresses and line.workbook not in config.service.workbooks:
            yield Problem(
                f"service.editors[{number}].workbook",
                f"service.editors[{number}].workbook のスプレッドシートが service.workbooks にありません。",
                f"service.editors[{number}].workbook is none of service.workbooks.",
            )
