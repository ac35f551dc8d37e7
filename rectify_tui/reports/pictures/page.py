"""A picture as a web page of its own: the drawing, and the same figures as a table."""

from __future__ import annotations

from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.svg import words
from rectify_tui.reports.table import NUMBERS, Column, Table, shown

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    'body{font:14px/1.5 "Source Han Sans SC","Noto Sans CJK SC","Microsoft YaHei","PingFang SC",'
    "system-ui,sans-serif;color:#1c2024;margin:16px auto;max-width:980px}svg{max-width:100%;"
    "height:auto}table{border-collapse:collapse;margin-top:16px}td,th{border-bottom:1px solid"
    " #dfe3e7;padding:3px 10px;text-align:left}.number{text-align:right;white-space:nowrap}"
    "@page{size:A4 landscape;margin:14mm}tr,svg{break-inside:avoid}"
    "*{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
)


def html_page(drawing: str, table: Table, t: Language) -> str:
    """The page; it loads nothing and runs nothing."""
    lang = {"zh": "zh-CN", "en": "en"}[t.code]
    heads = "".join(f"<th{_kind(one)}>{words(one.title)}</th>" for one in table.columns)
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_kind(one)}>{words(shown(row.get(one.key), one.kind))}</td>"
            for one in table.columns
        )
        + "</tr>\n"
        for row in table.rows
    )
    notes = "".join(f"<p>{words(note)}</p>\n" for note in table.notes)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{words(table.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{drawing}<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        f"{notes}</body>\n</html>\n"
    )


def _kind(column: Column) -> str:
    return ' class="number"' if column.kind in NUMBERS else ""
