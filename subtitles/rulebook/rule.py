"""What a rule is."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from subtitles.findings import Severity


class About(StrEnum):
    """What a rule looks at, and so what can mend it.

    TIMES: in-time and out-time alone; no other text mends it.
    ROOM: the text against the time and the room there is for it.
    TEXT: characters and spaces.
    STYLE: how the language, or the client, prints.
    TRANSLATION: the text against what it renders.
    HEARING: the text against the sound it was recognised from.
    """

    TIMES = "times"
    ROOM = "room"
    TEXT = "text"
    STYLE = "style"
    TRANSLATION = "translation"
    HEARING = "hearing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        rule_id: Stable name, as in `Finding.rule`.
        severity: How a finding of it counts unless a style profile says otherwise.
        unit: Of what is measured.
        says: What is wrong, for a reviewer.
        fix: What to do about it.
        about: What it looks at.
    """

    rule_id: str
    severity: Severity
    unit: str
    says: str
    fix: str
    about: About


Row = tuple[str, Severity, str, str, str]
"""Id, severity, unit, what is wrong, what to do."""


def rules_about(about: About, rows: Iterable[Row]) -> tuple[Rule, ...]:
    """The rows of one table as rules."""
    return tuple(
        Rule(rule_id=rule_id, severity=severity, unit=unit, says=says, fix=fix, about=about)
        for rule_id, severity, unit, says, fix in rows
    )
