"""The letters of news that we ship: each is rendered as a reader would get it, by either way, and read."""

from dataclasses import replace

import pytest

from sheets_automation.core.follow_up_footer import footer_problem
from sheets_automation.core.letter_fields import letter_fields
from sheets_automation.core.letters import letter_from_file
from tests.core.builders import candidate
from tests.follow_up.house import FACTS, REFUSALS
from tests.jobs.house import LETTERS

NEWS = ("check_in", "welcome_back", "new_openings", "company_news")
FILES = [f"{name}.{language}.md" for name in NEWS for language in ("ja", "en")]
WHOLE = f"{FACTS.company}\n人事部 採用グループ\n{FACTS.postal_address}"


def letter(file, signature):
    facts = replace(FACTS, signature=signature)
    template = letter_from_file(file, (LETTERS / file).read_text(encoding="utf-8"))
    return template.render(letter_fields(candidate(), facts, refusal_url=f"{REFUSALS}CODE"))


@pytest.mark.parametrize("signature", ["", "人事部 採用グループ", WHOLE], ids=["none", "without address", "whole"])
@pytest.mark.parametrize("file", FILES)
def test_below_the_letter_company_and_address_stand_once_whatever_the_signature_says(file, signature):
    made = letter(file, signature)

    below = made.text.partition("\n----")[2]
    assert (below.count(FACTS.company), below.count(FACTS.postal_address)) == (1, 1)
    assert footer_problem(made.text, FACTS, f"{REFUSALS}CODE") is None


@pytest.mark.parametrize("file", FILES)
def test_no_news_speaks_of_mail_since_it_may_come_by_line(file):
    text = letter(file, WHOLE).text.replace("saiyo@example.com", "")

    assert "メール" not in text
    assert "mail" not in text
