"""Text in the cells of a table that people open in a spreadsheet.

A spreadsheet runs a cell that begins like a formula. Such a cell gets an apostrophe before it, as
people type one there themselves; `cell_text` takes it off again.
"""

import re

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""What spreadsheets take for the beginning of a formula, full-width forms included."""

_LIKE_FORMULA = re.compile("'*[" + re.escape("".join(FORMULA_STARTS)) + "]")


def inert_cell(text: str) -> str:
    """The text as no spreadsheet runs it; `cell_text` gives it back."""
    return f"'{text}" if _LIKE_FORMULA.match(text) else text


def cell_text(cell: str) -> str:
    """What a cell says that `inert_cell` wrote, or a person."""
    return cell[1:] if cell.startswith("'") and _LIKE_FORMULA.match(cell) else cell
