"""Findings in words that a linguist can act on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from review.hearing import HeardWord
from review.resegmenting.staying import WhyLeft
from review.tasks import ReviewCue, Waiver
from subtitles.doubts import Doubt
from subtitles.findings import Finding, Severity
from subtitles.repairs import repair_for
from subtitles.rules import RULES
from subtitles.style.profile import StyleProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingText:
    """A finding as a chip shows it.

    Attributes:
        label: The rule's name.
        detail: By how much it is broken, empty where that says nothing.
        advice: What is wrong, what to do, and what the finding itself has to say.
        source: Where the limit comes from.
        fix: The text that mends it, where there is exactly one; empty otherwise.
        waived_by: Who decided that it may stay; empty when nobody did.
        waiver: Why it may stay.
    """

    rule: str
    severity: Severity
    label: str
    detail: str
    advice: str
    source: str
    fix: str = ""
    waived_by: str = ""
    waiver: str = ""


def describe_all(cue: ReviewCue, profile: StyleProfile) -> tuple[FindingText, ...]:
    """The findings of a cue, each with its repair if it has one."""
    lines = cue.text.split("\n")
    return tuple(
        replace(described, fix="\n".join(repair_for(described.rule, lines, profile) or ()))
        for described in describe_waived(cue.findings, cue.waivers)
    )


def describe_waived(
    findings: Sequence[Finding], waivers: Sequence[Waiver]
) -> tuple[FindingText, ...]:
    """Findings, each with the decision that it may stay, if there is one."""
    decided = {waiver.finding: waiver for waiver in waivers}
    return tuple(_waived(describe(one), decided.get(one)) for one in findings)


def _waived(described: FindingText, waiver: Waiver | None) -> FindingText:
    if waiver is None:
        return described
    return replace(described, waived_by=waiver.by, waiver=waiver.reason)


def describe(finding: Finding) -> FindingText:
    """The rule's name, by how much it is broken, and what to do about it.

    Every rule has its words in `subtitles.rules`; one of another version keeps its name.
    """
    rule = RULES.get(finding.rule)
    words = [rule.says, rule.fix] if rule else []
    words += [finding.note] if finding.note else []
    return FindingText(
        rule=finding.rule,
        severity=finding.severity,
        label=finding.rule.replace("-", " ").capitalize(),
        detail=_amount(finding),
        advice=" ".join(words),
        source=finding.source,
    )


def _amount(finding: Finding) -> str:
    measured, limit, unit = finding.measured, finding.limit, finding.unit
    if unit == "probability":
        measured, limit, unit = round(100 * measured), round(100 * limit), "%"
    is_count = unit.isalpha() and unit not in _TIMES
    if not unit or (is_count and not limit and measured == 1):
        return ""  # that there is one, the rule's name says already
    return (
        f"{_number(measured)} of {_number(limit)} {unit}"
        if limit
        else f"{_number(measured)} {unit}"
    )


_TIMES = frozenset({"ms", "s", "frames"})


def _number(value: float) -> str:
    """With one digit after the point where it says something."""
    return f"{value:.1f}".removesuffix(".0")


def why_unsure(word: HeardWord) -> str:
    """Why somebody should listen to a word: ``62 % sure; nobody seems to speak here``."""
    doubts = (_DOUBTS[doubt] for doubt in word.doubts if doubt in _DOUBTS)
    return "; ".join((f"{word.percent} % sure", *doubts))


def why_uncut(why: WhyLeft) -> str:
    """Why a cue is not cut anew with the others."""
    return _UNCUT[why]


_UNCUT: Mapping[WhyLeft, str] = {
    WhyLeft.OFFERED: "a newer text waits for a decision: take it or keep yours first",
    WhyLeft.TAGS: "some of its words alone are in italics or have other tags",
    WhyLeft.SOUND: "it tells a sound, or is sung",
    WhyLeft.UNHEARD: "none of its words was heard at its time",
    WhyLeft.SPEAKERS: "several people speak in it, and nobody knows which words are whose",
    WhyLeft.ODD: "it has characters that nobody sees, and that would be lost",
    WhyLeft.NO_ROOM: "between its neighbours there is no time for what it would become",
}

_DOUBTS: Mapping[str, str] = {
    Doubt.NO_SPEECH: "nobody seems to speak here",
    Doubt.REPETITION: "the same words again and again",
    Doubt.STOCK_PHRASE: "a phrase that recognisers invent",
    Doubt.SPEAKING_RATE: "faster than anybody speaks",
    Doubt.FOREIGN: "in another language",
}
