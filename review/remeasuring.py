"""Findings after a change: on the cues that changed, and on those that stand beside them.

What was written is measured anew (`review.measuring.measure_cue`). Everywhere else only what the
change itself brings or takes counts: the rules that it can matter to are measured as the cues were
and as they are, and where that makes no difference, what the machine found stays as it is.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.edits import measured_anew
from review.measuring import Yardstick, measure_cue
from review.staleness import with_staleness_found
from review.tasks import ReviewCue
from subtitles.checks.checked import Draft, Neighbours, Shown
from subtitles.checks.comparison import Original, compare
from subtitles.checks.cuts import check_cuts
from subtitles.checks.neighbours import check_gap, is_repeated
from subtitles.checks.times import check_speed, check_times
from subtitles.findings import Finding
from subtitles.rules import distinct
from translate.glossary.agreed import AgreedTerm
from translate.glossary.missed import edited_cue_findings, said_in

TermsOf = Callable[[str], Sequence[AgreedTerm]]
"""For a cue, by its id, the show's words in its sentences."""

_WITH_THE_SPEECH = {
    "start_ms": frozenset({"early-in-time", "late-in-time", "crosses-cut"}),
    "end_ms": frozenset({"ends-before-speech", "lingers", "crosses-cut"}),
}
"""What the pipeline finds by the times of the words, which nobody knows here any more: it goes when
a person has set that end of the cue."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A cue and those beside it."""

    before: ReviewCue | None
    cue: ReviewCue
    after: ReviewCue | None

    @property
    def texts(self) -> tuple[str, ...]:
        """What is read just before and just after it."""
        return tuple(one.text for one in (self.before, self.after) if one is not None)

    @property
    def looks(self) -> tuple[object, ...]:
        """All that the text of the cue is measured with."""
        return (self.cue.text, self.cue.source_text, self.texts)

    @property
    def times(self) -> tuple[object, ...]:
        """All that the times of the cue are measured with."""
        after = None if self.after is None else self.after.span
        before = None if self.before is None else self.before.span
        return (self.cue.span, before, after)


def remeasured(
    before: Sequence[ReviewCue],
    after: Sequence[ReviewCue],
    by: Yardstick,
    terms: TermsOf,
    *,
    restored: Collection[str] = (),
) -> tuple[ReviewCue, ...]:
    """The cues with what is found on them after a change.

    Args:
        before: Cues in a row before the change.
        after: The same stretch after it; the cues bring their findings from before. At each end
            stand two that did not change, unless the track ends there.
        by: The yardstick of the task.
        terms: Asked for cues whose text, or a text beside it, has changed.
        restored: Cues that are what they once were: their findings on the text are right as they
            are.
    """
    was = {place.cue.cue_id: place for place in _places(before)}
    return tuple(
        _remeasured(
            was.get(place.cue.cue_id), place, by, terms, is_restored=place.cue.cue_id in restored
        )
        for place in _places(after)
    )


def _places(cues: Sequence[ReviewCue]) -> Iterator[_Place]:
    for number, cue in enumerate(cues):
        yield _Place(
            cues[number - 1] if number else None,
            cue,
            cues[number + 1] if number + 1 < len(cues) else None,
        )


def _remeasured(
    was: _Place | None, now: _Place, by: Yardstick, terms: TermsOf, *, is_restored: bool
) -> ReviewCue:
    cue = now.cue
    findings = cue.findings
    if not is_restored:
        findings = _of_the_text(was, now, by, terms)
    if was is None or was.times != now.times or is_restored:
        findings = _of_the_times(findings, was, now, by)
    if findings != cue.findings:
        cue = measured_anew(cue, findings)
    return with_staleness_found(cue) if was is None or was.cue is not now.cue else cue


def _of_the_text(
    was: _Place | None, now: _Place, by: Yardstick, terms: TermsOf
) -> tuple[Finding, ...]:
    cue = now.cue
    if was is not None and was.looks == now.looks:
        return cue.findings
    known = terms(cue.cue_id)
    if was is None or (was.cue.text, was.cue.source_text) != (cue.text, cue.source_text):
        found = measure_cue(cue, cue.text, by, beside=now.texts, terms=known)
        return distinct((*found, *_repeated(now, by)))
    earlier, later = (_by_rule(_beside(place, by, known)) for place in (was, now))
    return _brought_up(cue.findings, earlier, later)


def _of_the_times(
    findings: tuple[Finding, ...], was: _Place | None, now: _Place, by: Yardstick
) -> tuple[Finding, ...]:
    later = _by_rule(_timed(now, by))
    if was is None:
        return _brought_up(findings, {}, later)
    moved = frozenset[str]().union(
        *(
            rules
            for edge, rules in _WITH_THE_SPEECH.items()
            if getattr(was.cue.span, edge) != getattr(now.cue.span, edge)
        )
    )
    left = tuple(one for one in findings if one.rule not in moved)
    return _brought_up(left, _by_rule(_timed(was, by)), later)


def _brought_up(
    findings: tuple[Finding, ...], earlier: Mapping[str, Finding], later: Mapping[str, Finding]
) -> tuple[Finding, ...]:
    """The findings with the difference that the change made."""
    different = {rule for rule in (*earlier, *later) if earlier.get(rule) != later.get(rule)}
    if not different:
        return findings
    kept = (one for one in findings if one.rule not in different)
    return distinct((*kept, *(one for rule, one in later.items() if rule in different)))


def _by_rule(findings: Iterator[Finding]) -> Mapping[str, Finding]:
    found: dict[str, Finding] = {}
    for one in findings:
        found.setdefault(one.rule, one)
    return found


def _timed(place: _Place, by: Yardstick) -> Iterator[Finding]:
    """What is found on the times of a cue, its reading speed among it."""
    cue, standard = place.cue, by.standard
    lines = cue.text.split("\n")
    yield from check_speed(cue.cue_id, Shown(lines), cue.span, standard)
    yield from check_times(cue.cue_id, cue.span, standard)
    if place.after is not None:
        yield from check_gap(cue.cue_id, cue.span, place.after.span, standard)
    beside = Neighbours(
        previous_end_ms=None if place.before is None else place.before.span.end_ms,
        next_start_ms=None if place.after is None else place.after.span.start_ms,
    )
    yield from check_cuts(Draft(cue_id=cue.cue_id, span=cue.span, lines=lines), beside, standard)


def _beside(place: _Place, by: Yardstick, terms: Sequence[AgreedTerm]) -> Iterator[Finding]:
    """What is found on a text by comparing it with its source and with what stands beside it."""
    cue = place.cue
    yield from _repeated(place, by)
    if by.source_language is not None and cue.source_text:
        original = Original(
            text=cue.source_text,
            language=by.source_language,
            target_beside="\n".join(place.texts),
        )
        yield from compare(cue.cue_id, cue.text, original, by.standard)
    yield from edited_cue_findings(
        said_in(terms, cue.source_text),
        cue.text,
        beside=place.texts,
        cue_id=cue.cue_id,
        profile=by.profile,
    )


def _repeated(place: _Place, by: Yardstick) -> Iterator[Finding]:
    """A cue that says again what the one before it said, and not because their source differs."""
    cue, before = place.cue, place.before
    if before is None or cue.source_text.casefold() != before.source_text.casefold():
        return
    drafts = [
        Draft(cue_id=one.cue_id, span=one.span, lines=one.text.split("\n")) for one in (before, cue)
    ]
    if is_repeated(drafts[0], drafts[1], by.profile):
        yield from by.standard.found("repeated-cue", cue.cue_id, 1)
