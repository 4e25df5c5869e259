"""A partner's CSV file, in the shapes in which partners send them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_automation.core.errors import RegistrationsUnreadable
from sheets_automation.core.referrals import ReferralKind
from sheets_automation.registrations_csv import LARGEST_FILE, read_registrations
from tests.core.credit_facts import TOKYO, code, moment


@pytest.fixture
def read(tmp_path):
    def read_bytes(content: bytes):
        path = tmp_path / "登録.csv"
        path.write_bytes(content)
        return read_registrations(path, TOKYO)

    return read_bytes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_separators_and_line_ends_are_found_out(read, encoding, separator, end):
    lines = [["紹介コード", "登録日", "種別"], [code(1), "2026/11/05", "登録"], [code(2), "2026/11/06", "採用決定"]]

    file = read(end.join(separator.join(f'"{cell}"' for cell in line) for line in lines).encode(encoding))

    assert [(one.text, one.at, one.kind) for one in file.registrations] == [
        (code(1), moment("2026-11-05"), ReferralKind.REGISTERED),
        (code(2), moment("2026-11-06"), ReferralKind.HIRED),
    ]
    assert file.problems == ()


@pytest.mark.parametrize("heading", ["code", "Code", "URL", "紹介URL", " 紹介コード ", "ＣＯＤＥ", "コード"])
def test_the_column_of_the_codes_is_found_by_its_heading(read, heading):
    file = read(f"氏名の代わり,{heading}\n1,https://p.example/r/{code(1)}\n".encode())

    assert file.registrations[0].text == f"https://p.example/r/{code(1)}"


@pytest.mark.parametrize("day", ["2026-11-05", "2026年11月5日", "R8.11.5", "2026/11/05 00:00", "20261105"])
def test_dates_come_in_every_shape(read, day):
    assert read(f"code,登録日\n{code(1)},{day}".encode()).registrations[0].at == moment("2026-11-05")


def test_a_row_without_a_date_or_a_kind_is_a_registration_of_today(read):
    (registration,) = read(f"code,登録日,種別\n{code(1)},,\n".encode()).registrations

    assert (registration.at, registration.kind) == (None, ReferralKind.REGISTERED)


def test_a_row_says_where_it_stands_and_blank_rows_are_passed_over(read):
    file = read(f'code,備考\n\n,\n{code(1)},"改\n行"\n{code(2)},\n'.encode())

    assert [one.place for one in file.registrations] == ["登録.csv:5", "登録.csv:6"]


@pytest.mark.parametrize("cells", ["11/5/2026,登録", "昨日,登録", "2026/11/05,たぶん"])
def test_a_row_that_is_not_clear_is_a_problem_and_the_others_count(read, cells):
    file = read(f"code,登録日,種別\n{code(1)},{cells}\n{code(2)},2026/11/05,登録\n".encode())

    assert [one.text for one in file.registrations] == [code(2)]
    assert [problem.place for problem in file.problems] == ["登録.csv:2"]


@pytest.mark.parametrize("content", [b"", b"name,date\nx,y", b"code,code\na,b", "code,紹介コード\na,b".encode()])
def test_a_file_without_exactly_one_column_of_codes_is_refused_and_told_what_it_has(read, content):
    with pytest.raises(RegistrationsUnreadable, match="紹介コード"):
        read(content)


@pytest.mark.parametrize("content", [b"code\n\x81 \xa0\xe3", b"a" * (LARGEST_FILE + 1)], ids=["binary", "huge"])
def test_what_is_no_csv_file_is_refused(read, content):
    with pytest.raises(RegistrationsUnreadable):
        read(content)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(RegistrationsUnreadable, match=r"missing\.csv"):
        read_registrations(tmp_path / "missing.csv", TOKYO)


@settings(max_examples=60)
@given(content=st.binary(max_size=200))
def test_no_content_whatever_makes_the_reader_fail(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    path.write_bytes(b"code,date\n" + content)

    with suppress(RegistrationsUnreadable):
        read_registrations(path, TOKYO)
