"""Whole subtitle documents for tests: constructors with short names, and Hypothesis strategies."""

from collections.abc import Sequence

from hypothesis import strategies as st
from timed_text import HOSTILE_TEXTS, MADE_BY, any_text

from subtitles.cues import Cue, CueKind, CueTrack, Edge, Move, MoveReason, Position, Subtitle
from subtitles.formats.document import SubtitleDocument, document_of
from subtitles.language import LanguageTag
from subtitles.plain_text import clean_row
from subtitles.span import Span

MARKUP = (
    "<i>italics</i>",
    "<b><i>both</b> crossed</i>",
    "</i>closes nothing",
    "<u>never closed",
    "<I>upper case</I>",
    '<font color="red">red</font>',
    "<<i>i>nested<</i>i>",
    "<\u2060i>",
    "{\\i1}player code{\\i0}",
    "{\\an5}{\\pos(1,2)}",
    "{ brace } \\N \\h \\\\ {\\}",
    "\\{escaped\\}",
    "{\u2060\\an8}",
    "]]> <![CDATA[ <!-- -->",
    "<?xml?> <p begin='0s'>&lt;&unknown;",
    "0,0:00:01.00,Dialogue: x",
    "[Events]",
    "a  b   c",
    "العربية مرحبا، 123 abc!",
    "\u202bעברית\u202c \u200f?",
    "日本語「字幕」　テスト",
    "ก็ ที่นี่",
    "क्षत्रिय",
    "Café naïve façade Œuvre Ångström Straße",
    "— “quotes” ‘x’ … ♪ la la ♪",
)


def subtitle(
    text: str, start_ms: int = 1000, end_ms: int = 2000, position: Position = Position.BOTTOM
) -> Subtitle:
    """One subtitle; line breaks in the text are rows."""
    return Subtitle(Span(start_ms, end_ms), tuple(text.split("\n")), position)


def document(
    *subtitles: Subtitle, language: str | None = None, title: str = ""
) -> SubtitleDocument:
    """A document of these subtitles."""
    tag = LanguageTag(language) if language else None
    return SubtitleDocument(subtitles=subtitles, language=tag, title=title)


def rows_of_any_kind() -> st.SearchStrategy[str]:
    """Clean rows: any text, attacks, markup of every format, several scripts."""
    odd = st.sampled_from(MARKUP)
    pairs = st.tuples(odd, any_text(20)).map("".join)
    return st.one_of(any_text(), odd, pairs).map(clean_row).filter(bool)


def latin_rows() -> st.SearchStrategy[str]:
    """Rows that line 21 can show."""
    plain = st.text("abc XYZ 0189 .,!?'\"&<>-éñ♪", min_size=1, max_size=32)
    return st.one_of(plain, plain.map("<i>{}</i>".format)).map(clean_row).filter(bool)


@st.composite
def documents(
    draw: st.DrawFn,
    rows: st.SearchStrategy[str] | None = None,
    max_size: int = 6,
    min_gap_ms: int = 0,
    max_rows: int = 3,
) -> SubtitleDocument:
    """Subtitles in order that do not overlap, with positions, a title and a language."""
    rows = rows_of_any_kind() if rows is None else rows
    found, now = [], draw(st.integers(0, 9 * 3_500_000))
    for _ in range(draw(st.integers(0, max_size))):
        now += min_gap_ms + draw(st.one_of(st.just(0), st.integers(0, 5000)))
        end = now + draw(st.one_of(st.integers(1, 60), st.integers(500, 7000)))
        lines = tuple(draw(st.lists(rows, min_size=1, max_size=max_rows)))
        position = draw(st.sampled_from([Position.BOTTOM, Position.BOTTOM, Position.TOP]))
        found.append(Subtitle(Span(now, end), lines, position))
        now = end
    language = draw(st.sampled_from([None, "en", "pt-BR", "ar", "ja"]))
    title = draw(st.one_of(st.just(""), st.sampled_from(HOSTILE_TEXTS), any_text(20)))
    return document(*found, language=language, title=title)


def track_of(subtitles: Sequence[Subtitle]) -> CueTrack:
    """A track that knows everything a track can know."""
    cues = [
        Cue(
            cue_id=f"c{number}",
            span=one.span,
            lines=one.lines,
            confidence=0.1 + 0.8 / number,
            source_cue_ids=(f"s{number}",),
            speech=Span(one.span.start_ms, one.span.end_ms + 1),
            moves=(
                Move(
                    edge=Edge.OUT_TIME,
                    from_ms=one.span.end_ms + 1,
                    to_ms=one.span.end_ms,
                    reason=MoveReason.SHOT_CHANGE,
                ),
            ),
            position=one.position,
            kind=CueKind.LYRICS,
        )
        for number, one in enumerate(subtitles, 1)
    ]
    return CueTrack(
        media_id="m" * 64, language=LanguageTag("en"), cues=tuple(cues), made_by=MADE_BY
    )


def document_with_track(*subtitles: Subtitle) -> SubtitleDocument:
    """A document that holds the track it comes from."""
    return document_of(track_of(subtitles), title="Title")
