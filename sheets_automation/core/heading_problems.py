"""What we say when the headings do not tell where the candidates stand. Lists headings, never what is below them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sheets_automation.core.errors import HeadingProblem
from sheets_automation.core.headings import ALIASES, Field

_MOST_LISTED = 40
_LONGEST_LISTED = 30
_JAPANESE = {Field.NAME: "氏名", Field.ADDRESS: "メールアドレス", Field.DECISION: "選考結果"}


def column_letters(column: int) -> str:
    """Return the letters of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return a cell's name as people see it, from a 1-based row and a 0-based column: "E17"."""
    return f"{column_letters(column)}{row}"


def no_such_tab(wanted: str, titles: Iterable[str]) -> HeadingProblem:
    """Say that the configured tab is not in the workbook."""
    there = "、".join(titles)
    return HeadingProblem(
        f"設定の候補者シート「{wanted}」がブックにありません。あるシート: {there}。"
        "設定 [workbook] candidates_tab を直してください。",
        f'The configured candidates tab "{wanted}" is not in the workbook, which has: {there}. '
        "Correct candidates_tab in [workbook] of the configuration.",
    )


def no_headings(titles: Iterable[str], rows: int) -> HeadingProblem:
    """Say that no tab has anything like the headings of a candidates tab."""
    there = "、".join(titles)
    return HeadingProblem(
        f"候補者の見出し(氏名・メールアドレス・選考結果)が、どのシートの先頭{rows}行にも見つかりません。"
        f"調べたシート: {there}。"
        "見出しの行を作るか、設定 [headings] に今の見出しを書いてください。",
        f"No tab has the headings of candidates (氏名, メールアドレス, 選考結果) within its first {rows} rows. "
        f"Looked at: {there}. Add a heading row, or name your headings in [headings] of the configuration.",
    )


def several_tabs(titles: Iterable[str]) -> HeadingProblem:
    """Say that more than one tab looks like the candidates tab."""
    there = "、".join(titles)
    return HeadingProblem(
        f"候補者のシートに見えるものが複数あります: {there}。"
        "使うものを設定 [workbook] candidates_tab に書いてください。",
        f"Several tabs look like the candidates tab: {there}. Name one as candidates_tab in [workbook] of the "
        "configuration.",
    )


def missing_headings(tab: str, row: int, wanted: Iterable[Field], found: Mapping[int, str]) -> HeadingProblem:
    """Say which headings are missing in the row that looks most like the heading row, and what stands there."""
    fields = tuple(wanted)
    there = _listed(row, found)
    ja = "、".join(f"「{_JAPANESE[field]}」" for field in fields)
    en = ", ".join(f"{field} (such as {ALIASES[field][0]})" for field in fields)
    keys = ", ".join(fields)
    return HeadingProblem(
        f"シート「{tab}」の{row}行目に {ja} の見出しがありません。ある見出し: {there}。"
        f"見出しを直すか、設定 [headings] の {keys} に今の見出しを書いてください。",
        f'The tab "{tab}" has no heading for {en} in row {row}, which has: {there}. '
        f"Correct the heading, or name it under {keys} in [headings] of the configuration.",
    )


def doubled_heading(tab: str, row: int, heading: str, columns: Iterable[int]) -> HeadingProblem:
    """Say that a heading stands over more than one column."""
    cells = ", ".join(cell_name(row, column) for column in columns)
    return HeadingProblem(
        f"シート「{tab}」に見出し「{heading}」が複数あります({cells})。どちらを使うか分からないため、片方の見出しを変えてください。",
        f'The tab "{tab}" has the heading "{heading}" more than once ({cells}). '
        "Rename all but one, since nothing tells which is meant.",
    )


def _listed(row: int, found: Mapping[int, str]) -> str:
    shown = [f"{cell_name(row, c)} {h[:_LONGEST_LISTED]}" for c, h in list(found.items())[:_MOST_LISTED]]
    return "、".join(shown) + (" …" if len(found) > _MOST_LISTED else "")
