"""The counter: vectors that the browser runs too, and what must hold for any text."""

import json
from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from timed_text import any_text

from subtitles.counting import (
    CountingRule,
    chars_per_second,
    clusters,
    line_width,
    text_width,
    visible_text,
)

VECTORS = json.loads((files("subtitles") / "counting_vectors.json").read_text("utf-8"))
WIDTHS = [vector for vector in VECTORS if "width" in vector]
SPEEDS = [vector for vector in VECTORS if "cps" in vector]
RULES = st.sampled_from(list(CountingRule))


@pytest.mark.parametrize("vector", WIDTHS, ids=lambda vector: ascii(vector["text"])[:40])
def test_a_row_is_as_wide_as_its_vector_says(vector: dict) -> None:
    assert line_width(vector["text"], CountingRule(vector["rule"])) == vector["width"]


@pytest.mark.parametrize("vector", SPEEDS, ids=lambda vector: ascii(vector["lines"])[:40])
def test_a_cue_reads_as_fast_as_its_vector_says(vector: dict) -> None:
    rule = CountingRule(vector["rule"])
    assert chars_per_second(vector["lines"], vector["duration_ms"], rule) == vector["cps"]


def test_there_are_vectors_for_every_rule_and_both_measures() -> None:
    assert len(WIDTHS) + len(SPEEDS) == len(VECTORS)
    for vectors in (WIDTHS, SPEEDS):
        assert {vector["rule"] for vector in vectors} == set(CountingRule)


@given(any_text(), RULES)
@example("plain text, nothing else", CountingRule.GRAPHEME)
@example("<b", CountingRule.GRAPHEME)
def test_a_width_is_never_negative_and_always_whole_halves(text: str, rule: CountingRule) -> None:
    width = line_width(text, rule)
    assert 0 <= width <= len(text)
    assert width * 2 == int(width * 2)


@given(any_text())
def test_the_quick_way_counts_what_the_long_way_counts(text: str) -> None:
    assert line_width(text, CountingRule.GRAPHEME) == len(clusters(visible_text(text)))


@given(any_text(), any_text(), RULES)
def test_joining_texts_never_makes_them_wider(one: str, other: str, rule: CountingRule) -> None:
    apart = line_width(one, rule) + line_width(other, rule)
    assert line_width(one + other, rule) <= apart


@given(st.lists(any_text(), max_size=4), RULES)
def test_line_breaks_do_not_count(lines: list[str], rule: CountingRule) -> None:
    assert text_width(lines, rule) == sum(line_width(line, rule) for line in lines)
    assert all(line_width("\n", one) == 0 for one in CountingRule)


@given(st.lists(any_text(), max_size=3), st.integers(1, 20_000), RULES)
def test_twice_the_time_is_half_the_speed(lines: list[str], ms: int, rule: CountingRule) -> None:
    assert chars_per_second(lines, 2 * ms, rule) == pytest.approx(
        chars_per_second(lines, ms, rule) / 2
    )


@pytest.mark.parametrize("tag", ["<i>", "</i>", "<B>", "<u>", "<font color=#fff>", "{\\an8}"])
@given(text=st.text("abc é", max_size=8))
def test_markup_takes_no_room(tag: str, text: str) -> None:
    for rule in CountingRule:
        assert line_width(text + tag, rule) == line_width(text, rule)
