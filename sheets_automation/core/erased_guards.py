"""What an erasure leaves for the guards: nobody who was erased gets a letter, and nobody gets a second one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sheets_automation.core.delivery_log import DeliveryEvent, DeliveryLog
from sheets_automation.core.erased import erased_spelling, is_erased, key_name, marks_of
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.guard_scene import Finding, GuardRules, Scene
from sheets_automation.core.model import Candidate, DeliveryKey
from sheets_automation.core.reasons import Reason


def is_not_erased(candidate: Candidate, _scene: Scene) -> Finding | None:
    """An anonymous row is nobody; and whoever is being erased gets no letter any more."""
    return Finding(Reason.ERASED) if candidate.is_barred or is_erased(candidate.address.value) else None


def letters_to_erased(addresses: Iterable[str], scene: Scene) -> Iterator[DeliveryKey]:
    """Letters that went to one of these addresses before it was erased from the log."""
    if scene.log.erased_with:
        for mark in marks_of(addresses, scene.rules.erasure_keys):
            yield from scene.log.by_address.get(mark, ())


def bounce_before_erasure(address: str, scene: Scene) -> DeliveryEvent | None:
    """The bounce from this address, where it was erased since."""
    if not scene.log.erased_with:
        return None
    found = (scene.log.bounced.get(erased_spelling(address, key)) for key in scene.rules.erasure_keys)
    return next((bounce for bounce in found if bounce is not None), None)


def refuse_without_key(log: DeliveryLog, rules: GuardRules, now: datetime) -> None:
    """Refuse to judge without the key by which somebody was erased lately: they might get a second letter."""
    known = set(map(key_name, rules.erasure_keys))
    since = now - rules.one_letter_per_person
    if any(at > since and name not in known for name, at in log.erased_with.items()):
        raise ConfigurationError(
            "消去した方に二度送らないための鍵がありません。消去したときと同じ環境変数 RELAY_ERASURE_KEY を入れるか、"
            "ブックの隣の .relay フォルダにある鍵のファイルを元の場所に戻してください。それまで何も送りません。",
            "The key that keeps a second letter from erased people is missing. Set RELAY_ERASURE_KEY as it was "
            "when they were erased, or put the key file back into the folder .relay beside the workbook. "
            "Until then nothing is sent.",
        )
