"""Addresses: one that every carrier can write to, or a reason why not."""

from email.headerregistry import Address as ParsedAddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.addresses import every_key, match_key, read_address
from sheets_automation.core.table import CellError


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("taro@example.jp", "taro@example.jp"),
        (" taro@example.jp\u3000", "taro@example.jp"),
        ("\ufefftaro@example.jp\u200b", "taro@example.jp"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp"),
        ("taro@example。jp", "taro@example.jp"),
        ("Taro.Yamada@Example.JP", "Taro.Yamada@example.jp"),
        ("mailto:taro@example.jp", "taro@example.jp"),
        ("山田 太郎 <taro@example.jp>", "taro@example.jp"),
        ("<taro@example.jp>", "taro@example.jp"),
        ("taro@example.jp;", "taro@example.jp"),
        ("o'brien@example.ie", "o'brien@example.ie"),
        ("taro+relay@gmail.com", "taro+relay@gmail.com"),
        ("a_b-c!#$%&*/=?^`{|}~@example.co.jp", None),  # | parts addresses in hand-made sheets
        ("a_b-c!#$%&*=?^`{}~@example.co.jp", "a_b-c!#$%&*=?^`{}~@example.co.jp"),
        ("taro@日本語.jp", "taro@xn--wgv71a119e.jp"),
        ("taro@日本語。ｊｐ", "taro@xn--wgv71a119e.jp"),
        ("taro@bücher.example", "taro@xn--bcher-kva.example"),
        ("taro@xn--wgv71a119e.jp", "taro@xn--wgv71a119e.jp"),
        ("-taro@example.jp", "-taro@example.jp"),
    ],
)
def test_an_address_is_read_in_every_harmless_spelling(cell, address):
    assert read_address(cell).value == address


@pytest.mark.parametrize("cell", [None, "", "'", "\u3000", "なし", "無し", "-", "ー", "不明", "N/A"])
def test_a_cell_that_says_there_is_none_is_missing(cell):
    assert read_address(cell).problem == "missing"


@pytest.mark.parametrize(
    "cell",
    [
        "a@example.jp, b@example.jp",
        "a@example.jp;b@example.jp",
        "a@example.jp、b@example.jp",
        "a@example.jp\nb@example.jp",
        "a@example.jp b@example.jp",
        "a@example.jp／b@example.jp",
        "b@example.com <a@example.jp>",
        '"b@example.com" <a@example.jp>',
    ],
)
def test_of_several_addresses_none_is_chosen(cell):
    assert read_address(cell).problem == "several"


@pytest.mark.parametrize(
    "cell",
    [
        "taro",
        "@example.jp",
        "taro@",
        "taro@localhost",
        "taro@example",
        "taro@example.j",
        "taro@example.jp.",
        "taro@.example.jp",
        "taro@example..jp",
        "taro@-example.jp",
        "taro@example-.jp",
        "taro@exam_ple.jp",
        "taro@192.168.0.1",
        "taro@[192.168.0.1]",
        "taro@example.123",
        "taro@@example.jp",
        "ta ro@example.jp",
        "taro@exa mple.jp",
        ".taro@example.jp",
        "taro.@docomo.ne.jp",  # sold until 2009; breaks RFC 5321
        "a..b@docomo.ne.jp",
        '"a..b."@docomo.ne.jp',
        '"taro yamada"@example.jp',
        "taro(comment)@example.jp",
        "'taro@example.jp",
        "taro\u200b@example.jp",
        "taro@exam\u200bple.jp",
        "taro@exam\u00adple.jp",
        "\u202etaro@example.jp",
        "taro\x00@example.jp",
        "taro@example.jp\r\nBcc: x",
        "たろう@example.jp",
        "tаro@example.jp",  # Cyrillic а
        "taro@exаmple.jp",
        "taro@①example.jp",
        "taro@ﬁsh.jp",
        "taro@xn--exmple-4nf.jp",  # the A-label of a name with a Cyrillic а
        "taro@xn--zzzzzzzzz.jp",
        "taro@ab--c.jp",
        "a" * 65 + "@example.jp",
        "a@" + "b" * 64 + ".jp",
        "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".jp",
        "山田 <taro@example.jp",
        "山田太郎",
        42,
        True,
        CellError("#N/A"),
    ],
)
def test_what_cannot_be_written_to_is_invalid(cell):
    assert read_address(cell).problem == "invalid"


@pytest.mark.parametrize(
    "addresses",
    [
        ("taro.yamada@gmail.com", "taroyamada@gmail.com", "TaroYamada+relay@Gmail.com", "taro.yamada@googlemail.com"),
        ("taro@example.jp", "TARO@example.jp", "taro+2026@example.jp"),
    ],
)
def test_addresses_of_one_mailbox_have_one_key(addresses):
    assert len(set(map(match_key, addresses))) == 1


@pytest.mark.parametrize(("one", "other"), [("a.b@example.jp", "ab@example.jp"), ("+a@example.jp", "+b@example.jp")])
def test_addresses_of_two_mailboxes_have_two_keys(one, other):
    assert match_key(one) != match_key(other)


ADDRESS_LIKE = st.from_regex(
    r"[A-Za-z0-9.!'+_-]{1,66}@[A-Za-z0-9日本é。．-]{1,40}(\.[a-z0-9-]{1,6}){1,3}[ .,;]?", fullmatch=True
)


@given(st.one_of(ADDRESS_LIKE, st.emails(), st.text()))
def test_an_accepted_address_is_read_the_same_by_another_parser(cell):
    address = read_address(cell)

    assert (address.value is None) == (address.problem in {"missing", "invalid", "several"})
    if address.value is not None:
        parsed = ParsedAddress(addr_spec=address.value)
        assert parsed.addr_spec == address.value
        assert address.value.isascii()
        assert address.value.isprintable()
        assert read_address(address.value) == address
        assert match_key(match_key(address.value)) == match_key(address.value)


@given(st.emails(domains=st.just("example.co.jp")))
def test_an_ordinary_address_is_accepted_unless_it_has_marks_that_part_addresses(email):
    harmless = not set(email) & set("/|'")

    assert not harmless or read_address(email).value == email


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        (None, set()),
        ("なし", set()),
        ("Taro+x@Example.JP", {"taro@example.jp"}),
        ("taro@example.jp、hana@example.jp", {"taro@example.jp", "hana@example.jp"}),
        ("山田 <taro@example.jp>（hana@example.jp）", {"taro@example.jp", "hana@example.jp"}),
        ("mailto:ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", {"taro@example.jp"}),
        ("taro..@example.jp", {"taro..@example.jp"}),
    ],
)
def test_every_address_of_a_cell_is_known_also_where_none_can_be_written_to(cell, keys):
    assert every_key(cell) == keys
