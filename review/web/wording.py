"""Findings in words that a linguist can act on."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from subtitles.findings import Finding, Severity

# What the reviewer reads for a rule; a rule that is missing here is shown by its own name.
RULE_NAMES: Mapping[str, str] = MappingProxyType({})
_UNIT_DIGITS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingText:
    """A finding as a chip shows it."""

    rule: str
    severity: Severity
    label: str
    detail: str
    source: str


def describe(finding: Finding) -> FindingText:
    """The rule's name, and by how much it is broken."""
    name = RULE_NAMES.get(finding.rule, finding.rule.replace("-", " ").capitalize())
    return FindingText(
        rule=finding.rule,
        severity=finding.severity,
        label=name,
        detail=_amount(finding),
        source=finding.source,
    )


def _amount(finding: Finding) -> str:
    unit = finding.unit
    measured, limit = _number(finding.measured), _number(finding.limit)
    if not unit:
        return ""
    return f"{measured} of {limit} {unit}" if finding.limit else f"{measured} {unit}"


def _number(value: float) -> str:
    """With one digit after the point where it says something."""
    return f"{value:.{_UNIT_DIGITS}f}".removesuffix(".0")
