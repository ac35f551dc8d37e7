"""A table of any number of rows: `table.WindowTable`, and the parts that it holds.

`source` says what it shows, `messages` what it tells. `reader` reads rows, into the `cache`, what
`read` describes; `marking` keeps the `marks`; `painter` draws, with `columns` and `draw`.
"""
