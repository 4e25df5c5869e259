"""文面: a letter template is compiled once; each letter is then three cheap renderings: subject, text, HTML."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from jinja2 import Template

from sheets_automation.core.errors import LetterError
from sheets_automation.core.letter_fields import MAX_LETTER_CHARACTERS, folded
from sheets_automation.core.letter_look import html_page
from sheets_automation.core.letter_syntax import (
    FIELD_CALLS,
    HTML,
    TEXT,
    Blank,
    Place,
    check_size,
    unknown_field,
    variables_of,
)
from sheets_automation.core.model import Letter

_FILE_NAME: Final = re.compile(r"(?P<name>[\w-]+)\.(?P<language>[a-z]{2})\.md")
_FRONT_LINE: Final = re.compile(r"(?:subject|件名)\s*[:：]\s*(?P<subject>\S.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate:
    """One letter in one language, ready to be rendered. Made by `compile_letter`."""

    name: str
    language: str
    origin: str
    """The file or the cell that it came from, for messages."""
    variables: tuple[str, ...]
    """The headings and the words of ours that it uses, as they are written in it."""
    _subject: Template = field(repr=False)
    _text: Template = field(repr=False)
    _html: Template = field(repr=False)

    @property
    def id(self) -> str:
        """Name and language, e.g. "standard.ja"."""
        return f"{self.name}.{self.language}"

    def check_variables(self, known: Collection[str]) -> None:
        """Raise LetterError for the first variable that is not among the `known` names."""
        names = {folded(name) for name in known}
        for variable in self.variables:
            if folded(variable) not in names:
                raise unknown_field(variable, list(known), self.origin)

    def render(self, fields: Mapping[str, str]) -> Letter:
        """The letter for one candidate; a blank field that it prints shows as `{{ name }}`, which the lint stops."""
        values: dict[str, object] = {name: _value(name, fields, self.origin) for name in self.variables}
        by_heading = dict(values)  # a heading may itself be called 欄
        values.update(dict.fromkeys(FIELD_CALLS, lambda heading: by_heading[heading.strip()]))
        # As Template.render does it, but for its copies of the values, which would take as long as all the rest: one
        # context serves all three templates, and what is put into `values` later is in it too.
        context = self._subject.new_context(values, shared=True)
        subject = values["subject_line"] = "".join(self._subject.root_render_func(context)).strip()
        return Letter(
            template=self.id,
            language=self.language,
            subject=subject,
            text="".join(self._text.root_render_func(context)).strip() + "\n",
            html="".join(self._html.root_render_func(context)),
        )


def _value(name: str, fields: Mapping[str, str], origin: str) -> str:
    value = fields.get(name)
    if value is None:
        key = folded(name)
        value = next((text for heading, text in fields.items() if folded(heading) == key), None)
        if value is None:
            raise unknown_field(name, list(fields), origin)
    value = value.strip()
    if len(value) > MAX_LETTER_CHARACTERS:
        return value[:MAX_LETTER_CHARACTERS] + "…"
    return value or Blank(name)


@lru_cache(maxsize=128)  # a task of a scheduled job meets the same letters in each of its workbooks
def compile_letter(
    *, name: str, language: str, subject: str, body: str, place: Place, subject_place: Place
) -> LetterTemplate:
    """Check and compile a template; raises LetterError that names the place, the line and what to do."""
    from sheets_automation.core.letter_markdown import letter_parts  # Markdown takes its time, and not all compile

    check_size(subject + body, place)
    variables = dict.fromkeys((*variables_of(subject, subject_place), *variables_of(body, place)))
    html, text = letter_parts(body, language, place)
    for made in (html, text):  # Markdown may have put a brace of its source before a field
        variables_of(made, place)
    return LetterTemplate(
        name=name,
        language=language,
        origin=place.origin,
        variables=tuple(variables),
        _subject=TEXT.from_string(subject),
        _text=TEXT.from_string(text),
        _html=HTML.from_string(html_page(html, language)),
    )


class LetterSource(NamedTuple):
    """A letter as somebody wrote it, before it is compiled."""

    name: str
    language: str
    subject: str
    body: str


def read_source(file_name: str, source: str) -> LetterSource:
    """Take apart a file such as `standard.ja.md`: a line "subject: …" (or 「件名：…」), a blank line, then Markdown."""
    match = _FILE_NAME.fullmatch(file_name)
    if not match:
        raise LetterError(
            f"文面のファイル名「{file_name}」は「名前.言語.md」の形にしてください（例: standard.ja.md）。",
            f"Name the letter file {file_name} NAME.LANGUAGE.md, for example standard.ja.md.",
        )
    first, _, rest = source.lstrip("\ufeff").replace("\r\n", "\n").partition("\n")
    front = _FRONT_LINE.fullmatch(first.strip())
    if not front or rest[:1] != "\n":
        raise Place(file_name).problem(
            1,
            "1行目に「件名: …」、2行目に空行を置いてください。",
            'the first line has to be "subject: …", the second one empty.',
        )
    return LetterSource(name=match["name"], language=match["language"], subject=front["subject"], body=rest)


def letter_from_file(file_name: str, source: str) -> LetterTemplate:
    """Compile the letter in a file."""
    return compile_letter(
        **read_source(file_name, source)._asdict(),
        place=Place(file_name, first_line=2),
        subject_place=Place(file_name),
    )
