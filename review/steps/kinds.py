"""The steps: what a person asks for, before anybody has looked whether it can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias


class Side(StrEnum):
    """Which neighbour of a cue."""

    PREVIOUS = "previous"
    NEXT = "next"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One cue becomes two.

    Attributes:
        cue_id: The cue; its id stays with the first half.
        at_char: How many characters (code points) of its text the first half gets.
        at_ms: When the second half comes; None to share the time as it is needed for reading.
    """

    cue_id: str
    at_char: int
    at_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Cues that follow each other become one, under the id of the first."""

    cue_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveWords:
    """The last words of a cue go to the next, or its first words to the previous; times stay."""

    cue_id: str
    to: Side
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTimes:
    """A cue comes and goes at other times."""

    cue_id: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A cue and all that follow come later; earlier by a negative time."""

    cue_id: str
    by_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """A new cue between two others; ``after_cue_id`` is None for one before all."""

    after_cue_id: str | None
    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Cues go."""

    cue_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTexts:
    """Several cues get other texts at once, by their ids."""

    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """Several cues are ticked off at once, which says less than one tick at a time."""

    cue_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resegment:
    """The unconfirmed cues from one to another are cut anew, by when their words were heard."""

    first_cue_id: str
    last_cue_id: str


Edition: TypeAlias = (
    Split | Merge | MoveWords | SetTimes | Shift | Insert | Delete | SetTexts | Confirm | Resegment
)
"""A step that is not about another step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """A step is taken back; taking back an undo does the step again."""

    step_id: int


Step: TypeAlias = Edition | Undo

KINDS: Mapping[type[Step], str] = MappingProxyType(
    {
        Split: "split",
        Merge: "merge",
        MoveWords: "move_words",
        SetTimes: "set_times",
        Shift: "shift",
        Insert: "insert",
        Delete: "delete",
        SetTexts: "set_texts",
        Confirm: "confirm",
        Resegment: "resegment",
        Undo: "undo",
    }
)
"""What the steps are called outside."""


def named_ids(step: Edition) -> tuple[str, ...]:
    """The cues that a step names, each once; those it touches beside them are not among them."""
    match step:
        case Merge() | Delete() | Confirm():
            return tuple(dict.fromkeys(step.cue_ids))
        case Resegment():
            return tuple(dict.fromkeys((step.first_cue_id, step.last_cue_id)))
        case SetTexts():
            return tuple(step.texts)
        case Insert():
            return () if step.after_cue_id is None else (step.after_cue_id,)
        case _:
            return (step.cue_id,)
