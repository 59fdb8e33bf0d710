"""What a check found: the rule, by how much, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How a finding counts: an error blocks approval, a warning wants a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One broken (or nearly broken) rule on one cue.

    Attributes:
        rule: Stable name such as ``reading-speed``.
        severity: How it counts.
        cue_id: The cue, or an empty text for the whole track.
        measured: What was measured, in ``unit``.
        limit: What the rule allows, in ``unit``.
        unit: Such as ``chars/s``, ``ms``, ``lines``.
        source: Where the limit comes from.
        note: What a number cannot say, for people, on one row; may quote hostile text.
    """

    rule: str
    severity: Severity
    cue_id: str
    measured: float
    limit: float
    unit: str
    source: str
    note: str = ""
