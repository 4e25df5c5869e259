"""Which rows are one human being, and which share an address though they are clearly not."""

from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.persons import find_persons
from tests.core.sheets import read_rows

HEADINGS = ("候補者ID", "氏名", "メールアドレス", "携帯メール", "電話番号", "選考結果")


def people(*rows):
    """Persons of rows given as name, address, mobile address, telephone number."""
    return find_persons(read_rows(HEADINGS, *((f"C-{n}", *row, "不採用") for n, row in enumerate(rows))))


def rows_of(persons):
    return [[candidate.row for candidate in person.candidates] for person in persons.people]


def test_the_same_address_is_the_same_person_however_it_is_written():
    persons = people(
        ("山田 太郎", "taro.yamada@gmail.com", None, None),
        ("佐藤 花子", "hanako@example.jp", None, None),
        ("山田太郎", "TaroYamada+2@gmail.com", None, None),
    )

    assert rows_of(persons) == [[2, 4]]
    assert [c.row for c in persons.siblings[2]] == [4]
    assert [c.row for c in persons.siblings[4]] == [2]
    assert 3 not in persons.siblings
    assert list(persons.siblings) == [2, 4]
    assert len(persons.siblings) == 2


def test_a_mobile_address_in_one_row_and_the_main_one_in_another_are_one_person():
    persons = people(
        ("山田 太郎", "taro@example.jp", "t@docomo.example", None), ("山田 太郎", "t@docomo.example", None, None)
    )

    assert rows_of(persons) == [[2, 3]]


def test_the_same_name_and_telephone_number_are_the_same_person():
    persons = people(
        ("髙橋 健一", "a@example.jp", None, "090-1234-5678"),
        ("高橋健一", "b@example.jp", None, "+81 90 1234 5678"),
        ("高橋 健一", "c@example.jp", None, "090-9999-0000"),
        ("佐藤 花子", "d@example.jp", None, "090-1234-5678"),
    )

    assert rows_of(persons) == [[2, 3]]


def test_rows_are_joined_over_a_third_one():
    persons = people(
        ("山田 太郎", "a@example.jp", None, "090-1234-5678"),
        ("山田 太郎", "b@example.jp", None, "080-1111-2222"),
        ("山田 太郎", "a@example.jp", None, "080-1111-2222"),
    )

    assert rows_of(persons) == [[2, 3, 4]]


def test_people_who_have_nothing_in_common_stay_apart():
    persons = people(
        ("山田 太郎", "taro@example.jp", None, None),
        ("佐藤 花子", "hanako@example.jp", None, None),
        ("山田 太郎", "taro@example.jp", None, None),
        ("佐藤 花子", "hanako@example.jp", None, None),
        ("佐藤 花子", "hanako@example.jp", None, None),
    )

    assert rows_of(persons) == [[2, 4], [3, 5, 6]]
    assert [c.row for c in persons.siblings[5]] == [3, 6]


def test_a_third_row_that_joins_two_people_makes_one_of_them():
    persons = people(
        ("山田 太郎", "a@example.jp", None, None),
        ("山田 太郎", "a@example.jp", None, None),
        ("山田 太郎", "b@example.jp", None, None),
        ("山田 太郎", "b@example.jp", None, None),
        ("山田 太郎", "b@example.jp", "a@example.jp", None),
    )

    assert rows_of(persons) == [[2, 3, 4, 5, 6]]


def test_a_name_alone_joins_nobody_and_neither_does_a_placeholder_number():
    persons = people(
        ("山田 太郎", "a@example.jp", None, None),
        ("山田 太郎", "b@example.jp", None, "090-0000-0000"),
        ("山田 太郎", None, None, "090-0000-0000"),
        (None, None, None, "090-1234-5678"),
        (None, None, None, "090-1234-5678"),
    )

    assert rows_of(persons) == []


def test_two_people_at_one_address_are_reported_with_all_its_rows():
    persons = people(
        ("山田 太郎", "family@example.jp", None, None),
        ("山田 花子", "FAMILY@example.jp", None, None),
        ("山田太郎", "family@example.jp", None, None),
        ("佐藤 愛", "ai@example.jp", None, None),
    )

    assert persons.shared_addresses == {2: (2, 3, 4), 3: (2, 3, 4), 4: (2, 3, 4)}


def test_every_address_that_two_people_share_is_reported_with_its_own_rows():
    persons = people(
        ("山田 太郎", "one@example.jp", None, None),
        ("鈴木 一郎", "one@example.jp", None, None),
        ("佐藤 花子", "two@example.jp", None, None),
        ("高橋 愛", "two@example.jp", None, None),
    )

    assert persons.shared_addresses == {2: (2, 3), 3: (2, 3), 4: (4, 5), 5: (4, 5)}


def test_a_row_that_holds_its_address_twice_is_reported_once():
    persons = people(
        ("山田 太郎", "one@example.jp", "one@example.jp", None), ("鈴木 一郎", "one@example.jp", None, None)
    )

    assert persons.shared_addresses[3] == (2, 3)


def test_a_mobile_address_of_somebody_else_is_reported_too():
    persons = people(("山田 太郎", "a@example.jp", "b@example.jp", None), ("佐藤 花子", "b@example.jp", None, None))

    assert set(persons.shared_addresses) == {2, 3}


def test_spellings_of_one_name_share_an_address_in_peace():
    persons = people(
        ("山田 花子", "hanako@example.jp", None, None),
        ("佐藤 花子", "hanako@example.jp", None, None),
        ("ヤマダ ハナコ", "hanako@example.jp", None, None),
        ("山田（旧姓：佐藤）花子", "hanako@example.jp", None, None),
    )

    assert persons.shared_addresses == {}


def test_ten_thousand_rows_at_one_address_are_one_report_and_not_a_hundred_million_pairs():
    persons = people(*((f"候補{chr(0x4E00 + n)}", "agent@example.jp", None, None) for n in range(10_000)))

    assert len(persons.people) == 1
    assert len(persons.shared_addresses) == 10_000
    assert len(persons.shared_addresses[2]) == 20
    assert len(persons.siblings[2]) == 9_999


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.none(), st.sampled_from(["", "090-1234-5678"]))
    )
)
def test_nobody_is_in_two_persons_and_siblings_are_mutual(rows):
    persons = people(*((name, f"{box}@example.jp", mobile, phone) for name, box, mobile, phone in rows))

    grouped = [row for group in rows_of(persons) for row in group]
    assert len(set(grouped)) == len(grouped)
    assert sorted(grouped) == sorted(persons.siblings)
    for row, others in persons.siblings.items():
        assert all(row in {c.row for c in persons.siblings[other.row]} for other in others)
