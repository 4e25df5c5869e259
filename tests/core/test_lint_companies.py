"""Our company has one name in several spellings, and another company is quoted as far as its name goes."""

import pytest

from tests.core.test_lint import with_line


@pytest.mark.parametrize("kind", ["（株）", "(株)", "㈱", "株式会社 ", "㈱\u3000"])
def test_our_company_may_be_named_in_short(kind):
    assert with_line(f"{kind}みなと製作所です。") == set()


def test_the_kind_of_a_company_stands_on_its_own_side_of_the_name():
    assert {reason for reason, _ in with_line("みなと製作所㈱です。")} == {"foreign_company"}


def test_another_company_is_quoted_without_the_words_behind_it():
    assert with_line("（株）東西製作所です。") == {("foreign_company", "（株）東西製作所")}
