"""Missed terms as findings; also on a cue that a person has just edited."""

from collections.abc import Iterable, Iterator, Sequence

from subtitles.findings import Finding
from subtitles.meaning.one_row import one_row
from subtitles.rules import RULES
from subtitles.style.profile import StyleProfile
from translate.glossary.agreed import AgreedTerm
from translate.glossary.verifying import missed_terms

RULE = "term-missed"
_SOURCE = "translate.glossary: the show's words"
_MOST_FORMS_SHOWN = 3
_MOST_TERMS_SHOWN = 5


def missed_finding(
    missed: Sequence[AgreedTerm], cue_id: str, profile: StyleProfile
) -> Iterator[Finding]:
    """One finding for all terms that a cue misses; its note names them. None for no terms."""
    rule = RULES[RULE]
    severity = profile.severity(RULE, rule.severity)
    if missed and severity is not None:
        yield Finding(
            rule=RULE,
            severity=severity,
            cue_id=cue_id,
            measured=len(missed),
            limit=0,
            unit=rule.unit,
            source=_SOURCE,
            note="; ".join(map(_told, missed[:_MOST_TERMS_SHOWN])),
        )


def said_in(terms: Iterable[AgreedTerm], source_text: str) -> tuple[AgreedTerm, ...]:
    """Those of a sentence's terms that stand in the source text of one of its cues.

    A term that runs from one cue into the next stands in neither.
    """
    row = one_row(source_text)
    return tuple(agreed for agreed in terms if agreed.said in row)


def edited_cue_findings(
    terms: Iterable[AgreedTerm],
    text: str,
    *,
    beside: Iterable[str],
    cue_id: str,
    profile: StyleProfile,
) -> tuple[Finding, ...]:
    """What a cue misses now that a person has edited it.

    Args:
        terms: Said in the cue's source text (`said_in`).
        text: As it reads now.
        beside: The texts before and after it: a sentence may have its term there.
        cue_id: Of the cue.
        profile: Of the cue's language; says how a missed term counts.
    """
    missed = missed_terms(terms, "\n".join((text, *beside)), profile.language)
    return tuple(missed_finding(missed, cue_id, profile))


def _told(agreed: AgreedTerm) -> str:
    return f"{agreed.said} → {' / '.join(agreed.forms[:_MOST_FORMS_SHOWN])}"
