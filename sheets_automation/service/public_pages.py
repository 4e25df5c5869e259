"""The few pages of the public app: tiny, in Japanese and English, for a telephone first, without script or picture."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256
from html import escape
from string import Template
from typing import Final

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #243447; --muted: #5b6b7a; --paper: #fff; --ground: #eef3f7; --line: #d5dee6;
  --action: #2c5f8a; --on-action: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --muted: #a9b6c2; --paper: #1b2530; --ground: #10171f;
  --line: #33414e; --action: #8fb3cf; --on-action: #10171f } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; place-items: center; padding: 1rem;
  background: var(--ground); color: var(--ink); line-height: 1.7;
  font-family: system-ui, "Hiragino Sans", "Yu Gothic UI", "Noto Sans JP", sans-serif }
main { width: 100%; max-width: 28rem; padding: 1.75rem 1.5rem; background: var(--paper);
  border: 1px solid var(--line); border-radius: .75rem }
.from { margin: 0 0 .75rem; font-size: .875rem; color: var(--muted) }
h1 { margin: 0 0 .75rem; font-size: 1.25rem; line-height: 1.4; word-break: keep-all; overflow-wrap: anywhere }
p { margin: 0 0 .75rem; overflow-wrap: anywhere; word-break: auto-phrase }
p:last-child { margin-bottom: 0 }
.note { font-size: .875rem; color: var(--muted) }
form { margin: 1.25rem 0 }
button { width: 100%; min-height: 3rem; font: inherit; font-weight: 600; color: var(--on-action);
  background: var(--action); border: 0; border-radius: .5rem; cursor: pointer }
.score { display: block; margin: .5rem 0 0; font-weight: 400; color: var(--ink); background: none;
  border: 1px solid var(--action) }
.score:hover { background: var(--ground) }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
"""
STYLE_HASH: Final = f"sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}"
"""For the Content-Security-Policy: this style, and no other."""

_FRAME: Final = Template(
    "<!doctype html>\n"
    '<html lang="$language">\n'
    "<head>\n"
    '<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="robots" content="noindex, nofollow">\n'
    '<meta name="format-detection" content="telephone=no">\n'
    "<title>$name</title>\n"
    "<style>$style</style>\n"
    "</head>\n"
    "<body>\n"
    "<main>\n"
    "$company<h1>$title</h1>\n"
    "<p>$text</p>\n"
    "$form$note$contact"
    "</main>\n"
    "</body>\n"
    "</html>\n"
)
# The button says what a mail program says, so that both go the same way.
_FORM: Final = Template(
    '<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">'
    '<button type="submit">$button</button></form>\n'
)


class PublicPage(StrEnum):
    """Which page."""

    ASK = "ask"
    DONE = "done"
    NO_LINK = "no_link"
    TOO_MANY = "too_many"
    LATER = "later"
    QUESTION = "question"
    ANSWERED = "answered"
    ANSWER_LATER = "answer_later"


