"""フォロー状況: what each candidate was sent last, and what comes next, in one column of ours beside the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sheets_automation.core.delivery_log import Delivery
from sheets_automation.core.model import Candidate, DeliveryState
from sheets_automation.core.reasons import Severity
from sheets_automation.core.sentences import Skipped
from sheets_automation.core.wording import day_in_words

HEADING: Final = "フォロー状況"
WIDTH: Final = 52
_STATES: Final = {
    DeliveryState.SENT: ("お送りしました", "sent"),
    DeliveryState.BOUNCED: ("戻ってきました", "came back"),
    DeliveryState.UNCERTAIN: ("届いたか不明", "may have left"),
    DeliveryState.PREPARED: ("送信中", "under way"),
}
_NEXT: Final = {"ja": "次回: {campaign}", "en": "Next: {campaign}"}
_REPLIED: Final = {"ja": "返信あり {when}", "en": "answered {when}"}


def follow_up_line(
    candidate: Candidate, due: Candidate | None, skipped: Skipped | None, sent: Sequence[Delivery], language: str
) -> str:
    """What the column says of one row; empty where no campaign has anything to do with it."""
    parts = [_last(sent[-1], language)] if sent else []
    if due is not None and due.occasion:
        parts.append(_NEXT[language].format(campaign=due.occasion.campaign))
    elif skipped is not None and skipped.severity is Severity.ACT and (sent or candidate.news):
        parts.append(skipped.text(language))
    return " / ".join(part for part in parts if part)


def _last(delivery: Delivery, language: str) -> str:
    """The last follow-up: when, which campaign, and what became of it."""
    if delivery.state not in _STATES or delivery.claim is None:
        return ""
    campaign = delivery.claim.detail.partition(": ")[0]
    said = _STATES[delivery.state][language != "ja"]
    line = f"{day_in_words(delivery.claim.at)} {campaign}({said})"
    if delivery.replied_at is None:
        return line
    return f"{line} {_REPLIED[language].format(when=day_in_words(delivery.replied_at))}"


def last_sent(deliveries: Mapping[str, Sequence[Delivery]], candidate_id: str) -> Sequence[Delivery]:
    """The follow-ups of a row that left or may have, in the order of the log."""
    return [one for one in deliveries.get(candidate_id, ()) if one.state in _STATES]
