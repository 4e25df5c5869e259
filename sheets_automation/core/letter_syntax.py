"""What HR may write between the braces of a letter: names, quoted text, or, and, not, ==, in, and if. Nothing else.

There are no loops, filters, sums or calls, so a letter costs time and space in proportion to its own length: the
limits hold by construction, and no cell can ask for more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Final, NamedTuple, Self

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape

from sheets_automation.core.errors import LetterError

MAX_TEMPLATE_CHARACTERS: Final = 20_000
MAX_FIELDS: Final = 300
MAX_DEPTH: Final = 40

FIELD_CALLS: Final = ("欄", "field")
"""`{{ 欄("最終面接 日") }}`: for a heading that has blanks or signs in it, or begins with a digit."""
_TAKEN: Final = frozenset((*FIELD_CALLS, "self", "subject_line"))
"""Names with a meaning of their own inside a template, where a heading of that name would not be found."""

_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
)
_COMPARISONS: Final = ("eq", "ne", "in", "notin")


class Place(NamedTuple):
    """Where a template stands, for messages: a file or a cell, and its first line there."""

    origin: str
    first_line: int = 1

    def problem(self, line: int, ja: str, en: str) -> LetterError:
        """The error that names this template, the line and what to do."""
        number = line + self.first_line - 1
        return LetterError(f"文面「{self.origin}」の{number}行目: {ja}", f"Letter {self.origin}, line {number}: {en}")


class Blank(str):
    """The value of an empty cell: false in a condition, and its own placeholder where it is printed.

    So a letter with a hole shows which field is missing, and the lint stops it.
    """

    __slots__ = ("placeholder",)
    placeholder: str

    def __new__(cls, name: str) -> Self:
        """Remember the variable's name."""
        blank = super().__new__(cls)
        blank.placeholder = "{{ " + name + " }}"
        return blank


def _print_text(value: str) -> str:
    return value.placeholder if type(value) is Blank else value


def _print_html(value: str) -> str:
    return _escaped(_print_text(value))


@lru_cache(maxsize=512)
def _escaped(text: str) -> str:
    """Most of what letters print, such as the signature, is the same in thousands of them."""
    return str(escape(text)).replace("\n", "<br>")


def _environment(finalize: Callable[[str], str]) -> ImmutableSandboxedEnvironment:
    """Everything that is printed goes through `finalize`, literals too; what stands around it is ours or checked."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=finalize, keep_trailing_newline=True, cache_size=0
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


TEXT: Final = _environment(_print_text)
HTML: Final = _environment(_print_html)


def check_size(source: str, place: Place) -> None:
    """Raise LetterError for a template that is too long to be a letter."""
    if len(source) > MAX_TEMPLATE_CHARACTERS:
        raise place.problem(
            1,
            f"長すぎます（{len(source):,}字）。{MAX_TEMPLATE_CHARACTERS:,}字以内にしてください。",
            f"too long ({len(source):,} characters); shorten it to {MAX_TEMPLATE_CHARACTERS:,}.",
        )


def variables_of(source: str, place: Place) -> tuple[str, ...]:
    """The variables that `source` uses, in order; raises LetterError for anything that a letter may not hold."""
    found = [name for node in _walk(_parse(source, place), place) if (name := _variable(node))]
    if len(found) > MAX_FIELDS:
        raise place.problem(
            1,
            f"差し込みが{MAX_FIELDS}か所を超えています。減らしてください。",
            f"more than {MAX_FIELDS} fields are used; use fewer.",
        )
    return tuple(dict.fromkeys(found))


def _parse(source: str, place: Place) -> nodes.Template:
    try:
        return TEXT.parse(source)
    except TemplateSyntaxError as error:
        raise place.problem(
            error.lineno,
            "差し込みの書き方が正しくありません。{{ 氏名 }} や {% if 紹介URL %}…{% endif %} の形で書いてください。"
            '空白や記号のある見出しは {{ 欄("最終面接 日") }} と書きます。',
            f"{error.message} Write fields as {{{{ name }}}}, conditions as {{% if referral_url %}}…{{% endif %}}, "
            'and headings with blanks or signs as {{ field("Last interview") }}.',
        ) from error
    except RecursionError as error:
        raise _too_deep(place, 1) from error


def _too_deep(place: Place, line: int) -> LetterError:
    return place.problem(
        line,
        "{% if %} や括弧の入れ子が深すぎます。減らしてください。",
        "conditions or brackets are nested too deeply; use fewer.",
    )


def _taken(name: str, place: Place, line: int) -> LetterError:
    return place.problem(
        line,
        f'「{name}」はそのままでは差し込めません。見出しの名前なら {{{{ 欄("{name}") }}}} と書いてください。',
        f'{name} cannot be a field as it is; for a heading of this name write {{{{ field("{name}") }}}}.',
    )


def _walk(node: nodes.Node, place: Place, depth: int = 0, *, printed: bool = False) -> Iterator[nodes.Node]:
    """Every node but the names of calls, checked, parents first."""
    # A printed condition would say "True" or "False".
    if not _is_allowed(node) or (printed and isinstance(node, (nodes.Not, nodes.Compare))):
        raise place.problem(
            node.lineno or 1,
            f'「{type(node).__name__}」はここでは使えません。差し込みに使えるのは見出しの名前、"文字"、or、and、'
            "{% if %} の中では not、==、!=、in もです。ほかは取り除いてください。",
            f'{type(node).__name__} cannot be used here. A field may hold names, "text", or, and; '
            "an {% if %} also not, ==, !=, in. Take everything else out.",
        )
    if depth > MAX_DEPTH:
        raise _too_deep(place, node.lineno)
    if isinstance(node, nodes.Name) and node.name in _TAKEN:
        raise _taken(node.name, place, node.lineno)
    yield node
    if not isinstance(node, nodes.Call):
        for child in node.iter_child_nodes():
            yield from _walk(child, place, depth + 1, printed=printed or isinstance(node, nodes.Output))


def _is_allowed(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Const):
        return isinstance(node.value, str)
    if isinstance(node, nodes.Compare):
        return all(operand.op in _COMPARISONS for operand in node.ops)
    if isinstance(node, nodes.Call):
        return bool(_called_field(node))
    return isinstance(node, _ALLOWED)


def _called_field(node: nodes.Call) -> str:
    """The heading in 欄("heading"); empty for any other call."""
    plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs) and len(node.args) == 1
    if plain and isinstance(node.node, nodes.Name) and node.node.name in FIELD_CALLS:
        argument = node.args[0]
        if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
            return argument.value.strip()
    return ""


def _variable(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    return _called_field(node) if isinstance(node, nodes.Call) else ""


def unknown_field(name: str, known: list[str], origin: str) -> LetterError:
    """The error for a variable that is neither a heading of the sheet nor a word of ours, with the nearest ones."""
    near = get_close_matches(name, known, n=3, cutoff=0.4) or sorted(known)[:8]
    return LetterError(
        f"文面「{origin}」の {{{{ {name} }}}} に当たる見出しがありません。近いもの: {'、'.join(near)}。"
        "文面の名前を直すか、シートに見出しを足してください。",
        f"Letter {origin} uses {{{{ {name} }}}}, which is no heading of the sheet. Near: {', '.join(near)}. "
        "Correct the name in the letter, or add the heading to the sheet.",
    )
