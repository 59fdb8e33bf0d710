"""A title as the machine first drafted it, as people left it, and as the machine drafts it anew."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from review.drafts import drafted_cue
from review.machine_drafts import DraftCue
from review.merging.merge import Hand, Newer
from review.merging.source_cues import SourceCue
from review.tasks import CueState, ReviewCue
from subtitles.span import Span

SAID = ["Yes.", "No.", "Come here.", "Where is the gate?", "The gate is open.", "He broke it."]


@dataclass(frozen=True)
class Line:
    """One cue of a draft: pause before it, time on screen, what is said, what the machine says."""

    pause_ms: int
    shown_ms: int
    said: str
    text: str


lines = st.lists(
    st.builds(
        Line,
        pause_ms=st.sampled_from([0, 40, 500, 4_000]),
        shown_ms=st.sampled_from([400, 1_000, 2_000, 5_000]),
        said=st.sampled_from(SAID),
        text=st.sampled_from(["Ja.", "Nein.", "Komm.", "Wo?", "Offen.", "Er brach ihn."]),
    ),
    max_size=7,
)


def draft_cues(given: list[Line], name: str) -> tuple[DraftCue, ...]:
    found, at_ms = [], 0
    for number, line in enumerate(given):
        at_ms += line.pause_ms
        found.append(
            DraftCue(
                cue_id=f"{name}{number}",
                span=Span(at_ms, at_ms + line.shown_ms),
                text=line.text,
                source_text=line.said,
                confidence=0.9,
            )
        )
        at_ms += line.shown_ms
    return tuple(found)


def sources_of(cues: tuple[DraftCue, ...]) -> tuple[SourceCue, ...]:
    return Newer(cues=cues).sources


def parked(cues: tuple[DraftCue, ...]) -> list[ReviewCue]:
    return [
        drafted_cue(cue, number, quality=None, made_by="first") for number, cue in enumerate(cues)
    ]


def _edit(cues, at, count):
    text = f"Human {count}."
    cues[at] = replace(cues[at], text=text, state=CueState.EDITED, version=cues[at].version + 1)


def _confirm(cues, at, _count):
    cues[at] = replace(cues[at], state=CueState.CONFIRMED)


def _retime(cues, at, _count):
    cue = cues[at]
    middle = (cue.span.start_ms + cue.span.end_ms) // 2
    cues[at] = replace(cue, span=Span(cue.span.start_ms, max(middle, cue.span.start_ms + 1)))


def _split(cues, at, count):
    cue = cues[at]
    middle = (cue.span.start_ms + cue.span.end_ms) // 2
    if middle in {cue.span.start_ms, cue.span.end_ms}:
        return
    state = CueState.EDITED
    cues[at : at + 1] = [
        replace(cue, span=Span(cue.span.start_ms, middle), text=f"Half {count}", state=state),
        replace(
            cue,
            cue_id=f"{cue.cue_id}-{count}",
            span=Span(middle, cue.span.end_ms),
            text=f"half {count}.",
            machine_text="",
            machine_span=None,
            state=state,
        ),
    ]


def _join(cues, at, _count):
    if at + 1 == len(cues):
        return
    one, other = cues[at : at + 2]
    sources = [n for n in (one.first_source, other.first_source) if n is not None]
    lasts = [n for n in (one.last_source, other.last_source) if n is not None]
    cues[at : at + 2] = [
        replace(
            one,
            span=Span(one.span.start_ms, other.span.end_ms),
            text=f"{one.text}\n{other.text}",
            first_source=min(sources, default=None),
            last_source=max(lasts, default=None),
            state=CueState.EDITED,
        )
    ]


def _delete(cues, at, _count):
    del cues[at]


def _add(cues, at, count):
    start = cues[at].span.end_ms
    end = cues[at + 1].span.start_ms if at + 1 < len(cues) else start + 1_000
    if end > start:
        cues.insert(
            at + 1,
            replace(
                cues[at],
                cue_id=f"new{count}",
                span=Span(start, end),
                text=f"Added {count}.",
                source_text="",
                machine_text="",
                machine_span=None,
                first_source=None,
                last_source=None,
                state=CueState.EDITED,
            ),
        )


DEEDS = [_edit, _confirm, _retime, _split, _join, _delete, _add]


@st.composite
def hands(draw, given: list[Line]) -> Hand:
    """What people made of a draft."""
    cues = parked(draft_cues(given, "a"))
    for count, (deed, place) in enumerate(
        draw(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 20)), max_size=6))
    ):
        if cues:
            deed(cues, place % len(cues), count)
    approved = {cue.cue_id: cue.text for cue in cues if draw(st.integers(0, 5)) == 0}
    return Hand(
        cues=tuple(replace(cue, ordinal=number) for number, cue in enumerate(cues)),
        sources=sources_of(draft_cues(given, "a")),
        approved=approved,
        is_transcript=draw(st.booleans()),
    )


@st.composite
def heard_anew(draw, given: list[Line]) -> list[Line]:
    """Some lines as they were, some heard, cut, timed or translated otherwise."""
    found = list(given)
    changes = st.sampled_from(["said", "text", "time", "gone", "new", "none"])
    for change, place in draw(st.lists(st.tuples(changes, st.integers(0, 20)), max_size=5)):
        at = place % (len(found) + 1)
        if change == "new":
            found.insert(at, Line(pause_ms=40, shown_ms=800, said="New.", text="Neu."))
        elif at < len(found):
            line = found[at]
            if change == "gone":
                del found[at]
            elif change == "said":
                found[at] = replace(line, said=draw(st.sampled_from(SAID)))
            elif change == "text":
                found[at] = replace(line, text="Anders.")
            elif change == "time":
                found[at] = replace(line, pause_ms=line.pause_ms + draw(st.integers(0, 200)))
    return found


@st.composite
def meetings(draw) -> tuple[Hand, Newer]:
    """A text in people's hands, and a newer draft of the title."""
    given = draw(lines)
    return draw(hands(given)), Newer(cues=draft_cues(draw(heard_anew(given)), "b"))
