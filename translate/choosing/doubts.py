"""What is doubtful about the translated lines, as findings on the cues of the finished track."""

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, pairwise
from operator import itemgetter

from subtitles.findings import Finding
from subtitles.rules import RULES
from subtitles.style.profile import StyleProfile
from translate.choosing.candidates import Candidate
from translate.choosing.faults import Fault, faults_of
from translate.drafts import SentenceDraft
from translate.translator import LanguagePair, Sentence

LOW_QUALITY = 0.5
"""Below this a sentence is more likely to need work than not."""

MAX_LOW_SHARE = 0.15
"""Of the cues; a mark on more of them would tell nobody where to begin."""

_SOURCE = "translate.choosing: our own limits, set so that reference translations pass"


def fault_findings(
    sentence: Sentence,
    shown: Candidate,
    shown_in: Mapping[str, str],
    *,
    pair: LanguagePair,
    profile: StyleProfile,
) -> Iterator[Finding]:
    """A finding for each fault that stays, on the target cue whose words it is about.

    Missed words of the show are left to the glossary, which looks at the finished track.

    Args:
        sentence: The source sentence.
        shown: What it is rendered as, and what is wrong with that.
        shown_in: For each source cue, the target cue.
        pair: The languages.
        profile: Says how a rule counts in the target language.
    """
    for fault in shown.faults:
        rule = RULES[fault.rule]
        severity = profile.severity(rule.rule_id, rule.severity)
        if severity is not None and fault.rule != "term-missed":
            yield Finding(
                rule=rule.rule_id,
                severity=severity,
                cue_id=shown_in[_cue_of(fault, sentence, shown.rendering.text, pair)],
                measured=round(fault.measured, 2),
                limit=fault.limit,
                unit=rule.unit,
                source=_SOURCE,
                note=fault.note,
            )


def low_quality(
    drafts: Iterable[SentenceDraft], cue_count: int, profile: StyleProfile
) -> tuple[Finding, ...]:
    """Findings on the cues in which the least trusted machine translations begin, worst first."""
    rule = RULES["low-quality"]
    severity = profile.severity(rule.rule_id, rule.severity)
    if severity is None:
        return ()
    lowest: dict[str, float] = {}
    for draft in drafts:
        if draft.quality is not None and draft.quality < LOW_QUALITY:
            first = draft.cue_ids[0]
            lowest[first] = min(draft.quality, lowest.get(first, 1.0))
    worst = sorted(lowest.items(), key=itemgetter(1))[: math.ceil(MAX_LOW_SHARE * cue_count)]
    return tuple(
        Finding(
            rule=rule.rule_id,
            severity=severity,
            cue_id=cue_id,
            measured=round(chance, 2),
            limit=LOW_QUALITY,
            unit=rule.unit,
            source="translate.choosing.quality: an estimate from the engine's own signals",
        )
        for cue_id, chance in worst
    )


def _cue_of(fault: Fault, sentence: Sentence, text: str, pair: LanguagePair) -> str:
    """The first cue whose own words show the fault beside the whole rendering; else the first."""
    if len(sentence.cue_ids) > 1:
        borders = (0, *accumulate(sentence.cue_lengths))
        for cue_id, (start, end) in zip(sentence.cue_ids, pairwise(borders), strict=True):
            share = sentence.text[start:end]
            if fault.said and fault.said in share:
                return cue_id
            if any(one.rule == fault.rule for one in faults_of(share, text, pair)):
                return cue_id
    return sentence.cue_ids[0]
