"""The calibration curve, as an SVG that reads in light and in dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from .calibration import Band

LEFT, TOP, SIDE = 56, 20, 320
"""Pixels: where the square of the curve begins, and its side."""
WIDTH, HEIGHT = LEFT + SIDE + 24, TOP + SIDE + 52

STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #57534a }
  .paper { fill: #fdfcf9 } .grid { stroke: #e4e0d8 } .ideal { stroke: #8d887e; stroke-dasharray: 4 4 }
  .curve { stroke: #1f5fa8; stroke-width: 2; fill: none } .band { fill: #1f5fa8; fill-opacity: .75 }
  @media (prefers-color-scheme: dark) {
    text { fill: #c9c4ba }
    .paper { fill: #1c1b19 } .grid { stroke: #3a3733 } .ideal { stroke: #8d887e }
    .curve { stroke: #7db4f0 } .band { fill: #7db4f0 }
  }
"""


def draw(calibrated: Sequence[Band], *, label: str) -> str:
    """The share right over the mean confidence of each band; the larger the dot, the more quotations.

    On the dashed line confidence would mean just what it says. `label` is read out in place of the picture.
    """
    shown = [band for band in calibrated if band.predicted]
    most = max((band.predicted for band in shown), default=1)
    points = [(_x(band.mean_confidence), _y(band.share_right)) for band in shown]
    dots = [
        f'<circle class="band" cx="{x}" cy="{y}" r="{3 + 9 * (band.predicted / most) ** 0.5:.1f}">'
        f"<title>{band.predicted} quotations: confidence {band.mean_confidence:.2f}, right {band.share_right:.2f}"
        f"</title></circle>"
        for band, (x, y) in zip(shown, points, strict=True)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{escape(label)}">',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
            *_axes(),
            f'<path class="ideal" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>',
            f'<polyline class="curve" points="{" ".join(f"{x},{y}" for x, y in points)}"/>',
            *dots,
            "</svg>\n",
        ]
    )


def _axes() -> list[str]:
    parts = []
    for fifth in range(6):
        value = fifth / 5
        x, y = _x(value), _y(value)
        parts += [
            f'<path class="grid" d="M{x} {TOP}V{TOP + SIDE}M{LEFT} {y}H{LEFT + SIDE}"/>',
            f'<text x="{x}" y="{TOP + SIDE + 18}" text-anchor="middle">{value:.1f}</text>',
            f'<text x="{LEFT - 8}" dy="4" y="{y}" text-anchor="end">{value:.1f}</text>',
        ]
    middle = TOP + SIDE / 2
    return [
        *parts,
        f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 40}" text-anchor="middle">confidence</text>',
        f'<text x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})">share right</text>',
    ]


def _x(value: float) -> float:
    return round(LEFT + value * SIDE, 1)


def _y(value: float) -> float:
    return round(TOP + (1 - value) * SIDE, 1)
