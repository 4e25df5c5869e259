"""Poison in what letters quote: the opening, which stands in the subject too, and 備考, which HR uses as a variable."""

from __future__ import annotations

from tests.poison.kind import Cell, Formula, Kind, LeftOut, Outcome, Rich, Sent

CONTROL = LeftOut("control_characters")
SUBJECT = LeftOut("subject_problem")
LINK = LeftOut("link_not_allowed")
PLACEHOLDER = LeftOut("unresolved_placeholder")


def _opening(name: str, cell: Cell, becomes: Outcome | None = None) -> Kind:
    return Kind(f"opening: {name}", {"応募職種": cell}, becomes or Sent())


def _note(name: str, cell: Cell, becomes: Outcome | None = None) -> Kind:
    return Kind(f"note: {name}", {"備考": cell}, becomes or Sent())


LETTERS = (
    _opening("CR LF and a header", "営業\r\nBcc: evil@evil.example", SUBJECT),
    _opening("LF and a header", "営業\nX-Evil: 1", SUBJECT),
    _opening("CR and a header", "営業\rX-Evil: 1", SUBJECT),
    _opening("line separator U+2028", "営業\u2028X-Evil: 1", SUBJECT),
    _opening("next line U+0085", "営業\x85X-Evil: 1", SUBJECT),
    _opening("vertical tab", "営業\x0bX-Evil: 1", SUBJECT),
    _opening("encoded word", "=?utf-8?B?RXZpbA==?="),
    _opening("encoded word of line breaks", "=?utf-8?q?a=0D=0ABcc:_evil?="),
    _opening("placeholder", "{{ 氏名 }}", LeftOut("blank_field")),
    _opening("Jinja condition", "{% if 1 %}営業{% endif %}", PLACEHOLDER),
    _opening("Jinja comment", "{# 営業 #}"),
    _opening("200 characters", "営業" * 100, SUBJECT),
    _opening("50,000 characters", "営業" * 25_000, SUBJECT),
    _opening("half a surrogate pair", "営業\ud83d", CONTROL),
    _opening("NUL", "営\x00業", CONTROL),
    _opening("escape sequence", "営\x1b[31m業", CONTROL),
    _opening("right-to-left override", "営業\u202e職", CONTROL),
    _opening("Arabic letter mark", "営業\u061c職", CONTROL),
    _opening("zero-width blank inside", "営\u200b業"),
    _opening("invisible tag characters", "営業\U000e0041", CONTROL),
    _opening("emoji with a joiner", "営業\U0001f468\u200d\U0001f4bb"),
    _opening("script", "<script>alert(1)</script>"),
    _opening("handler", '"><img src=x onerror=alert(1)>'),
    _opening("Markdown link", "[営業](https://evil.example)", LINK),
    _opening("Markdown of all kinds", "# **営業** _職_ ![x](y) `z`"),
    _opening("link", "https://evil.example/x", LINK),
    _opening(
        "link to a path of ours at a stranger's", "https://relay.example.com@evil.example/", LeftOut("foreign_address")
    ),
    _opening("address of a stranger", "ask evil@evil.example", LeftOut("foreign_address")),
    _opening("name of a framework", "Node.js / ASP.NET エンジニア"),
    _opening("another company", "株式会社他社 営業", LeftOut("foreign_company")),
    _opening("formula as text", '=HYPERLINK("https://evil.example","営業")', LINK),
    _opening("formula", Formula("=1/0", "#DIV/0!"), PLACEHOLDER),
    _opening("number", 42),
    _opening("rich text", Rich("営業", "職")),
    _note("CR LF and a header", "どうぞ\r\nBcc: ご自愛ください"),
    _note("end of a letter for SMTP", "どうぞ\r\n.\r\nMAIL FROM:<x>"),
    _note("boundary", "どうぞ\r\n--=_a_0--\r\n"),
    _note("another salutation", "鈴木 一郎様", PLACEHOLDER),
    _note("script", "<script>alert(1)</script><a href='javascript:alert(1)'>x</a>"),
    _note("Markdown image", "![x](http://evil.example/pixel.png)", LINK),
    _note("link in capitals", "HTTPS://EVIL.EXAMPLE", LINK),
    _note("www without a scheme", "www.evil.example", LINK),
    _note("network share", "\\\\evil.example\\share\\x", LINK),
    _note("phishing by javascript", "javascript:alert(1)"),
    _note("from line of a mailbox file", "From evil Mon Nov 23"),
    _note("50,000 characters", "感" * 50_000, LeftOut("letter_too_long")),
    _note("5,000 emoji", "\U0001f608" * 5_000),
    _note("nan", "nan", PLACEHOLDER),
    _note("placeholder", "{{ 備考 }}", LeftOut("blank_field")),
    _note("escape sequence", "\x1b]8;;https://evil.example\x07", LINK),
    _note("isolates", "\u2066どうぞ\u2069", CONTROL),
    _note("formula", Formula('="ど"&"うぞ"', "どうぞ")),
    _note("form feed", "どうぞ\x0cどうぞ", CONTROL),
)
