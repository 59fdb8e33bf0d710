"""The rules that checks apply, as one table: severity, unit, and words for people.

An error makes a file wrong or unreadable and blocks approval. A limit of style is a warning: speech
may leave no room, and a person decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from subtitles.findings import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        rule_id: Stable name, as in `Finding.rule`.
        severity: How a finding of it counts.
        unit: Of what is measured.
        says: What is wrong, for a reviewer.
        fix: What to do about it.
    """

    rule_id: str
    severity: Severity
    unit: str
    says: str
    fix: str


_TABLE = (
    (
        "empty-text",
        Severity.ERROR,
        "lines",
        "The cue has no text.",
        "Type the text, or ask a lead to remove the cue.",
    ),
    (
        "line-count",
        Severity.ERROR,
        "lines",
        "The cue has too many lines.",
        "Shorten the text or set it in fewer lines.",
    ),
    (
        "overlap",
        Severity.ERROR,
        "ms",
        "The cue is still shown when the next one starts.",
        "End it earlier.",
    ),
    (
        "forbidden-characters",
        Severity.ERROR,
        "characters",
        "The text has control characters or direction overrides, which break players.",
        "Type the line again instead of pasting it.",
    ),
    (
        "reading-speed",
        Severity.WARNING,
        "chars/s",
        "The text is too long to be read in the time it is shown.",
        "Say it in fewer words, or show the cue longer.",
    ),
    (
        "line-length",
        Severity.WARNING,
        "characters",
        "A line is too long.",
        "Break it elsewhere or shorten the text.",
    ),
    (
        "short-duration",
        Severity.WARNING,
        "ms",
        "The cue is too short to be noticed.",
        "Show it longer or join it with its neighbour.",
    ),
    (
        "long-duration",
        Severity.WARNING,
        "ms",
        "The cue stays so long that viewers start to read it again.",
        "End it earlier or split it.",
    ),
    (
        "gap",
        Severity.WARNING,
        "ms",
        "The next cue follows so closely that viewers may miss the change.",
        "End this cue a little earlier.",
    ),
    ("double-space", Severity.WARNING, "times", "There are two spaces in a row.", "Leave one."),
    ("edge-space", Severity.WARNING, "times", "A line starts or ends with a space.", "Remove it."),
    (
        "three-dots",
        Severity.WARNING,
        "times",
        "Three full stops stand for an ellipsis.",
        "Type the single character … instead.",
    ),
    (
        "invisible-characters",
        Severity.WARNING,
        "characters",
        "The text has invisible characters that some players show as boxes.",
        "Remove them, or type the line again.",
    ),
    (
        "untranslated",
        Severity.WARNING,
        "times",
        "The text is the same as in the source language.",
        "Translate it, or confirm it as it is.",
    ),
    (
        "missing-numbers",
        Severity.WARNING,
        "numbers",
        "A number of the source text is missing.",
        "Compare the numbers with the source.",
    ),
    (
        "uncovered-source",
        Severity.WARNING,
        "cues",
        "Some source cues have no counterpart in this language.",
        "Check that nothing said was left out.",
    ),
    (
        "low-confidence",
        Severity.WARNING,
        "probability",
        "The recogniser or translator was unsure here.",
        "Listen and compare.",
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule_id: Rule(rule_id=rule_id, severity=severity, unit=unit, says=says, fix=fix)
        for rule_id, severity, unit, says, fix in _TABLE
    }
)
"""Every rule by its id, errors first."""

LIMIT_RULES = frozenset(
    {
        *("line-count", "line-length", "reading-speed"),
        *("short-duration", "long-duration", "gap", "overlap"),
    }
)
"""Rules that measure a limit of the style profile."""
