"""One Markdown source becomes two templates, HTML and plain text, once per letter template.

The Jinja constructs are taken out first, one private-use character for each, and put back last. So Markdown never sees
them, and what they print is never read as Markdown: a candidate's cell stays what it is, text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from itertools import pairwise
from typing import Final, NamedTuple

from jinja2.environment import Environment
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sheets_automation.core.letter_look import HTML_SIGNS, text_signs
from sheets_automation.core.letter_syntax import Place

_FIRST: Final = 0xE000  # private use: no sign for Markdown, no letter that anybody types
_TAG_LINES: Final = re.compile(r"^[ \t]*([\ue000-\uf8ff][\ue000-\uf8ff \t]*)$", re.MULTILINE)
_LINK: Final = re.compile(r"(https://|mailto:|[\ue000-\uf8ff])")


class _Construct(NamedTuple):
    source: str
    line: int
    tag: str
    """"if", "elif", "else", "endif"; empty for a field."""


Constructs = Mapping[str, _Construct]


def markdown() -> MarkdownIt:
    """The Markdown of a letter: no raw HTML, images, tables or code."""
    parser = MarkdownIt("zero").enable(["heading", "hr", "list", "emphasis", "link", "newline", "escape"])
    # Links are checked below. The parser's own check and percent-encoding would spoil the placeholders in them.
    parser.validateLink = bool  # type: ignore[method-assign,assignment]
    parser.normalizeLink = str  # type: ignore[method-assign,assignment]
    return parser


def letter_parts(source: str, language: str, environment: Environment, place: Place) -> tuple[str, str]:
    """Turn Markdown with Jinja constructs into the HTML body and the plain text, both still with these constructs."""
    protected, constructs = _protect(source, environment, place)
    tokens = _special_paragraphs(markdown().parse(_tags_apart(protected, constructs)), constructs)
    stream = [token for block in tokens for token in (block.children or [] if block.type == "inline" else [block])]
    _check_tags(stream, constructs, place)
    _check_links(stream, place)
    html = _write(stream, HTML_SIGNS, escape)
    text = re.sub(r"\n{3,}", "\n\n", _write(stream, text_signs(language), str))
    _check_leftovers(text, place)
    restored = str.maketrans({sign: construct.source for sign, construct in constructs.items()})
    return html.translate(restored), text.translate(restored)


def _protect(source: str, environment: Environment, place: Place) -> tuple[str, Constructs]:
    if re.search("[\ue000-\uf8ff]", source):
        raise place.problem(
            1,
            "外字（私用領域の文字）は届いた先で読めません。別の字に替えてください。",
            "it holds a private-use character, which nobody else can read; replace it.",
        )
    constructs: dict[str, _Construct] = {}
    pieces = []
    for construct in _constructs(environment.lex(source), place):
        if isinstance(construct, _Construct):
            sign = chr(_FIRST + len(constructs))
            constructs[sign] = construct
            pieces.append(sign)
        else:
            pieces.append(construct)
    return "".join(pieces), constructs


def _constructs(tokens: Iterator[tuple[int, str, str]], place: Place) -> Iterator[str | _Construct]:
    """Plain text and constructs in turn; comments vanish."""
    inside: list[str] = []
    for line, kind, value in tokens:
        if kind == "data":
            yield value
        elif kind.startswith("raw"):
            raise place.problem(line, "{% raw %} は使えません。取り除いてください。", "take {% raw %} out.")
        elif not kind.startswith("comment"):
            inside.append(value)
            if kind in {"variable_end", "block_end"}:
                words = "".join(inside[1:-1]).split()
                tag = words[0] if kind == "block_end" and words else ""
                yield _Construct("".join(inside), line, tag)
                inside = []


def _tags_apart(text: str, constructs: Constructs) -> str:
    """Give a line of tags its own paragraph, and a line that is all condition its own line break.

    "担当: {{ 担当 }}" between an if and its endif takes the line break before it along when it is left out.
    """

    def apart(match: re.Match[str]) -> str:
        is_tags = all(constructs[sign].tag for sign in match[1] if sign in constructs)
        return f"\n{match[1]}\n" if is_tags else match[0]

    def opens(sign: str) -> bool:
        return sign in constructs and constructs[sign].tag == "if"

    lines = _TAG_LINES.sub(apart, text).split("\n")
    joined = lines[0]
    for before, line in pairwise(lines):
        whole = line[:1] and opens(line[0]) and line[-1] in constructs and constructs[line[-1]].tag == "endif"
        joined += f"{line[0]}\n{line[1:]}" if whole and before.strip() else f"\n{line}"
    return joined


def _special_paragraphs(tokens: list[Token], constructs: Constructs) -> list[Token]:
    """Rename the paragraphs that hold tags only (no paragraph at all) or a link only (a button)."""
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "paragraph_open":
            continue
        children = inline.children or []
        if all(char.isspace() or (char in constructs and constructs[char].tag) for char in inline.content):
            opening.type, closing.type = "tags_open", "tags_close"
        elif opening.level == 0 and _is_link_alone(children):
            opening.type, closing.type = "button_open", "button_close"
            children[0].type, children[-1].type = "button_link_open", "button_link_close"
        elif opening.hidden:
            opening.type, closing.type = "tight_open", "tight_close"
    return tokens


def _is_link_alone(children: list[Token]) -> bool:
    kinds = [token.type for token in children if token.type != "text" or token.content]
    return kinds[:1] == ["link_open"] and kinds[-1] == "link_close" and kinds.count("link_open") == 1


def _write(stream: list[Token], signs: Mapping[str, str], quote: Callable[[str], str]) -> str:
    """Both parts are written here, from two tables of signs, and so cannot drift apart."""
    pieces: list[str] = []
    href = shown = ""
    label_at = 0
    for token in stream:
        if token.type == "text":
            pieces.append(quote(token.content))
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
    open_ifs: list[tuple[int, _Construct]] = []
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


def _apart(construct: _Construct, place: Place) -> Exception:
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
