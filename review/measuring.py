"""Findings on a cue while people work on it: the pipeline's own checks, on the edited text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from review.tasks import ReviewCue
from subtitles.checks import check_cue
from subtitles.findings import Finding
from subtitles.language import LanguageTag, same_language
from subtitles.picture import NO_PICTURE, Picture
from subtitles.profile import Audience, Kind, StyleProfile, load_profile
from subtitles.source_checks import missing_numbers

# Found between the times of two cues: no text changes them.
_BETWEEN_CUES = frozenset({"gap", "overlap"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What the cues of one task are measured by.

    Attributes:
        is_translation: Whether the source text is in another language, and so can be compared.
    """

    profile: StyleProfile
    picture: Picture
    is_translation: bool


@lru_cache(maxsize=256)
def yardstick(
    *,
    source_language: LanguageTag,
    language: LanguageTag,
    audience: Audience,
    kind: Kind,
    frame_rate: str | None,
) -> Yardstick:
    """The yardstick of a task, from its fields of the same names."""
    return Yardstick(
        profile=load_profile(language, audience=audience, kind=kind),
        picture=NO_PICTURE if frame_rate is None else Picture(frame_rate=Fraction(frame_rate)),
        is_translation=not same_language(source_language, language),
    )


def measure_cue(
    cue: ReviewCue, text: str, by: Yardstick, *, beside: Sequence[str]
) -> tuple[Finding, ...]:
    """What is found on ``cue`` once it reads ``text``.

    Findings about times stay as they were. Whatever else the machine's text was suspected of (low
    confidence, say) is gone: a person has written it now.

    Args:
        cue: As it was, with its findings.
        text: Cleaned (`review.texts.clean_cue_text`).
        by: The yardstick of its task.
        beside: The texts before and after it: a sentence that runs through cues may have its
            numbers there. Findings on those cues are not looked at again.
    """
    kept = tuple(one for one in cue.findings if one.rule in _BETWEEN_CUES)
    found = check_cue(
        cue.cue_id,
        cue.span,
        text.split("\n"),
        by.profile,
        source_text=cue.source_text if by.is_translation else None,
        picture=by.picture,
    )
    context = "\n".join((text, *beside))
    return (*_with_context(found, cue.source_text, context), *kept)


def _with_context(found: Sequence[Finding], source_text: str, context: str) -> Iterator[Finding]:
    """The findings, but for numbers that stand in a neighbour."""
    for finding in found:
        if finding.rule != "missing-numbers":
            yield finding
        elif missing := missing_numbers(source_text, context):
            yield replace(finding, measured=float(len(missing)))
