"""Curves on two logarithmic scales, as an SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

COLOURS = ("#b4532a", "#1f5f8b", "#4d7c3a", "#5b4a8a", "#777777")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 400, 70, 150, 20, 50


@dataclass(frozen=True, slots=True)
class Line:
    """A named curve; coordinates above 0."""

    name: str
    points: tuple[tuple[float, float], ...]


def draw(lines: Sequence[Line], across: str, up: str) -> str:
    """The picture's text. Powers of ten are marked on both scales."""
    drawn = [line for line in lines if line.points]
    xs = [x for line in drawn for x, _ in line.points]
    ys = [y for line in drawn for _, y in line.points]
    left, right = floor(log10(min(xs))), max(ceil(log10(max(xs))), floor(log10(min(xs))) + 1)
    low, high = floor(log10(min(ys))), max(ceil(log10(max(ys))), floor(log10(min(ys))) + 1)

    def place(x: float, y: float) -> tuple[float, float]:
        over = (log10(x) - left) / (right - left) * (WIDTH - LEFT - RIGHT)
        above = (log10(y) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)
        return round(LEFT + over, 1), round(HEIGHT - BOTTOM - above, 1)

    def parts() -> Iterator[str]:
        yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">'
        yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        for power in range(left, right + 1):
            x, _ = place(10.0**power, 10.0**low)
            yield f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/><text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>'
        for power in range(low, high + 1):
            _, y = place(10.0**left, 10.0**power)
            yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#ddd"/><text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{10.0**power:g}</text>'
        yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{escape(across)}</text>'
        yield f'<text transform="translate(16 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">{escape(up)}</text>'
        for number, line in enumerate(drawn):
            colour, points = COLOURS[number % len(COLOURS)], [place(x, y) for x, y in line.points]
            path = " ".join(f"{x},{y}" for x, y in points)
            yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
            yield from (f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points)
            yield f'<text x="{points[-1][0] + 8}" y="{points[-1][1] + 4}" fill="{colour}">{escape(line.name)}</text>'
        yield "</svg>\n"

    return "\n".join(parts())
