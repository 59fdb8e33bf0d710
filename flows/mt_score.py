"""How good a translation is against a reference: all measures of it in one value."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from subtitles.checks.track import check_track
from subtitles.cues import Cue, CueTrack
from subtitles.language import LanguageTag
from subtitles.picture import NO_PICTURE
from subtitles.report.limits import limits_of
from subtitles.report.model import LanguageResult, Limit
from subtitles.style.profile import StyleProfile
from translate.scoring.likeness import Likeness, bleu, chrf
from translate.scoring.segments import Matched, Matching, matched_cues, matched_lines

CONFORMITY = ("reading-speed", "line-length", "line-count")
"""The limits that the words of a translation decide about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MtScore:
    """Everything measured of one translation.

    Attributes:
        language: Of both texts.
        segments: How many were compared.
        matching: What they are.
        bleu: None when there is nothing to compare, as below.
        chrf: The same of characters.
        suber: Edits per hundred words and breaks of the reference; None for texts without times,
            and where the package that counts them is not installed.
        limits: How the cues keep what their words decide; empty for texts without times.
    """

    language: LanguageTag
    segments: int
    matching: Matching
    bleu: Likeness | None
    chrf: Likeness | None
    suber: float | None = None
    limits: tuple[Limit, ...] = ()


def score_lines(shown: Sequence[str], wanted: Sequence[str], language: LanguageTag) -> MtScore:
    """Compare two texts of as many lines, a sentence each."""
    return _score(matched_lines(shown, wanted), language)


def score_cues(shown: CueTrack, wanted: CueTrack, profile: StyleProfile) -> MtScore:
    """Compare subtitles with a reference of the same title.

    Args:
        shown: The translation.
        wanted: What it should be.
        profile: Of their language: the limits to keep.
    """
    return _score(
        matched_cues(shown, wanted),
        profile.language,
        edits=_suber(shown.cues, wanted.cues, profile.language),
        limits=_limits(shown, profile),
    )


def counts_edits() -> bool:
    """Whether the package that counts edits is installed."""
    return find_spec("suber") is not None


def _score(
    matched: Matched,
    language: LanguageTag,
    *,
    edits: float | None = None,
    limits: tuple[Limit, ...] = (),
) -> MtScore:
    segments = matched.segments
    return MtScore(
        language=language,
        segments=len(segments),
        matching=matched.by,
        bleu=bleu(segments, language) if segments else None,
        chrf=chrf(segments) if segments else None,
        suber=edits,
        limits=limits,
    )


def _suber(shown: Sequence[Cue], wanted: Sequence[Cue], language: LanguageTag) -> float | None:
    if not counts_edits():
        return None
    from translate.scoring.subtitle_edits import suber  # noqa: PLC0415 -- optional

    return suber(shown, wanted, language)


def _limits(track: CueTrack, profile: StyleProfile) -> tuple[Limit, ...]:
    result = LanguageResult(
        track=track,
        profile=profile,
        picture=NO_PICTURE,
        findings=check_track(track, profile, picture=NO_PICTURE),
    )
    return tuple(limit for limit in limits_of(result) if limit.rule in CONFORMITY)
