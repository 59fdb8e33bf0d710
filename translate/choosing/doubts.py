"""What is doubtful about the translated lines, as findings on the cues of the finished track."""

from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise

from subtitles.findings import Finding
from subtitles.rules import RULES
from subtitles.style.profile import StyleProfile
from translate.choosing.candidates import Candidate
from translate.choosing.faults import Fault, faults_of
from translate.translator import LanguagePair, Sentence

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
            )


def _cue_of(fault: Fault, sentence: Sentence, text: str, pair: LanguagePair) -> str:
    """The first cue whose own words show the fault beside the whole rendering; else the first."""
    if len(sentence.cue_ids) > 1:
        borders = (0, *accumulate(sentence.cue_lengths))
        for cue_id, (start, end) in zip(sentence.cue_ids, pairwise(borders), strict=True):
            share = sentence.text[start:end]
            if any(one.rule == fault.rule for one in faults_of(share, text, pair)):
                return cue_id
    return sentence.cue_ids[0]
