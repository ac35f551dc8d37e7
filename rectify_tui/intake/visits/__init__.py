"""Sheets for visits: what a team takes along, what comes back, and the draw made from them again.

`columns` says what they are made of, `sheet` writes them, `received` reads them, `check` holds them
against the ledger, `take` writes what was accepted, and `again` makes a draw anew.
"""
