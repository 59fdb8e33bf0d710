"""What an ask makes of the settings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines.decoding import Decoding, goes_by_clauses, search_for
from translate.translator import Ask

SETTINGS = Decoding(beam_size=4)


@pytest.mark.parametrize(
    ("ask", "beam", "hypotheses", "power", "ngram"),
    [
        (Ask(), 4, 1, 1.0, 0),
        (Ask(candidates=4), 4, 4, 1.0, 0),
        (Ask(candidates=6), 6, 6, 1.0, 0),
        (Ask(candidates=4, brevity=0.5), 8, 4, 0.0, 0),
        (Ask(candidates=4, brevity=1.0), 12, 4, -1.0, 0),
        (Ask(candidates=4, attempt=1), 8, 4, 1.0, 3),
        (Ask(candidates=4, attempt=2), 1, 1, 1.0, 2),
        (Ask(candidates=4, attempt=3), 8, 4, 1.0, 3),
    ],
)
def test_the_table_of_attempts_and_brevity(ask, beam, hypotheses, power, ngram):
    search = search_for(SETTINGS, ask)
    assert (search.beam_size, search.hypotheses) == (beam, hypotheses)
    assert (search.length_power, search.no_repeat_ngram_size) == (power, ngram)


@given(
    st.builds(
        Ask,
        candidates=st.integers(-2, 30),
        brevity=st.floats(-2, 5),
        attempt=st.integers(-1, 9),
        wants_alignment=st.booleans(),
    )
)
def test_any_ask_makes_a_search_that_an_engine_can_run(ask):
    search = search_for(SETTINGS, ask)
    assert 1 <= search.hypotheses <= search.beam_size
    assert -1 <= search.length_power <= 1
    assert search.wants_attention is ask.wants_alignment


def test_two_attempts_keep_sentences_whole_and_later_ones_cut_them():
    assert [goes_by_clauses(Ask(attempt=number)) for number in range(5)] == [
        False,
        False,
        False,
        True,
        True,
    ]
