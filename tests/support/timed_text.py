"""Timed text for tests: constructors with short names, and Hypothesis strategies."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st

from subtitles.cues import Cue, CueTrack, Subtitle
from subtitles.language import LanguageTag, parse_language
from subtitles.plain_text import clean_row
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.style.profile import StyleProfile, load_profile
from subtitles.words import Transcript, Word

MADE_BY = EngineSignature(engine="test", engine_version="1")

FRAME_RATES = (
    None,
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(60),
)

HOSTILE_TEXTS = (
    "-->",
    "a --> b",
    "00:00:01,000 --> 00:00:02,000",
    "--\u2060>",
    "--->",
    "40",
    "1",
    "WEBVTT",
    "NOTE not a comment",
    "STYLE",
    "<script>alert(1)</script>",
    "<v Roger>hi",
    "<i>italics</i>",
    "</i",
    "a < b && c > d",
    "&amp;lt; &lt; &#10; &nbsp",
    "{\\an8}top",
    "\u202eevil\u202c",
    "\ufeffmarked",
    "zero\u200bwidth",
    "non\u00a0breaking",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "e\u0301\u0302\u0303",
)


def language(tag: str) -> LanguageTag:
    """A tag that is known to be good."""
    return parse_language(tag)


def profile(tag: str = "en") -> StyleProfile:
    """The adult subtitle profile of a language."""
    return load_profile(parse_language(tag))


def word(text: str, start_ms: int, end_ms: int, probability: float = 0.9) -> Word:
    """One recognised word."""
    return Word(text=text, span=Span(start_ms, end_ms), probability=probability)


def transcript(words: Sequence[Word], tag: str = "en", media_id: str = "media") -> Transcript:
    """Words of one title."""
    return Transcript(
        media_id=media_id,
        language=parse_language(tag),
        language_probability=1.0,
        words=tuple(words),
        made_by=MADE_BY,
    )


def spoken(
    text: str, *, start_ms: int = 1000, ms_per_char: int = 65, gap_ms: int = 0
) -> list[Word]:
    """Steady speech; ``|`` in the text is a pause of one second, ``‖`` of 300 ms.

    The default is about 15 characters a second: brisk talk.
    """
    words: list[Word] = []
    now = start_ms
    for token in text.split():
        if token in "|‖":
            now += 1000 if token == "|" else 300
            continue
        end = now + ms_per_char * (len(token) + 1)
        words.append(word(" " + token, now, end))
        now = end + gap_ms
    return words


def cue(
    text: str,
    start_ms: int = 1000,
    end_ms: int = 4000,
    *,
    cue_id: str = "c1",
    confidence: float = 1.0,
    source_cue_ids: tuple[str, ...] = (),
) -> Cue:
    """One cue; line breaks in the text are rows."""
    return Cue(
        cue_id=cue_id,
        span=Span(start_ms, end_ms),
        lines=tuple(text.split("\n")),
        confidence=confidence,
        source_cue_ids=source_cue_ids,
    )


def track(cues: Sequence[Cue], tag: str = "en") -> CueTrack:
    """A track of one title."""
    return CueTrack(
        media_id="media", language=parse_language(tag), cues=tuple(cues), made_by=MADE_BY
    )


_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
# Every character that could matter, and any other now and then.
_ANY_CHARS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    "  ..,,!?<>&-\"'“”…\n\r\t\u0085\u2028\u00a0\u3000\u200b\ufeff\u202e\u0301日本한กเา\u0e31"
)


def any_text(max_size: int = 60) -> st.SearchStrategy[str]:
    """Text of any kind, hostile characters included."""
    return st.text(_ANY_CHARS, max_size=max_size) | st.sampled_from(HOSTILE_TEXTS)


def word_texts() -> st.SearchStrategy[str]:
    """Mostly words as recognisers give them, sometimes anything."""
    plain = st.text(_LATIN, min_size=1, max_size=12).flatmap(
        lambda stem: st.sampled_from([f" {stem}", f" {stem}.", f" {stem},", f" {stem}?", stem])
    )
    small = st.sampled_from([" the", " a", " of", " Mr.", " not", " and", " I", " to", " J."])
    return st.one_of(plain, plain, small, any_text(80))


@st.composite
def transcripts(draw: st.DrawFn, tags: Sequence[str] = ("en",), max_words: int = 60) -> Transcript:
    """Words in time order; some overlap, some take no time, some pauses are long."""
    steps = st.one_of(st.integers(0, 400), st.sampled_from([0, 0, 900, 1600, 5000]))
    lengths = st.one_of(st.integers(0, 700), st.sampled_from([0, 12_000]))
    words, now = [], draw(st.integers(0, 5000))
    for text in draw(st.lists(word_texts(), max_size=max_words)):
        now += draw(steps)
        length = draw(lengths)
        words.append(word(text, now, now + length, draw(st.floats(0, 1))))
        now += draw(st.sampled_from([length, length, length, 0]))
    return transcript(words, draw(st.sampled_from(list(tags))))


def clean_rows_strategy() -> st.SearchStrategy[str]:
    """Rows that any file can hold as they are."""
    return any_text().map(clean_row).filter(bool)


@st.composite
def subtitles(draw: st.DrawFn) -> Subtitle:
    """A valid subtitle, over 99 hours now and then."""
    start = draw(st.integers(0, 500_000_000))
    length = draw(st.integers(1, 10_000_000))
    rows = draw(st.lists(clean_rows_strategy(), min_size=1, max_size=4))
    return Subtitle(Span(start, start + length), tuple(rows))


def frame_rates() -> st.SearchStrategy[Fraction | None]:
    """Every usual frame rate, and none."""
    return st.sampled_from(FRAME_RATES)
