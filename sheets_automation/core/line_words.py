"""停止・解除: the words by which people end a link or refuse letters in the chat, however they are typed.

They err towards refusing: a refusal by mistake can be asked about, a letter against somebody's word cannot be unsent.
What is longer than a short sentence is a conversation, in which a word says nothing by itself.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from sheets_automation.core.line_records import LineUse

_LONGEST: Final = 40
_NOT: Final = r"(?![はを]?(?:し(?:たく)?(?:ない|ません|ありません|なくて)(?![かのとな])|せず))"
"""Not 「停止しないでください」; but 「停止しませんか」 and 「停止しないと困ります」 ask for it."""
_MEANINGS: Final = (
    (LineUse.REFUSE, re.compile(rf"停止{_NOT}|(?:配信|連絡)[はも]?不要|配信[のを]?解除{_NOT}")),
    (LineUse.UNLINK, re.compile(rf"解除{_NOT}")),
)
_ENGLISH: Final = (
    (LineUse.REFUSE, re.compile(r"(?<![a-z])(?:stop|unsubscribe)(?![a-z])")),
    (LineUse.UNLINK, re.compile(r"(?<![a-z])unlink(?![a-z])")),
)
_DENIED: Final = re.compile(r"(?<![a-z])(?:don.?t|not|never)\s+(?:please\s+)?(?:stop|unsubscribe|unlink)(?![a-z])")


def word_in_message(text: str) -> LineUse | None:
    """UNLINK or REFUSE where a chat message asks for it; None for every other one. Of both, the refusal counts."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if len(plain) > _LONGEST:
        return None
    letters = "".join(filter(str.isalnum, plain))
    words = _DENIED.sub("", plain)
    found = {use for use, pattern in _MEANINGS if pattern.search(letters)}
    found |= {use for use, pattern in _ENGLISH if pattern.search(words)}
    return LineUse.REFUSE if LineUse.REFUSE in found else next(iter(found), None)
