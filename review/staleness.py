"""Cues whose source has changed since a person last looked at them: what is found, how it ends."""

from dataclasses import replace

from review.tasks import ReviewCue
from subtitles.findings import Finding
from subtitles.rules import RULES, STALE_RULES


def with_staleness_found(cue: ReviewCue) -> ReviewCue:
    """The cue with the finding that its staleness is, and no other of this kind."""
    others = tuple(one for one in cue.findings if one.rule not in STALE_RULES)
    if not cue.is_stale:
        return replace(cue, findings=others) if others != cue.findings else cue
    rule = RULES["no-source" if cue.first_source is None else "source-changed"]
    finding = Finding(
        rule=rule.rule_id,
        severity=rule.severity,
        cue_id=cue.cue_id,
        measured=1,
        limit=0,
        unit=rule.unit,
        source="review",
    )
    return replace(cue, findings=(*others, finding))


def looked_at(cue: ReviewCue) -> ReviewCue:
    """The cue once a person has seen it beside its new source."""
    return with_staleness_found(replace(cue, is_stale=False, earlier_source=""))
