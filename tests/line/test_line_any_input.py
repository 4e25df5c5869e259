"""Whatever is signed, or stands in a file of records, hinders nothing and makes no link."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.errors import LetterError
from sheets_automation.core.line_message import LONGEST_BUBBLE, MOST_BUBBLES, bubbles, units
from sheets_automation.core.line_records import USER_ID, LineUse, read_line_records, to_line
from sheets_automation.service.line_webhook import meaningful
from tests.line.webhook_house import KEY, NOW, code_of
from tests.line_server.account import user
from tests.line_server.people import event

words = st.sampled_from(
    ["type", "source", "userId", "message", "text", "unfollow", "user", "accountLink", "link", "nonce", "result", "ok"]
)
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | words | st.just(user(1)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words | st.text(max_size=5), inner, max_size=6),
    max_leaves=20,
)


@given(st.lists(documents, max_size=4), st.dictionaries(words, documents, max_size=4))
def test_no_delivery_can_break_the_webhook_or_link_anybody(events, changes):
    events.append({**event(user(1), "message", NOW), **changes})

    for record in meaningful({"events": events}, (KEY,), NOW):
        assert record.use in {LineUse.UNLINK, LineUse.ANSWER}
        assert record.code == ""
        assert USER_ID.fullmatch(record.user_id)


@given(documents)
def test_no_document_can_break_the_webhook(document):
    assert list(meaningful(document, (KEY,), NOW)) == []


@given(st.text())
def test_no_file_can_break_the_reading(text):
    read_line_records(text)


def test_a_record_reads_back_as_it_was_written():
    message = {"type": "text", "id": "1", "text": code_of()}
    [record] = meaningful({"events": [event(user(1), "message", NOW, message=message)]}, (KEY,), NOW)

    assert read_line_records(to_line(record)).records == (record,)
    assert record.at == datetime(2026, 11, 24, 1, tzinfo=UTC)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1), min_size=1))
def test_what_is_cut_into_bubbles_loses_no_word(paragraphs):
    text = "\n\n".join(paragraphs * 40)[:20_000].strip()
    if not text or "<" in text:
        return

    try:
        made = bubbles(text)
    except LetterError:  # a paragraph that is too long
        return

    assert "".join("".join(made).split()) == "".join(text.split())
    assert len(made) <= MOST_BUBBLES
    assert all(0 < units(one) <= LONGEST_BUBBLE for one in made)
