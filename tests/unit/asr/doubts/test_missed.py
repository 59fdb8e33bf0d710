"""Speech without words is found; speech with words is not, however recognisers time them."""

from hypothesis import given
from hypothesis import strategies as st

from asr.doubts.missed import missed
from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.span import Span
from subtitles.words import Word


def words(*times: tuple[int, int]) -> list[Word]:
    return [Word(text=" x", span=Span(*one), probability=0.9) for one in times]


def found(said, audible, sure=(), known=()):
    spans = [[Span(*one) for one in regions] for regions in (audible, sure)]
    gaps = missed(words(*said), *spans, known=known)
    return [(one.span.start_ms, one.span.end_ms, *one.doubts) for one in gaps]


SURE, QUIET = Doubt.SPEECH_WITHOUT_WORDS, Doubt.QUIET_SPEECH


def test_sure_speech_without_words_is_told_from_what_may_be_speech():
    regions = [(1000, 3000), (6000, 8000)]
    assert found([], regions, sure=[(1000, 3000)]) == [(1000, 3000, SURE), (6000, 8000, QUIET)]


def test_speech_beside_a_word_belongs_to_it():
    assert found([(2000, 3000)], [(1500, 3500)], sure=[(1500, 3500)]) == []
    assert found([(2000, 3000)], [(1300, 3500)]) == []  # a breath of 200 ms
    assert found([(2000, 3000)], [(500, 3500)]) == [(500, 1500, QUIET)]


def test_speech_under_a_word_that_takes_far_too_long_is_missed():
    assert found([(1000, 17_000)], [(1000, 17_000)]) == [(1000, 15_000, QUIET)]
    assert found([(1000, 2400)], [(1000, 2400)]) == []


def test_pieces_close_together_are_one_stretch():
    regions = [(1000, 1400), (2000, 2500), (3000, 3300)]
    assert found([], regions, sure=regions) == [(1000, 3300, SURE)]


def test_too_little_speech_for_a_word_is_not_worth_a_listen():
    assert found([], [(1000, 1600)], sure=[(1000, 1600)]) == []


def test_speech_whose_text_was_set_aside_is_known_already():
    aside = DoubtfulSpan(span=Span(0, 5000), doubts=(Doubt.NO_SPEECH,), set_aside="Thanks.")
    flagged = DoubtfulSpan(span=Span(5000, 9000), doubts=(Doubt.UNSURE,))
    regions = [(1000, 3000), (6000, 8000)]
    assert found([], regions, known=[aside, flagged]) == [(6000, 8000, QUIET)]


def regions_of(gaps_and_lengths):
    at, made = 0, []
    for gap, length in gaps_and_lengths:
        made.append((at + gap, at + gap + length))
        at += gap + length
    return made


REGIONS = st.lists(st.tuples(st.integers(1, 4000), st.integers(1, 4000)), max_size=12)


@given(REGIONS, REGIONS)
def test_every_long_region_is_near_a_word_or_in_a_stretch(said, speech):
    said, speech = regions_of(said), regions_of(speech)
    gaps = found(said, speech)
    assert gaps == sorted(gaps)
    for start, end in speech:
        times = [(max(one, other - 1500), other) for one, other in said]
        near = any(one - 500 < end and start < other + 500 for one, other in times)
        flagged = any(one < end and start < other for one, other, _ in gaps)
        assert near or flagged or end - start < 700
