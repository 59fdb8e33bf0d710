"""Cells that no spreadsheet runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subtitles.spreadsheet_cells import FORMULA_STARTS, cell_text, inert_cell

_SIGNS = st.text(alphabet=[*"'ab", *FORMULA_STARTS], max_size=6)


@given(st.one_of(st.text(), _SIGNS))
def test_a_cell_begins_like_no_formula_and_says_what_was_written(text):
    cell = inert_cell(text)
    assert not cell.startswith(FORMULA_STARTS)
    assert cell_text(cell) == text


@pytest.mark.parametrize("text", ["'tis", "It's", "a=b", ""])
def test_text_that_is_no_formula_stays_as_it_is(text):
    assert inert_cell(text) == cell_text(text) == text
