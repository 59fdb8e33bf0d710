"""Findings on a cue while people work on it: the pipeline's own checks, on the edited text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from review.tasks import ReviewCue, ReviewTask
from subtitles.checks.checked import Draft
from subtitles.checks.comparison import Original
from subtitles.checks.standard import Standard
from subtitles.checks.track import check_draft
from subtitles.findings import Finding
from subtitles.language import LanguageTag, same_language
from subtitles.picture import NO_PICTURE, Picture
from subtitles.rules import LASTING_RULES
from subtitles.style.profile import Audience, Kind, StyleProfile, load_profile
from translate.glossary.agreed import AgreedTerm
from translate.glossary.missed import edited_cue_findings, said_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What the cues of one task are measured by.

    Attributes:
        standard: Limits of its language on the grid of its picture.
        source_language: What it translates from; None within one language, where texts cannot be
            compared.
    """

    standard: Standard
    source_language: LanguageTag | None

    @property
    def profile(self) -> StyleProfile:
        """The limits."""
        return self.standard.profile

    @property
    def picture(self) -> Picture:
        """The frame grid."""
        return self.standard.picture

    def on(self, duration_ms: int, shot_changes_ms: tuple[int, ...]) -> "Yardstick":
        """The same limits, where the film's end and its shot changes are known."""
        picture = replace(
            self.picture, duration_ms=duration_ms or None, shot_changes_ms=shot_changes_ms
        )
        return replace(self, standard=Standard(self.profile, picture))


@lru_cache(maxsize=256)
def yardstick(
    *,
    source_language: LanguageTag,
    language: LanguageTag,
    audience: Audience,
    kind: Kind,
    client: str = "",
    frame_rate: str | None,
) -> Yardstick:
    """The yardstick of a task, from its fields of the same names."""
    picture = NO_PICTURE if frame_rate is None else Picture(frame_rate=Fraction(frame_rate))
    profile = load_profile(language, audience=audience, kind=kind, client=client)
    return Yardstick(
        standard=Standard(profile, picture),
        source_language=None if same_language(source_language, language) else source_language,
    )


def profile_of(task: ReviewTask) -> StyleProfile:
    """The limits a task's cues are measured by."""
    return load_profile(task.language, audience=task.audience, kind=task.kind, client=task.client)


def measure_cue(
    cue: ReviewCue,
    text: str,
    by: Yardstick,
    *,
    beside: Sequence[str],
    terms: Sequence[AgreedTerm] = (),
) -> tuple[Finding, ...]:
    """What is found on ``cue`` once it reads ``text``.

    Findings about times stay as they were, and so do those about sound that has no words. Whatever
    else the machine's text was suspected of (low confidence, say) is gone: a person has written it
    now. What changes on the cues beside it, and with times, is for `review.remeasuring`.

    Args:
        cue: As it was, with its findings.
        text: Cleaned (`review.texts.clean_cue_text`).
        by: The yardstick of its task.
        beside: The texts before and after it: a sentence that runs through cues may have its
            numbers and the show's words there.
        terms: The show's words in the cue's sentences.
    """
    kept = tuple(one for one in cue.findings if one.rule in LASTING_RULES)
    original = (
        None
        if by.source_language is None or not cue.source_text
        else Original(
            text=cue.source_text,
            language=by.source_language,
            target_beside="\n".join(beside),
        )
    )
    draft = Draft(cue_id=cue.cue_id, span=cue.span, lines=text.split("\n"))
    found = check_draft(draft, by.standard, original=original)
    missed = edited_cue_findings(
        said_in(terms, cue.source_text),
        text,
        beside=beside,
        cue_id=cue.cue_id,
        profile=by.profile,
    )
    return (*(one for one in found if one.rule not in LASTING_RULES), *missed, *kept)
