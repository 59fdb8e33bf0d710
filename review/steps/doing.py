"""What every step makes of the cues."""

from dataclasses import replace
from functools import singledispatch

from review.edits import ticked, with_text
from review.errors import InvalidEditError, InvalidStepError
from review.steps.cutting import cut, word_starts
from review.steps.halves import halves
from review.steps.joining import checked_length, together, whole
from review.steps.kinds import (
    Confirm,
    Delete,
    Edition,
    Insert,
    Merge,
    MoveWords,
    Resegment,
    SetTexts,
    SetTimes,
    Shift,
    Side,
    Split,
)
from review.steps.recutting import resegmented
from review.steps.section import (
    Cues,
    Section,
    changed,
    require_room,
    span_between,
)
from review.steps.shifting import shifted
from review.tasks import CueState, ReviewCue
from review.texts import clean_cue_text


def done(section: Section, step: Edition) -> Cues:
    """The cues of the section once the step is done; their findings are those from before.

    Args:
        section: Holds every cue that the step names.
        step: The step.

    Raises:
        InvalidStepError: it cannot be done, or changes nothing; says why in one line.
    """
    after = _after(step, section)
    if after == section.cues:
        raise InvalidStepError("that is how it is already: nothing was changed")
    return after


@singledispatch
def _after(step: Edition, section: Section) -> Cues:
    raise AssertionError(f"nobody wrote down how to do {step} on {section.task_id}")


@_after.register
def _split(step: Split, section: Section) -> Cues:
    place = section.place(step.cue_id)
    both = halves(section, section.cues[place], step.at_char, step.at_ms)
    return section.replacing((place,), both)


@_after.register
def _merged(step: Merge, section: Section) -> Cues:
    places = sorted(map(section.place, set(step.cue_ids)))
    if len(places) < 2:  # noqa: PLR2004 (two)
        raise InvalidStepError("it takes two cues to merge")
    if places != list(range(places[0], places[-1] + 1)):
        raise InvalidStepError("only cues that follow each other can be merged")
    return section.replacing(places, (whole(section, [section.cues[one] for one in places]),))


@_after.register
def _words_moved(step: MoveWords, section: Section) -> Cues:
    place = section.place(step.cue_id)
    is_next = step.to is Side.NEXT
    cue, other = section.cues[place], section.beside(place, 1 if is_next else -1)
    if other is None:
        raise InvalidStepError(f"there is no {step.to} cue")
    starts = word_starts(cue.text, section.by.profile.language)
    if not 0 < step.count < len(starts):
        raise InvalidStepError(
            f"of {len(starts)} word(s) some have to stay: merge the cues to move them all"
        )
    parts = cut(cue.text, starts[-step.count if is_next else step.count])
    stays, moves = parts if is_next else parts[::-1]
    said = (moves, other.text) if is_next else (other.text, moves)
    grown = checked_length(together(said, section.by.profile))
    return section.with_cues(
        {one.cue_id: changed(with_text(one, text)) for one, text in ((cue, stays), (other, grown))}
    )


@_after.register
def _shifted(step: Shift, section: Section) -> Cues:
    return shifted(section, step)


@_after.register
def _retimed(step: SetTimes, section: Section) -> Cues:
    place = section.place(step.cue_id)
    cue = section.cues[place]
    span = span_between(step.start_ms, step.end_ms)
    if span == cue.span:
        return section.cues
    require_room(span, section.beside(place, -1), section.beside(place, 1), now=cue.span)
    return section.with_cues({cue.cue_id: changed(replace(cue, span=span))})


@_after.register
def _inserted(step: Insert, section: Section) -> Cues:
    place = 0 if step.after_cue_id is None else section.place(step.after_cue_id) + 1
    before, after = section.beside(place, -1) if place else None, section.beside(place, 0)
    span = span_between(step.start_ms, step.end_ms)
    require_room(span, before, after)
    made = ReviewCue(
        cue_id=section.new_id(),
        ordinal=0,
        span=span,
        text=clean_cue_text(step.text),
        source_text="",
        machine_text="",
        confidence=1.0,
        state=CueState.EDITED,
        version=1,
    )
    return section.numbered((*section.cues[:place], made, *section.cues[place:]))


@_after.register
def _without(step: Delete, section: Section) -> Cues:
    gone = set(step.cue_ids)
    left = [cue for cue in section.cues if cue.cue_id not in gone]
    if not left:
        raise InvalidStepError(
            "a text cannot be without any cue: keep one, or ask a lead to cancel the task"
        )
    return section.numbered(left)


@_after.register
def _rewritten(step: SetTexts, section: Section) -> Cues:
    rewritten: dict[str, ReviewCue] = {}
    for cue in section.cues:
        text = _cleaned(cue, step.texts[cue.cue_id]) if cue.cue_id in step.texts else cue.text
        if text != cue.text:
            rewritten[cue.cue_id] = changed(with_text(cue, text))
    return section.with_cues(rewritten)


@_after.register
def _cut_anew(step: Resegment, section: Section) -> Cues:
    return resegmented(section, step)


def _cleaned(cue: ReviewCue, text: str) -> str:
    try:
        return clean_cue_text(text)
    except InvalidEditError as error:
        raise InvalidStepError(f"cue {cue.ordinal + 1}: {error}") from error


@_after.register
def _confirmed(step: Confirm, section: Section) -> Cues:
    wanted = set(step.cue_ids)
    return section.with_cues(
        {cue.cue_id: ticked(cue, confirmed=True) for cue in section.cues if cue.cue_id in wanted}
    )
