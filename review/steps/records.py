"""What a step did, as the log keeps it: enough to take it back, whatever came after it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from review.steps.kinds import KINDS, Step
from review.steps.section import Cues
from review.tasks import ReviewCue

Values = Mapping[str, Any]
"""Fields of a cue by name, as JSON has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueChange:
    """What a step did to one cue.

    Attributes:
        cue_id: The cue.
        before: The fields that it changed, as they were; None for a cue that the step made.
        after: The same fields as they became; None for a cue that the step took away.
        left: The `mark` of what people see of it afterwards; empty for a cue that is gone.
    """

    cue_id: str
    before: Values | None
    after: Values | None
    left: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceChange:
    """Through which cues a sentence ran before a step and after it."""

    ordinal: int
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """What a step did.

    Attributes:
        step: As it was asked for, with its kind.
        cues: Everything it did to cues; their numbers are left out, since they change with others.
        sentences: What it did to sentences.
    """

    step: Values
    cues: tuple[CueChange, ...]
    sentences: tuple[SentenceChange, ...] = ()

    @property
    def cue_ids(self) -> tuple[str, ...]:
        """The cues that the step touched, those that are gone included."""
        return tuple(change.cue_id for change in self.cues)

    @property
    def is_structural(self) -> bool:
        """Whether cues came or went."""
        return any(change.before is None or change.after is None for change in self.cues)


_PLACE = frozenset({"cue_id", "ordinal"})
_TYPES = {
    name: TypeAdapter(hint)
    for name, hint in get_type_hints(ReviewCue).items()
    if name not in _PLACE
}
_RECORDS = TypeAdapter(StepRecord)


def recorded(
    step: Step,
    before: Cues,
    after: Cues,
    *,
    touched: frozenset[str],
    sentences: tuple[SentenceChange, ...] = (),
) -> StepRecord:
    """What a step did.

    Args:
        step: The step.
        before: The section before it.
        after: The section after it, findings measured.
        touched: The cues that the step itself changed; others were only measured again.
        sentences: What it did to sentences.
    """
    was = {cue.cue_id: cue for cue in before}
    now = {cue.cue_id: cue for cue in after}
    return StepRecord(
        step={"kind": KINDS[type(step)], **asdict(step)},
        cues=tuple(
            _change(cue_id, was.get(cue_id), now.get(cue_id))
            for cue_id in dict.fromkeys((*was, *now))
            if cue_id in touched
        ),
        sentences=sentences,
    )


def as_json(record: StepRecord) -> str:
    """The record as the log keeps it."""
    return _RECORDS.dump_json(record).decode()


def from_json(detail: str) -> StepRecord:
    """A record out of the log."""
    return _RECORDS.validate_json(detail)


def mark(cue: ReviewCue) -> str:
    """Tells whether a cue is still, or again, as a step left it: its text, times and state.

    Not its version, which grows with every undo: after two steps were taken back one by one, a
    third finds the cue as it was and yet under another version.
    """
    seen = (cue.text, cue.span.start_ms, cue.span.end_ms, cue.state.value)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def made_from(cue_id: str, values: Values) -> ReviewCue:
    """A cue of which a record has every field; its number is nought."""
    return ReviewCue(cue_id=cue_id, ordinal=0, **_read(values))


def with_values(cue: ReviewCue, values: Values) -> ReviewCue:
    """The cue with some fields as a record has them; unknown ones are passed over."""
    return replace(cue, **_read(values))


def _read(values: Values) -> dict[str, Any]:
    return {
        name: _TYPES[name].validate_python(value)
        for name, value in values.items()
        if name in _TYPES
    }


def _change(cue_id: str, before: ReviewCue | None, after: ReviewCue | None) -> CueChange:
    names = [
        name
        for name in _TYPES
        if before is None or after is None or getattr(before, name) != getattr(after, name)
    ]
    return CueChange(
        cue_id=cue_id,
        before=_written(before, names),
        after=_written(after, names),
        left="" if after is None else mark(after),
    )


def _written(cue: ReviewCue | None, names: Sequence[str]) -> Values | None:
    if cue is None:
        return None
    return {name: _TYPES[name].dump_python(getattr(cue, name), mode="json") for name in names}
