"""Tracks under review for Hypothesis, and steps on them that may or may not be possible."""

from dataclasses import replace
from itertools import accumulate

from hypothesis import strategies as st

from review.measuring import Yardstick, yardstick
from review.merging.source_cues import SourceCue
from review.steps.kinds import (
    Confirm,
    Delete,
    Insert,
    Merge,
    MoveWords,
    SetTexts,
    SetTimes,
    Shift,
    Side,
    Split,
)
from review.steps.section import Section
from review.tasks import CueState, ReviewCue
from subtitles.counting import visible_text
from subtitles.language import parse_language
from subtitles.span import Span

WORDS = st.sampled_from(
    [
        *(
            "ja",
            "Wort",
            "12",
            "é",
            "e\u0301t",
            "日本",
            "مرحبا",
            "👩\u200d👩\u200d👧",
            "…",
            "a<b",
            "- Nein.",
        ),
        *("<i>schräg</i>", "<i>lang", "</i>", '<font color="red">rot</font>', r"{\an8}oben"),
        "<b><i>beides</i></b>",
    ]
)
TEXTS = (
    st.lists(WORDS, min_size=1, max_size=9)
    .flatmap(
        lambda words: st.lists(
            st.sampled_from([" ", " ", " ", "\n"]), min_size=len(words), max_size=len(words)
        ).map(
            lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True)).strip()
        )
    )
    .filter(lambda text: visible_text(text).strip())
)
LENGTHS = st.tuples(st.sampled_from([0, 40, 83, 120, 800]), st.sampled_from([40, 200, 1000, 4000]))
RATES = st.sampled_from([None, "25", "24000/1001"])


def by(frame_rate: str | None, language: str = "de") -> Yardstick:
    """A German (or other) task's yardstick."""
    return yardstick(
        source_language=parse_language("en"),
        language=parse_language(language),
        audience="adult",
        kind="subtitle",
        frame_rate=frame_rate,
    )


def section_of(
    texts: list[str],
    spans: list[Span],
    *,
    frame_rate: str | None = "25",
    machine_texts: list[str] | None = None,
) -> Section:
    """A whole track, each cue of which renders one source cue at its time."""
    cues = tuple(
        ReviewCue(
            cue_id=f"c{number}",
            ordinal=number,
            span=span,
            text=text,
            source_text=f"Line {number}.",
            machine_text=machine_text,
            confidence=0.5,
            state=CueState.MACHINE if text == machine_text else CueState.EDITED,
            version=1 + (text != machine_text),
            machine_span=span,
            first_source=number,
            last_source=number,
        )
        for number, (text, machine_text, span) in enumerate(
            zip(texts, machine_texts or texts, spans, strict=True)
        )
    )
    sources = {
        cue.ordinal: SourceCue(cue_id=f"s{cue.ordinal}", span=cue.span, text=cue.source_text)
        for cue in cues
    }
    return Section(task_id="task", cues=cues, by=by(frame_rate), sources=sources, edition=1)


@st.composite
def sections(draw) -> Section:
    """A small track as the machine left it, a few texts of it rewritten."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=5))
    count = {"min_size": len(texts), "max_size": len(texts)}
    lengths = draw(st.lists(LENGTHS, **count))
    edges = list(accumulate(part for pair in lengths for part in pair))
    spans = [Span(*edges[place : place + 2]) for place in range(0, len(edges), 2)]
    rewritten = draw(st.lists(st.booleans(), **count))
    machine_texts = [
        "Das war einmal" if is_new else text for is_new, text in zip(rewritten, texts, strict=True)
    ]
    return section_of(texts, spans, frame_rate=draw(RATES), machine_texts=machine_texts)


@st.composite
def steps_on(draw, section: Section):
    """A step on some cues of a section, often one that cannot be done."""
    cue = draw(st.sampled_from(section.cues))
    name, place = cue.cue_id, section.place(cue.cue_id)
    some = st.lists(st.sampled_from(section.cues), min_size=1, max_size=3, unique=True)
    ids = tuple(one.cue_id for one in draw(some))
    run = tuple(one.cue_id for one in section.cues[place : place + 3])
    within = st.integers(cue.span.start_ms - 1, cue.span.end_ms + 1)
    return draw(
        st.one_of(
            st.builds(
                Split,
                cue_id=st.just(name),
                at_char=st.integers(0, len(cue.text) + 1),
                at_ms=st.none() | within,
            ),
            st.builds(Merge, cue_ids=st.sampled_from([run, run[:2], ids])),
            st.builds(
                MoveWords, cue_id=st.just(name), to=st.sampled_from(Side), count=st.integers(0, 4)
            ),
            st.builds(
                SetTimes,
                cue_id=st.just(name),
                start_ms=st.integers(-60, 60).map(cue.span.start_ms.__add__),
                end_ms=st.integers(-60, 60).map(cue.span.end_ms.__add__),
            ),
            st.builds(Shift, cue_id=st.just(name), by_ms=st.integers(-700, 700)),
            st.builds(
                Insert,
                after_cue_id=st.sampled_from([None, name, name]),
                start_ms=st.integers(-10, 90).map(cue.span.end_ms.__add__),
                end_ms=st.integers(10, 150).map(cue.span.end_ms.__add__),
                text=TEXTS,
            ),
            st.just(Delete(cue_ids=ids)),
            st.just(SetTexts(texts=dict.fromkeys(ids, "Neu."))),
            st.just(Confirm(cue_ids=ids)),
        )
    )


def going_on(section: Section, cues) -> Section:
    """The section once a step is done, ready for the next one."""
    return replace(section, cues=cues, edition=section.edition + 1)
