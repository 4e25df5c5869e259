"""Poison in the address and the telephone number: to whom a letter would go, and who is who."""

from __future__ import annotations

from tests.poison.kind import ADDRESS, Cell, Formula, Kind, LeftOut, Outcome, Rich, Sent

INVALID = LeftOut("address_invalid")
MISSING = LeftOut("address_missing")
SEVERAL = LeftOut("address_several")


def _kind(name: str, cell: Cell, becomes: Outcome = INVALID) -> Kind:
    return Kind(f"address: {name}", {"メールアドレス": cell}, becomes)


ADDRESSES = (
    _kind("two with a comma", "a@evil.example, b@evil.example", SEVERAL),
    _kind("two with a semicolon", "a@evil.example;b@evil.example", SEVERAL),
    _kind("two in two lines", "a@evil.example\nb@evil.example", SEVERAL),
    _kind("thousand", "a@evil.example," * 1_000, SEVERAL),
    _kind("display name", f'"boss" <{ADDRESS}>', Sent()),
    _kind("display name that is an address", f'"boss@example.com" <{ADDRESS}>', SEVERAL),
    _kind("display name with a full-width at sign", f"boss＠example.com <{ADDRESS}>", SEVERAL),
    _kind("display name with a line break and a header", f"boss\r\nBcc: evil <{ADDRESS}>", Sent()),
    _kind("bracket, line break and a header", f"{ADDRESS}>\r\nBcc: <evil@evil.example", SEVERAL),
    _kind("line break and a command", f"{ADDRESS}>\r\nDATA"),
    _kind("line break and a recipient", f"{ADDRESS}\r\nRCPT TO:<evil@evil.example>", SEVERAL),
    _kind("encoded word", "=?utf-8?q?evil=40evil.example?="),
    _kind("quoted local part", '"busujima mamoru"@example.net'),
    _kind("quoted local part with an at sign", '"evil@evil.example"@example.net'),
    _kind("comment", "busujima(evil@evil.example)@example.net"),
    _kind("source route", "@evil.example:busujima@example.net"),
    _kind("group", f"undisclosed: {ADDRESS};"),
    _kind("percent hack", "busujima%example.net@evil.example", Sent("busujima%example.net@evil.example")),
    _kind("bang path", "evil!busujima@example.net", Sent("evil!busujima@example.net")),
    _kind("full-width", "ｂｕｓｕｊｉｍａ＠ｅｘａｍｐｌｅ．ｎｅｔ", Sent()),
    _kind("ideographic full stop", "busujima@example。net", Sent()),
    _kind("zero-width inside", "busu\u200bjima@example.net"),
    _kind("zero-width around", f"\u200b{ADDRESS}\ufeff", Sent()),
    _kind("soft hyphen in the domain", "busujima@exam\u00adple.net"),
    _kind("right-to-left override", "\u202e" + ADDRESS),
    _kind("Cyrillic look-alike in the local part", "busujimа@example.net"),
    _kind("Cyrillic look-alike in the domain", "busujima@exаmple.net"),
    _kind("the same as punycode", "busujima@xn--exmple-4nf.net"),
    _kind("punycode of nothing", "busujima@xn--zzzzzzzzz.net"),
    _kind("international domain", "busujima@日本語.jp", Sent("busujima@xn--wgv71a119e.jp")),
    _kind("local part beyond ASCII", "毒島@example.net"),
    _kind("trailing dot", ADDRESS + "."),
    _kind("no dot in the domain", "busujima@localhost"),
    _kind("number of a machine", "busujima@[127.0.0.1]"),
    _kind("local part of 65", "b" * 65 + "@example.net"),
    _kind("more than 254", "b@" + ".".join(["b" * 60] * 5)),
    _kind("50,000 characters of domain", "b@" + "é." * 25_000 + "net"),
    _kind("NUL", "busujima\x00@example.net"),
    _kind("half a surrogate pair", "busujima\ud83d@example.net"),
    _kind("ligature", "busujima@ﬁsh.example"),
    _kind("emoji domain", "busujima@\U0001f4a9.example"),
    _kind("mailto with a subject", f"mailto:{ADDRESS}?bcc=evil@evil.example"),
    _kind("mailto", f"mailto:{ADDRESS}", Sent()),
    _kind("N/A", "N/A", MISSING),
    _kind("#N/A computed", Formula("=NA()", "#N/A")),
    _kind("HYPERLINK computed", Formula(f'=HYPERLINK("mailto:{ADDRESS}","{ADDRESS}")', ADDRESS), Sent()),
    _kind("formula as text", '=HYPERLINK("mailto:evil@evil.example")'),
    _kind("TRUE", True),
    _kind("number", 1e308),
    _kind("leading hyphen", "-oProxyCommand@example.net", Sent("-oProxyCommand@example.net")),
    _kind("rich text", Rich("busujima", "@example.net"), Sent()),
    _kind("of an innocent", "innocent7@example.com", LeftOut("address_shared", takes_along=7)),
    _kind("of an innocent, with a tag", "Innocent7+x@example.com", LeftOut("address_shared", takes_along=7)),
    Kind("phone: formula", {"電話番号": "+81-90+1"}),
    Kind("phone: DDE", {"電話番号": "=cmd|'/c calc'!A0"}),
    Kind("phone: number in floating point", {"電話番号": 1e308}),
    Kind("phone: 50,000 digits", {"電話番号": "9" * 50_000}),
    Kind("phone: of an innocent", {"電話番号": "090-3000-0007"}),
    Kind("second address: of an innocent", {"メールアドレス2": "innocent7@example.com"}, LeftOut("address_shared", 7)),
    Kind("second address: header", {"メールアドレス2": "x\r\nBcc: evil@evil.example"}),
)
