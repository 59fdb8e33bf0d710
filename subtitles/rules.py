"""All rules by their ids, and which findings are one and the same fault.

An error makes a file wrong or unreadable and blocks approval. A limit of style is a warning: speech
may leave no room, and a person decides. What merely could be better, or is often meant, is an info.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from subtitles.findings import Finding
from subtitles.rulebook.hearing import HEARING
from subtitles.rulebook.rule import About, Rule
from subtitles.rulebook.style import STYLE
from subtitles.rulebook.text import ROOM, TEXT
from subtitles.rulebook.times import TIMES
from subtitles.rulebook.translation import TRANSLATION

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.rule_id: rule for rule in (*TEXT, *ROOM, *TIMES, *STYLE, *TRANSLATION, *HEARING)}
)
"""Every rule by its id."""

LIMIT_RULES = frozenset(
    {
        *("line-count", "line-length", "reading-speed"),
        *("short-duration", "long-duration", "gap", "one-frame-gap", "overlap", "out-of-order"),
    }
)
"""Rules that measure a limit of the style profile."""

TIME_RULES = frozenset(rule.rule_id for rule in RULES.values() if rule.about is About.TIMES)
"""Rules that no change of the text mends or breaks."""

HEARING_RULES = frozenset(rule.rule_id for rule in HEARING)
"""Rules about what was heard."""

STALE_RULES = frozenset({"source-changed", "no-source"})
"""Findings of these stay until a person has looked at the cue and confirmed it."""

LASTING_RULES = TIME_RULES | STALE_RULES | {"missed-speech", "set-aside-text"}
"""Findings of these stay while a cue is edited: they are not about its text."""

_COVERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "empty-text": frozenset(rule.rule_id for rule in ROOM),
        "forbidden-characters": frozenset({"unusual-glyph"}),
        "line-count": frozenset({"unneeded-break", "lonely-word", "leaning-line-end"}),
        "unneeded-break": frozenset({"lonely-word", "leaning-line-end"}),
        "dash-style": frozenset({"interruption-style"}),
        "doubtful-words": frozenset({"low-confidence"}),
        "missing-numbers": frozenset({"extra-numbers"}),
        "styling-dropped": frozenset({"tags-lost"}),
        "wrong-script": frozenset({"latin-letters"}),
        "crosses-cut": frozenset({"in-time-near-cut", "out-time-near-cut"}),
        "no-translation": frozenset(
            {"translation-too-short", "translation-too-long", "missing-numbers", "negation-lost"}
            | {"untranslated", "wrong-script", "name-lost", "symbol-lost", "extra-numbers"}
            | {"left-in-source", "sentence-count", "low-quality", "term-missed"}
            | {"foreign-text-lost"}
        ),
        "untranslated": frozenset(
            {"wrong-script", "latin-letters", "negation-lost", "name-lost", "inverted-mark"}
            | {"left-in-source", "sentence-count"}
        ),
        "translation-too-short": frozenset({"negation-lost", "name-lost", "sentence-count"}),
        "translation-too-long": frozenset({"sentence-count"}),
    }
)
"""A finding of the first rule on a cue explains findings of the others on the same cue."""


def distinct(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, in order, each fault once.

    Of several findings of one rule on one cue the first stays, and a finding that another one on
    the same cue explains goes.
    """
    by_cue: dict[str, dict[str, Finding]] = {}
    kept: list[Finding] = []
    for finding in findings:
        rules = by_cue.setdefault(finding.cue_id, {})
        if finding.rule not in rules:
            rules[finding.rule] = finding
            kept.append(finding)
    explained = {
        (cue_id, other)
        for cue_id, rules in by_cue.items()
        if len(rules) > 1
        for rule in rules.keys() & _COVERS.keys()
        for other in _COVERS[rule]
    }
    return tuple(one for one in kept if (one.cue_id, one.rule) not in explained)
