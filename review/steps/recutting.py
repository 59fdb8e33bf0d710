"""A stretch of a transcript cut anew, as cues: who has whose id, words and source."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from review.edits import with_text
from review.errors import InvalidStepError
from review.resegmenting.changes import Change
from review.resegmenting.recut import Recut, recut
from review.resegmenting.spoken_texts import in_a_row, undressed, words_of
from review.steps.joining import ABOUT_THE_SOUND
from review.steps.kinds import Resegment
from review.steps.section import Cues, Section, changed
from review.tasks import ReviewCue
from subtitles.counting import visible_text
from subtitles.cues import Cue
from subtitles.segmentation.linebreaks import Piece, break_lines_anyway, join_pieces
from subtitles.style.profile import StyleProfile

_LEAST = 0.25
"""A source cue belongs to a cue that shows it for at least this share of its time."""


def recut_of(section: Section, step: Resegment) -> Recut:
    """What a step makes of a section, before it is done.

    Raises:
        InvalidStepError: nobody knows when the words are said.
    """
    if not section.heard:
        raise InvalidStepError(
            "it is not known when the words of this text were said: only a transcript that a run "
            "has put into the queue can be cut anew"
        )
    first, last = sorted(map(section.place, (step.first_cue_id, step.last_cue_id)))
    return recut(
        section.cues[first : last + 1],
        section.heard,
        section.by,
        before=section.beside(first, -1),
        after=section.beside(last, 1),
    )


def resegmented(section: Section, step: Resegment) -> Cues:
    """The cues of the section, those cut anew in the place of the others."""
    found = recut_of(section, step)
    if not found.changes:
        raise InvalidStepError("these cues would be cut as they are: nothing was changed")
    after: list[ReviewCue] = []
    heads = {change.before[0].cue_id: change for change in found.changes}
    gone = {cue.cue_id for change in found.changes for cue in change.before}
    for cue in section.cues:
        if cue.cue_id in heads:
            after += _cues_of(section, heads[cue.cue_id])
        elif cue.cue_id not in gone:
            after.append(cue)
    return section.numbered(after)


def _cues_of(section: Section, change: Change) -> Iterator[ReviewCue]:
    """The new cues; one that has most of an old one's time has its id."""
    profile = section.by.profile
    heirs = _heirs(change)
    machine_texts = _shares(change, [cue.machine_text for cue in change.before], profile)
    source_texts = _shares(change, list(_source_texts(change.before)), profile)
    links = _links(section, change)
    is_machine = any(cue.machine_span is not None for cue in change.before)
    for place, (cue, heir) in enumerate(zip(change.after, heirs, strict=True)):
        new_id = section.new_id(change.before[0].cue_id, place)
        model = replace(change.before[0], cue_id=new_id, version=0, findings=(), waivers=())
        first_source, last_source = links[place]
        one = replace(
            model if heir is None else heir,
            span=cue.span,
            machine_text=machine_texts[place],
            machine_span=cue.span if is_machine else None,
            source_text=source_texts[place],
            first_source=first_source,
            last_source=last_source,
            confidence=cue.confidence,
        )
        yield changed(_with_findings(with_text(one, cue.text), change, heirs))


def _heirs(change: Change) -> list[ReviewCue | None]:
    """For every new cue the old one whose id it has: in order, the one it shares most time with."""
    heirs: list[ReviewCue | None] = []
    free = list(change.before)
    for cue in change.after:
        best = max(free, key=lambda one: one.span.overlap_ms(cue.span), default=None)
        if best is None or not best.span.overlap_ms(cue.span):
            heirs.append(None)
            continue
        heirs.append(best)
        free = free[free.index(best) + 1 :]
    return heirs


def _with_findings(one: ReviewCue, change: Change, heirs: Sequence[ReviewCue | None]) -> ReviewCue:
    """With what was found on the sound of cues that are gone, where those were shown."""
    kept = {heir.cue_id for heir in heirs if heir is not None}
    findings = list(one.findings)
    for cue in change.before:
        if cue.cue_id not in kept and one.cue_id == _successor(cue, change, heirs):
            findings += [
                replace(found, cue_id=one.cue_id)
                for found in cue.findings
                if found.rule in ABOUT_THE_SOUND
            ]
    return replace(one, findings=tuple(findings))


def _successor(cue: ReviewCue, change: Change, heirs: Sequence[ReviewCue | None]) -> str:
    """The id that goes on for a cue that is gone."""
    known = [
        (new.span.overlap_ms(cue.span), heir.cue_id)
        for new, heir in zip(change.after, heirs, strict=True)
        if heir is not None
    ]
    return max(known, key=lambda one: one[0])[1] if known else ""


def _source_texts(cues: Sequence[ReviewCue]) -> Iterator[str]:
    """What the cues render, each once: halves of a cue have all of it."""
    return iter(dict.fromkeys(cue.source_text for cue in cues))


def _shares(change: Change, texts: Sequence[str], profile: StyleProfile) -> list[str]:
    """Texts of the old cues, cut where the new ones are cut: word by word beside their words."""
    rows = [words_of(" ".join(undressed(text)[1].split("\n")), profile) for text in texts]
    pieces = in_a_row(rows, profile)
    matcher = SequenceMatcher(a=change.words, b=[piece.text for piece in pieces], autojunk=False)
    codes = matcher.get_opcodes()
    edges = [0, *(_beside(start, codes) for start in change.starts[1:]), len(pieces)]
    return [
        _as_text(pieces[start:end], bare, profile)
        for start, end, bare in zip(edges, edges[1:], change.bare_texts, strict=False)
    ]


def _beside(word: int, codes: Sequence[tuple[str, int, int, int, int]]) -> int:
    """The place in the other text that belongs to a word."""
    for _, start, end, other_start, other_end in codes:
        if start <= word < end:
            share = (word - start) / (end - start)
            return other_start + round(share * (other_end - other_start))
    return codes[-1][4] if codes else 0


def _as_text(pieces: Sequence[Piece], bare: str, profile: StyleProfile) -> str:
    """Words as a text; in the rows of the new cue where they are the same."""
    said = join_pieces(pieces)
    if said.split() == visible_text(bare).split():
        return bare
    return "\n".join(break_lines_anyway(said, profile)) if said else ""


def _links(section: Section, change: Change) -> list[tuple[int | None, int | None]]:
    """First and last source cue of every new cue: those said while it is shown."""
    firsts = [cue.first_source for cue in change.before if cue.first_source is not None]
    lasts = [cue.last_source for cue in change.before if cue.last_source is not None]
    known = [
        place
        for place in range(min(firsts, default=0), max(lasts, default=-1) + 1)
        if place in section.sources
    ]
    owned: list[list[int]] = [[] for _ in change.after]
    for place in known:
        span = section.sources[place].span
        shown = [cue.span.overlap_ms(span) for cue in change.after]
        enough = _LEAST * span.duration_ms
        for number, ms in enumerate(shown):
            if ms == max(shown) or ms >= enough:
                owned[number].append(place)
    return [
        _ends(places, known, section, cue) for places, cue in zip(owned, change.after, strict=True)
    ]


def _ends(
    places: Sequence[int], known: Sequence[int], section: Section, cue: Cue
) -> tuple[int | None, int | None]:
    if not known:
        return None, None
    near = places or [
        min(known, key=lambda one: abs(section.sources[one].span.start_ms - cue.span.start_ms))
    ]
    return min(near), max(near)
