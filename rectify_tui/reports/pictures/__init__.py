"""Pictures of the figures: maps of tiles, progress over weeks, items on a line of time.

Each picture is a frozen dataclass read from the store once, drawn by modules beside it: in
characters (`…_lines.py`), as SVG (`…_svg.py`) and as the table of its figures (`tables.py`).
"""
