"""A letter as LINE messages: its text part in bubbles, at most five of at most 5,000 characters each, with a way out.

LINE counts UTF-16 code units (https://developers.line.biz/en/docs/messaging-api/text-character-count/), shows text as
it is and knows no HTML. A link stays what it is: LINE makes it one to tap.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from sheets_automation.core.errors import LetterError
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.letter_look import with_paragraph
from sheets_automation.core.letters_tab import letter_title
from sheets_automation.core.model import Letter
from sheets_automation.core.reasons import Reason

LONGEST_BUBBLE: Final = 5_000
MOST_BUBBLES: Final = 5
_HTML: Final = re.compile(r"<!doctype|</?(?:html|head|body|table|style)\b", re.IGNORECASE)
_UNSAYABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_WAY_OUT: Final = {
    "ja": "このトークに「停止」とお送りくださると、メールも含めて、以後のご連絡をいたしません。"
    "LINE でのご連絡だけを止めるときは、「解除」とお送りください。",
    "en": "Send “stop” in this chat, and you will not hear from us again, by mail either; "
    "“unlink” ends messages by LINE alone.",
}
_TELLS_THE_WAY_OUT: Final = re.compile(r"[「『“\"](?:停止|stop)[」』”\"]", re.IGNORECASE)


def with_way_out(letter: Letter) -> Letter:
    """The letter, whose last words tell what to send to hear no more, unless it tells that in words of its own."""
    if _TELLS_THE_WAY_OUT.search(letter.text):
        return letter
    words = _WAY_OUT.get(letter.language, _WAY_OUT["en"])
    return replace(letter, text=f"{letter.text}\n{words}\n", html=with_paragraph(letter.html, words))


def line_problem(letter: Letter) -> Finding | None:
    """Why LINE would not take this letter, or show it wrongly; None where it may go."""
    try:
        bubbles(letter.text)
    except LetterError as error:
        name = letter_title(letter.template, "ja")
        facts = {"detail": f"「{name}」の{error.ja}", "detail_en": f"{letter.template}: {error.en}"}
        return Finding(Reason.LETTER_BROKEN, facts)
    return None


def units(text: str) -> int:
    """How long LINE takes a text to be."""
    return len(text) + sum(character > "\uffff" for character in text)


def bubbles(text: str) -> tuple[str, ...]:
    """Cut a text into bubbles between its paragraphs. Raises LetterError for what LINE would refuse or show wrongly."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise LetterError("文面が空なので、LINE で送れません。", "The letter is empty, so it cannot go by LINE.")
    if _HTML.search(text):
        raise LetterError(
            "文面に HTML が入っています。LINE では本文のテキストだけを送れます。",
            "The letter holds HTML; only its text can go by LINE.",
        )
    if _UNSAYABLE.search(text):
        raise LetterError("文面に見えない制御文字があります。", "The letter holds invisible control characters.")
    made = _gathered(text)
    if len(made) > MOST_BUBBLES or any(units(one) > LONGEST_BUBBLE for one in made):
        raise LetterError(
            "文面が LINE には長すぎます。"
            f"段落は {LONGEST_BUBBLE} 文字まで、全体で {MOST_BUBBLES} 吹き出しまでにしてください。",
            f"The letter is too long for LINE: paragraphs of {LONGEST_BUBBLE} characters, {MOST_BUBBLES} bubbles.",
        )
    return tuple(made)


def _gathered(text: str) -> list[str]:
    """As few bubbles as its paragraphs allow."""
    made: list[list[str]] = []
    length = 0  # of the last one, so that a text of many paragraphs is not counted again and again
    for paragraph in re.split(r"\n{2,}", text):
        more = units(paragraph)
        if made and length + len("\n\n") + more <= LONGEST_BUBBLE:
            made[-1].append(paragraph)
            length += len("\n\n") + more
        else:
            made.append([paragraph])
            length = more
    return ["\n\n".join(paragraphs) for paragraphs in made]
