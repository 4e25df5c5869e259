"""A small chart: letters an hour by the number of tasks, one line for each quota. Drawn by hand, for light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2, log10

from tests.scale.nights import Night

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 340, 70, 150, 30, 50
_COLOURS = ("#0b6e4f", "#c05621", "#4c51bf")
_TITLE = "Letters an hour by the number of tasks"
_LOOK = """<style>
svg { font: 12px sans-serif } text { fill: #333 } .grid { stroke: #ccc }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .grid { stroke: #555 } }
</style>"""
_LOW, _HIGH = 3, 5
"""Powers of ten between which the upright axis goes."""


def chart(nights: Sequence[Night]) -> str:
    """Letters an hour over tasks, both by powers, for the largest number of workbooks."""
    most = max(night.workbooks for night in nights)
    shown = [night for night in nights if night.workbooks == most]
    limits = sorted({night.limit for night in shown})
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{_TITLE}">',
        _LOOK,
        f'<text x="{_LEFT}" y="18">Letters an hour, {most:,} workbooks (model)</text>',
        *_grid(sorted({night.tasks for night in shown})),
    ]
    labels: list[float] = []
    for colour, limit in zip(_COLOURS, reversed(limits), strict=False):
        line = sorted((night for night in shown if night.limit == limit), key=lambda night: night.tasks)
        points = [(_x(night.tasks), _y(night.letters_an_hour)) for night in line]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        labels.append(max(points[-1][1], labels[-1] + 16 if labels else 0))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3.5" fill="{colour}"/>' for x, y in points]
        end = points[-1][0] + 12
        parts.append(f'<text x="{end:.0f}" y="{labels[-1] + 4:.0f}">{limit:,} calls a minute</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _grid(tasks: Sequence[int]) -> list[str]:
    lines = []
    for power in range(_LOW, _HIGH + 1):
        y = _y(10**power)
        lines.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.0f}" y2="{y:.0f}"/>')
        lines.append(f'<text x="{_LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{10**power:,}</text>')
    bottom = _HEIGHT - _BOTTOM
    lines += [f'<text x="{_x(one):.0f}" y="{bottom + 20}" text-anchor="middle">{one}</text>' for one in tasks]
    lines.append(f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2:.0f}" y="{bottom + 40}" text-anchor="middle">tasks</text>')
    return lines


def _x(tasks: int) -> float:
    return _LEFT + 12 + (_WIDTH - _LEFT - _RIGHT - 24) * log2(tasks) / 6


def _y(letters: float) -> float:
    share = (log10(max(letters, 1)) - _LOW) / (_HIGH - _LOW)
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * min(max(share, 0.0), 1.0)
