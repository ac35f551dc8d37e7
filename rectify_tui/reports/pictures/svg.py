"""What drawings as SVG are made of. Nothing in them refers to anything outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from rectify_tui.domain.text import safe_text, width
from rectify_tui.reports.pictures.drawing import LOOKS, Tone, sign

CELL = 7.2
"""Of a 13 px letter, half a Chinese character with a little air."""
_STYLE = (
    'svg{font:13px/1.4 "Source Han Sans SC","Noto Sans CJK SC","Microsoft YaHei","PingFang SC",'
    '"WenQuanYi Micro Hei",system-ui,sans-serif}text{fill:#1c2024}.title{font-size:16px;'
    "font-weight:600}.small{font-size:12px;fill:#4a5158}.end{text-anchor:end}"
    ".middle{text-anchor:middle}.grid{stroke:#dfe3e7;fill:none}.by{stroke:#c2410c;stroke-width:2;"
    "stroke-dasharray:8 4;fill:none}.now{stroke:#8a9099;stroke-dasharray:2 4;fill:none}"
)


def drawing(wide: float, high: float, title: str, parts: Iterable[str]) -> str:
    """A drawing with its title at the top."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high:.0f}"'
        f' viewBox="0 0 {wide:.0f} {high:.0f}" role="img" aria-label="{words(title)}">'
        f"<title>{words(title)}</title><style>{_STYLE}</style>"
        f'<rect width="{wide:.0f}" height="{high:.0f}" fill="#fff"/>'
        f"{text(16, 28, title, 'title')}\n{''.join(parts)}</svg>\n"
    )


def words(value: str) -> str:
    """Text that is nothing but text."""
    return escape(safe_text(value))


def text(x: float, y: float, value: str, kind: str = "", fill: str = "") -> str:
    """A text; `kind` are classes of the style above."""
    more = (f' class="{kind}"' if kind else "") + (f' style="fill:{fill}"' if fill else "")
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{words(value)}</text>'


def box(x: float, y: float, wide: float, high: float, tone: Tone, told: str = "") -> str:
    """A filled rectangle; `told` is shown where somebody points at it."""
    ground = LOOKS[tone].ground if tone is not None else "#ffffff"
    tip = f"<title>{words(told)}</title>" if told else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="2"'
        f' fill="{ground}" stroke="#b8bec6" stroke-width="0.5">{tip}</rect>'
    )


def legend(x: float, y: float, named: Mapping[Tone, str], head: str = "") -> str:
    """Boxes with the signs of tones, and what they stand for, in one line."""
    parts = [text(x, y + 13, head)] if head else []
    x += width(head) * CELL + (12 if head else 0)
    for tone, name in named.items():
        parts += [
            box(x, y, 24, 17, tone),
            text(x + 12, y + 13, sign(tone, ascii=False), "middle", LOOKS[tone].letters),
            text(x + 30, y + 13, name),
        ]
        x += 30 + width(name) * CELL + 18
    return "".join(parts) + "\n"