_TITLES: Final[Mapping[PublicPage, tuple[str, str]]] = {
    PublicPage.ASK: ("メールの配信を<wbr>停止しますか", "Stop these mails?"),
    PublicPage.DONE: ("停止を<wbr>受け付けました", "Your request was received"),
    PublicPage.NO_LINK: ("このリンクは<wbr>使えません", "This link does not work"),
    PublicPage.TOO_MANY: ("しばらく<wbr>お待ちください", "Please wait a moment"),
    PublicPage.LATER: ("ただいま<wbr>受け付けられません", "Please try again later"),
    PublicPage.QUESTION: ("ご連絡の<wbr>しかたは<wbr>いかがでしたか", "How was the way we wrote to you?"),
    PublicPage.ANSWERED: ("ありがとう<wbr>ございました", "Thank you"),
    PublicPage.ANSWER_LATER: ("ただいま<wbr>受け付けられません", "Please try again later"),
}
_TEXTS: Final[Mapping[PublicPage, tuple[str, str]]] = {
    PublicPage.ASK: (
        "停止すると、このメールアドレスには今後メールをお送りしません。",
        "No further mail will be sent to your address.",
    ),
    PublicPage.DONE: (
        "今後、このメールアドレスにはメールをお送りしません。",
        "No further mail will be sent to your address.",
    ),
    PublicPage.NO_LINK: (
        "リンクが途中で切れているかもしれません。メールのリンクを、もう一度開いてみてください。",
        "It may have been cut off on the way. Please open the link in the mail once more.",
    ),
    PublicPage.TOO_MANY: (
        "アクセスが続いています。一分ほどたってから、もう一度開いてください。",
        "There were too many requests. Please open the link again in a minute.",
    ),
    PublicPage.LATER: (
        "お手数ですが、しばらくしてから、もう一度お試しください。まだ停止していません。",
        "Nothing was changed yet. Please try again in a few minutes.",
    ),
    PublicPage.QUESTION: (
        "今回の選考のご連絡について、ひとつ押してお聞かせください。",
        "Please press one, about the messages on your application.",
    ),
    PublicPage.ANSWERED: (
        "お答えを受け付けました。同じリンクから、いつでも選び直せます。",
        "Your answer was received. You can choose another one by the same link at any time.",
    ),
    PublicPage.ANSWER_LATER: (
        "お手数ですが、しばらくしてから、もう一度お試しください。",
        "Please try again in a few minutes.",
    ),
}
_NOTES: Final[Mapping[PublicPage, tuple[str, str]]] = {
    PublicPage.ASK: (
        "選考結果のお知らせも、メールでは届かなくなります。",
        "This includes the result of your application.",
    ),
    PublicPage.DONE: (
        "行き違いでお送りしたものが届きましたら、ご容赦ください。この画面は閉じてかまいません。",
        "Something already on its way may still arrive. You can close this page.",
    ),
    PublicPage.QUESTION: (
        "どなたのお答えかは、採用担当には分かりません。選考に影響することもありません。お答えは任意です。",
        "The recruiters cannot see who answered what, and it has no influence on any application. It is up to you.",
    ),
    PublicPage.ANSWERED: ("この画面は閉じてかまいません。", "You can close this page."),
}
_BUTTON: Final = ("停止する", "Stop")
_SCORES: Final = (
    (5, "とても満足", "Very satisfied"),
    (4, "満足", "Satisfied"),
    (3, "どちらともいえない", "Neither"),
    (2, "不満", "Dissatisfied"),
    (1, "とても不満", "Very dissatisfied"),
)
_SCORE: Final = Template('<button class="score" type="submit" name="score" value="$score">$words</button>\n')
_CONTACT: Final = ("お問い合わせ: {contact}", "Contact: {contact}")


def page(which: PublicPage, accepted_languages: str, company: str, contact: str) -> str:
    """A page in the visitor's language. What the configuration says is text, never HTML."""
    language = preferred(accepted_languages)
    one = 0 if language == "ja" else 1
    title = _TITLES[which][one]
    note = _NOTES.get(which, ("", ""))[one]
    said = _CONTACT[one].format(contact=escape(contact))
    return _FRAME.substitute(
        language=language,
        title=title,
        name=title.replace("<wbr>", ""),
        style=_STYLE,
        company=f'<p class="from">{escape(company)}</p>\n' if company else "",
        text=_TEXTS[which][one],
        form=_form(which, one),
        note=f'<p class="note">{note}</p>\n' if note else "",
        contact=f'<p class="note">{said}</p>\n' if contact else "",
    )


def _form(which: PublicPage, one: int) -> str:
    """What can be pressed on a page."""
    if which is PublicPage.ASK:
        return _FORM.substitute(button=_BUTTON[one])
    if which is not PublicPage.QUESTION:
        return ""
    buttons = "".join(_SCORE.substitute(score=score, words=words[one]) for score, *words in _SCORES)
    return f'<form method="post">\n{buttons}</form>\n'


def preferred(accepted: str) -> str:
    """Japanese or English, whichever the visitor's browser puts first; Japanese where it says nothing of either."""
    wishes: list[tuple[float, str]] = []
    for wish in accepted[:200].lower().split(","):
        tag, _, quality = wish.strip().partition(";q=")
        language = tag.partition("-")[0]
        if language in {"ja", "en"}:
            wishes.append((_quality(quality), language))
    return max(wishes, key=lambda wish: wish[0])[1] if wishes else "ja" if not accepted.strip() else "en"


def _quality(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
