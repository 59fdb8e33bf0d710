"""Which words of a cue were not surely heard: found by what was said, and when."""

from hypothesis import given
from hypothesis import strategies as st

from review.hearing import HeardWord, unsure_words
from subtitles.span import Span

WORDS = ("the", "tide", "turned", "we", "never", "saw", "it", "2", "l'été", "海", "O'Brien")
SHOWN = (str, str.upper, str.title, "“{}”".format, "{},".format, "<i>{}</i>".format, "{}…".format)


def heard_of(texts, percents, *, start_ms=0):
    return [
        HeardWord(text=text, span=Span(at, at + 300), percent=percent)
        for at, (text, percent) in zip(
            range(start_ms, start_ms + 400 * len(texts), 400),
            zip(texts, percents, strict=True),
            strict=True,
        )
    ]


@given(st.data())
def test_the_words_that_were_unsure_are_marked_at_their_places_and_no_others(data):
    texts = data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
    percents = [data.draw(st.integers(0, 100)) for _ in texts]
    shown = [data.draw(st.sampled_from(SHOWN))(text) for text in texts]
    glue = [data.draw(st.sampled_from((" ", "\n", " - "))) for _ in texts[1:]] + [""]
    text = "".join(part for pair in zip(shown, glue, strict=True) for part in pair)
    before = heard_of(texts, [0] * len(texts), start_ms=100_000)
    found = unsure_words(text, Span(0, 400 * len(texts)), heard_of(texts, percents) + before)
    wanted = [one for one, percent in zip(shown, percents, strict=True) if percent < 75]
    assert [text[word.start : word.end] for word in found] == wanted
    assert [word.heard.percent for word in found] == [p for p in percents if p < 75]


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.text(max_size=8), st.integers(0, 100)), max_size=12),
)
def test_any_text_is_marked_inside_and_in_order(text, said):
    heard = heard_of([one for one, _ in said], [percent for _, percent in said])
    ends = [0]
    for word in unsure_words(text, Span(0, 5_000), heard):
        assert ends[-1] <= word.start < word.end <= len(text)
        ends.append(word.end)


def test_a_doubt_marks_a_word_however_probable_and_a_word_somebody_wrote_is_none():
    heard = [
        HeardWord(text="Thanks", span=Span(0, 300), percent=99, doubts=("stock-phrase",)),
        HeardWord(text="for", span=Span(300, 500), percent=99),
    ]
    found = unsure_words("Thanks to for", Span(0, 500), heard)
    assert [(word.start, word.end) for word in found] == [(0, 6)]
