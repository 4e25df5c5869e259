"""The changes that mutmut does not make: in tables, defaults and properties all, in functions those it has no word for.

mutmut leaves alone whatever runs while a module is imported, and every function with a decorator. But
`GUARDS`, `_KEEPS_A_PERSON_IN_PLAY`, `min_delay` and `Delivery.is_told` decide who gets a letter.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a module's source."""

    place: str
    words: str
    """Before and after, for people."""
    source: str
    """The whole changed module."""


class _Site(NamedTuple):
    """A node, and where it hangs."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    place: str
    is_left_alone: bool
    """Whether mutmut does nothing here."""

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


# What decides nothing: types, decorators, bases, patterns (mutmut drops whole cases) and format specifications.
_NO_DECISION = {"annotation", "returns", "decorator_list", "bases", "pattern", "format_spec", "type_comment"}
_LONGEST_CONTEXT = 100
_SWAPPED_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_SWAPPED_OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def changes(source: str) -> Iterator[Change]:
    """Every changed version of a module, one change each."""
    tree = ast.parse(source)
    for site in list(_sites(tree, "module", is_left_alone=True)):
        for node in _replacements(site):
            before = _words(site, site.node)
            site.put(node)
            text, after = ast.unparse(ast.fix_missing_locations(tree)), _words(site, node)
            site.put(site.node)
            yield Change(place=site.place, words=f"{before} → {after}", source=text)


def _sites(parent: ast.AST, place: str, *, is_left_alone: bool) -> Iterator[_Site]:
    for field, value in ast.iter_fields(parent):
        if field in _NO_DECISION:
            continue
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, ast.AST) or _decides_nothing(node):
                continue
            inner, left_alone = place, is_left_alone
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                inner = node.name if place == "module" else f"{place}.{node.name}"
            elif place == "module" and isinstance(node, ast.Assign | ast.AnnAssign):
                inner = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
            if isinstance(node, ast.FunctionDef):
                left_alone = is_left_alone and bool(node.decorator_list)
            yield _Site(parent, field, index, node, inner, left_alone)
            yield from _sites(node, inner, is_left_alone=left_alone)


def _decides_nothing(node: ast.AST) -> bool:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_alias = isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript) and isinstance(
        node.value.value, ast.Name
    ) and node.value.value.id == "Callable"  # fmt: skip
    return is_docstring or is_alias or isinstance(node, ast.Import | ast.ImportFrom)


def _replacements(site: _Site) -> Iterator[ast.AST]:
    node = site.node
    if isinstance(node, ast.stmt):
        yield from _of_statement(node)
    elif isinstance(node, ast.expr):
        yield from _of_expression(site, node)
    elif isinstance(node, ast.comprehension):
        for kept in _without_each(node.ifs):
            yield ast.comprehension(node.target, node.iter, kept, node.is_async)
    elif isinstance(node, ast.match_case) and node.guard:
        yield ast.match_case(node.pattern, ast.Constant(value=True), node.body)
        yield ast.match_case(node.pattern, ast.Constant(value=False), node.body)
    elif site.is_left_alone and type(node) in _SWAPPED_OPERATORS:
        yield _SWAPPED_OPERATORS[type(node)]()


def _of_statement(node: ast.stmt) -> Iterator[ast.stmt]:
    match node:
        case ast.Return(value=None) | ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Continue():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript() | ast.Tuple(elts=[ast.Attribute(), *_])]):
            yield ast.Pass()
        case ast.Return() if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield ast.Return(value=ast.Constant(value=None))
        case ast.If():
            yield ast.If(ast.Constant(value=True), node.body, node.orelse)
            yield ast.If(ast.Constant(value=False), node.body, node.orelse)
        case ast.For():
            yield ast.For(node.target, ast.Tuple(elts=[], ctx=ast.Load()), node.body, node.orelse)
        case ast.AnnAssign(value=ast.expr()):
            yield ast.AnnAssign(node.target, node.annotation, None, node.simple)
        case _:
            pass


def _of_expression(site: _Site, node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.BoolOp():
            yield from (_joined(node.op, kept) for kept in _without_each(node.values))
        case ast.Set() | ast.List() | ast.Tuple(ctx=ast.Load()) if len(node.elts) > 1:
            yield from (_display(node, kept) for kept in _without_each(node.elts))
        case ast.Dict() if len(node.keys) > 1:
            pairs = list(zip(node.keys, node.values, strict=True))
            yield from (ast.Dict([k for k, _ in kept], [v for _, v in kept]) for kept in _without_each(pairs))
        case ast.Name(id=name) if name in _SWAPPED_NAMES:
            yield ast.Name(id=_SWAPPED_NAMES[name], ctx=ast.Load())
        case ast.Slice(lower, upper, step):
            if lower:
                yield ast.Slice(None, upper, step)
            if upper:
                yield ast.Slice(lower, None, step)
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            yield ast.Constant(value=number - 1)
        case _:
            pass
    if site.is_left_alone:
        yield from _as_mutmut_would(site, node)


def _as_mutmut_would(site: _Site, node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(value=not value)
        case ast.Constant(value=int(number)) | ast.Constant(value=float(number)):
            yield ast.Constant(value=number + 1)
        case ast.Constant(value=str(text)):
            yield ast.Constant(value=f"XX{text}XX")
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.IfExp():
            yield node.body
            yield node.orelse
        case ast.Call():
            yield from (ast.Call(node.func, kept, node.keywords) for kept in _without_each(node.args))
            yield from (ast.Call(node.func, node.args, kept) for kept in _without_each(node.keywords))
        case _:
            pass


def _without_each(items: list) -> Iterator[list]:
    for index in range(len(items)):
        yield [*items[:index], *items[index + 1 :]]


def _joined(operator: ast.boolop, values: list[ast.expr]) -> ast.expr:
    return values[0] if len(values) == 1 else ast.BoolOp(operator, values)


def _display(node: ast.Set | ast.List | ast.Tuple, elements: list[ast.expr]) -> ast.expr:
    return ast.Set(elements) if isinstance(node, ast.Set) else type(node)(elements, ast.Load())


def _words(site: _Site, node: ast.AST) -> str:
    has_words = isinstance(site.parent, ast.expr | ast.keyword | ast.AnnAssign)
    is_short = has_words and len(ast.unparse(site.parent)) <= _LONGEST_CONTEXT
    if type(node) in _SWAPPED_OPERATORS or (isinstance(node, ast.Constant | ast.Slice) and is_short):
        node = site.parent  # "0 → -1" alone would be the name of many changes
    elif isinstance(node, ast.If | ast.For):
        node = type(node)(**{**dict(ast.iter_fields(node)), "body": [ast.Expr(ast.Constant(...))], "orelse": []})
    elif isinstance(node, ast.match_case):
        node = node.guard or node
    elif isinstance(node, ast.comprehension):
        return " if ".join(["", *map(ast.unparse, node.ifs)]).strip() or "no condition"
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
