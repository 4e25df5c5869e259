"""One Markdown source becomes two templates, HTML and plain text, once per letter template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sheets_automation.core.letter_constructs import SIGN, Construct, Constructs, protect
from sheets_automation.core.letter_look import HTML_SIGNS, UNBROKEN, text_signs
from sheets_automation.core.letter_syntax import Place

_OPENING: Final = re.compile(r"\{[{%#]")
_LICENCE: Final = re.compile(r"\{\{\s*(?:許可番号|partner_licence)\s*\}\}")
"""A number such as 13-ユ-301234, which a mail program would part at its hyphens."""
_LINK: Final = re.compile(f"https://|mailto:|{SIGN}")


def _parser() -> MarkdownIt:
    """The Markdown of a letter: no raw HTML, images, tables or code."""
    parser = MarkdownIt("zero").enable(["heading", "hr", "list", "emphasis", "link", "newline", "escape"])
    # Links are checked below. The parser's own check and percent-encoding would spoil the placeholders in them.
    parser.validateLink = bool  # type: ignore[method-assign,assignment]
    parser.normalizeLink = str  # type: ignore[method-assign,assignment]
    return parser


def letter_parts(source: str, language: str, place: Place) -> tuple[str, str]:
    """Turn Markdown with Jinja constructs into the HTML body and the plain text, both still with these constructs."""
    protected, constructs = protect(source, place)
    tokens = _special_paragraphs(_parser().parse(protected), constructs)
    stream = [token for block in tokens for token in (block.children or [] if block.type == "inline" else [block])]
    _check_tags(stream, constructs, place)
    _check_links(stream, place)
    html = _write(stream, HTML_SIGNS, escape, _unbroken(constructs))
    text = re.sub(r"\n{3,}", "\n\n", _write(stream, text_signs(language), str, {}))
    _check_leftovers(text, place)
    _check_braces(html + text, place)
    restored = str.maketrans({sign: construct.source for sign, construct in constructs.items()})
    return html.translate(restored), text.translate(restored)


def _special_paragraphs(tokens: list[Token], constructs: Constructs) -> list[Token]:
    """Rename the paragraphs that hold tags only (no paragraph at all) or a link only (a button)."""
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "paragraph_open":
            continue
        links = [child for child in inline.children or [] if child.type.startswith("link_")]
        if all(char.isspace() or (char in constructs and constructs[char].tag) for char in inline.content):
            opening.type, closing.type = "tags_open", "tags_close"
        elif opening.level == 0 and _is_link_alone(inline.children or []):
            for token in (opening, *links, closing):
                token.type = "button_" + token.type.removeprefix("paragraph_")
        elif opening.hidden:
            opening.type, closing.type = "tight_open", "tight_close"
    return tokens


def _is_link_alone(children: list[Token]) -> bool:
    kinds = [token.type for token in children if token.type != "text" or token.content]
    return kinds[:1] == ["link_open"] and kinds[-1] == "link_close" and kinds.count("link_open") == 1


def _unbroken(constructs: Constructs) -> dict[int, str]:
    """What stands, among words, for the fields that are to stay in one line."""
    signs = [sign for sign, construct in constructs.items() if _LICENCE.fullmatch(construct.source)]
    return str.maketrans({sign: UNBROKEN.format(sign) for sign in signs})


def _write(stream: list[Token], signs: Mapping[str, str], quote: Callable[[str], str], kept: Mapping[int, str]) -> str:
    """Both parts are written here, from two tables of signs, and so cannot drift apart."""
    pieces: list[str] = []
    href = shown = ""
    label_at = 0
    for token in stream:
        if token.type == "text":
            pieces.append(quote(token.content).translate(kept))
            continue
        sign = signs.get(token.type, "")
        if token.type.endswith("link_open"):
            href, label_at = quote(str(token.attrs["href"])), len(pieces) + 1
            shown = href.removeprefix("mailto:")
        elif token.type == "list_item_open" and token.info:
            sign = signs.get("numbered_item_open", sign).replace("{number}", token.info)
        elif token.type.endswith("link_close") and "".join(pieces[label_at:]) == shown:
            sign = sign.replace(": {shown}", "")  # the words are the address itself: once is enough
        pieces.append(sign.replace("{href}", href).replace("{shown}", shown))
    return "".join(pieces)


def _check_tags(stream: list[Token], constructs: Constructs, place: Place) -> None:
    """An if and its endif must stand in one container: else one part of the letter would lose half of a pair."""
    containers = [0]
    open_ifs: list[tuple[int, Construct]] = []
    for number, token in enumerate(stream, 1):
        if token.nesting == 1 and token.type != "tags_open":
            containers.append(number)
        elif token.nesting == -1 and token.type != "tags_close":
            containers.pop()
        for construct in (constructs[sign] for sign in token.content if sign in constructs):
            if construct.tag == "if":
                open_ifs.append((containers[-1], construct))
            elif construct.tag and (not open_ifs or open_ifs[-1][0] != containers[-1]):
                raise _apart(construct, place)
            elif construct.tag == "endif":
                open_ifs.pop()
    if open_ifs:
        raise _apart(open_ifs[-1][1], place)


def _apart(construct: Construct, place: Place) -> Exception:
    return place.problem(
        construct.line,
        f"「{construct.source}」とその相手が別の段落や箇条書きにあります。同じ段落に置くか、どちらも独立した行に書いてください。",
        f"{construct.source} and its partner stand in different paragraphs or list items; "
        "put them into the same one, or each on a line of its own.",
    )


def _check_links(stream: list[Token], place: Place) -> None:
    for token in stream:
        href = str(token.attrs.get("href", ""))
        if token.type.endswith("link_open") and not _LINK.match(href):
            raise place.problem(
                1,
                f"リンク先「{href}」は使えません。https:// か mailto: で始まる宛先、{{{{ 紹介URL }}}} にしてください。",
                f"the link to {href!r} cannot be used; it has to begin with https:// or mailto:, or be a field.",
            )


def _check_leftovers(text: str, place: Place) -> None:
    if "**" in text or "](" in text:
        raise place.problem(
            1,
            "太字（**…**）かリンク（[…](…)）の記号が残っています。閉じ忘れか、**の内側が記号で終わっていないか確かめてください。",
            "signs of bold (**…**) or of a link ([…](…)) are left over; close them, and let no bold end in a sign.",
        )


def _check_braces(made: str, place: Place) -> None:
    """Refuse braces that stood apart in the source and that Markdown has joined: a field that nobody has checked."""
    found = _OPENING.search(made)
    if found:
        raise place.problem(
            1,
            f"「{found[0]}」は、「\\」などで分けても文字としては使えません。取り除いてください。",
            f"{found[0]} cannot be used as text, however it is parted; take it out.",
        )
