"""The checks' way in: a whole track, a cue while it is edited, two neighbours."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from subtitles.checks.characters import check_characters
from subtitles.checks.checked import Checkable, Draft, Neighbours, Shown
from subtitles.checks.comparison import Original, compare
from subtitles.checks.cuts import check_cuts
from subtitles.checks.neighbours import check_gap, is_repeated
from subtitles.checks.printed import check_printing
from subtitles.checks.quotations import check_quotations
from subtitles.checks.rows import check_rows
from subtitles.checks.standard import Standard
from subtitles.checks.style import check_style
from subtitles.checks.times import check_speech, check_speed, check_times
from subtitles.cues import Cue, CueTrack
from subtitles.findings import Finding
from subtitles.language import same_language
from subtitles.picture import NO_PICTURE, Picture
from subtitles.rules import distinct
from subtitles.span import Span
from subtitles.style.profile import StyleProfile

LOW_CONFIDENCE = 0.5
"""Below this a cue wants a listener.

Measured with Whisper base on 204 cues in Czech, English, German and Portuguese: 88 % of the cues
below hold an error, and 59 % of the cues that hold an error are below.
"""


def check_track(
    track: CueTrack,
    profile: StyleProfile,
    *,
    picture: Picture,
    source: CueTrack | None = None,
    profanity: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Everything found on a track, in cue order, findings on the whole track last.

    Args:
        track: The cues.
        profile: Limits of their language.
        picture: Frame grid, cuts and end of the title; rules about what it lacks are not checked.
        source: The track this one was translated from; None on a source track. Its texts are not
            compared with a variant of its own language.
        profanity: Words to look at, whatever their case.
    """
    standard = Standard(profile, picture, listed=profanity)
    comparison = _Comparison(track, source, standard)
    printed = check_printing(track.cues, standard)
    quoted = check_quotations(track.cues, standard)
    found: list[Finding] = []
    for index, cue in enumerate(track.cues):
        shown = Shown(cue.lines)
        found += _check_alone(cue, shown, standard)
        found += printed[index]
        found += quoted[index]
        found += _check_beside(track.cues, index, standard)
        if cue.confidence < LOW_CONFIDENCE:
            found += standard.found("low-confidence", cue.cue_id, cue.confidence, LOW_CONFIDENCE)
        found += comparison.findings(index)
    uncovered = comparison.uncovered_count()
    if uncovered:
        found += standard.found("uncovered-source", "", uncovered)
    return distinct(found)


def check_cue(
    cue_id: str,
    span: Span,
    lines: Sequence[str],
    profile: StyleProfile,
    *,
    original: Original | None = None,
    picture: Picture = NO_PICTURE,
) -> tuple[Finding, ...]:
    """Everything found on one cue by itself, also on a text that no `Cue` would accept.

    Args:
        cue_id: Goes into the findings.
        span: When it is shown.
        lines: As typed: any number of rows, blank ones included.
        profile: Limits of the text's language.
        original: What it translates; None on a source track or for a variant of its language.
        picture: With a frame rate, durations are compared in whole frames.
    """
    return check_draft(
        Draft(cue_id=cue_id, span=span, lines=lines),
        Standard(profile, picture),
        original=original,
    )


def check_draft(
    draft: Checkable, standard: Standard, *, original: Original | None = None
) -> tuple[Finding, ...]:
    """As `check_cue`, for many cues of one style."""
    if not any(line.strip() for line in draft.lines):
        return tuple(standard.found("empty-text", draft.cue_id, max(1, len(draft.lines))))
    shown = Shown(draft.lines)
    return distinct(
        chain(
            _check_alone(draft, shown, standard),
            *check_printing([draft], standard),
            () if original is None else compare(draft.cue_id, shown.text, original, standard),
        )
    )


def check_neighbours(
    cue_id: str, span: Span, following: Span, profile: StyleProfile, picture: Picture
) -> tuple[Finding, ...]:
    """What is found between the times of a cue and the one that follows it."""
    return tuple(check_gap(cue_id, span, following, Standard(profile, picture)))


def _check_alone(cue: Checkable, shown: Shown, standard: Standard) -> Iterator[Finding]:
    """What needs nothing but the cue."""
    yield from check_characters(cue.cue_id, shown, standard)
    yield from check_rows(cue.cue_id, shown, cue.kind, standard)
    yield from check_speed(cue.cue_id, shown, cue.span, standard)
    yield from check_times(cue.cue_id, cue.span, standard)
    yield from check_style(cue.cue_id, shown, standard)


def _check_beside(cues: Sequence[Cue], index: int, standard: Standard) -> Iterator[Finding]:
    """What needs the cues before and after."""
    cue = cues[index]
    following = cues[index + 1] if index + 1 < len(cues) else None
    if following is not None:
        yield from check_gap(cue.cue_id, cue.span, following.span, standard, speech=cue.speech)
    if cue.speech is None and not standard.cuts:
        return
    beside = Neighbours(
        previous_end_ms=cues[index - 1].span.end_ms if index else None,
        next_start_ms=following.span.start_ms if following is not None else None,
    )
    yield from check_cuts(cue, beside, standard)
    yield from check_speech(cue, beside, standard)


class _Comparison:
    """A track beside the one it was translated from; alone, it is only compared with itself."""

    def __init__(self, track: CueTrack, source: CueTrack | None, standard: Standard) -> None:
        self._cues, self._standard = track.cues, standard
        self._texts = [cue.text for cue in track.cues]
        self._language = track.language
        self._sources: dict[str, str] = {}
        if source is not None and not same_language(track.language, source.language):
            self._language = source.language
            self._sources = {cue.cue_id: cue.text for cue in source.cues}
        self._said = [self._source_of(cue) for cue in track.cues]

    def _source_of(self, cue: Cue) -> str:
        known = (self._sources.get(name) for name in cue.source_cue_ids)
        return "\n".join(text for text in known if text is not None)

    def findings(self, index: int) -> Iterator[Finding]:
        """What is found on a cue beside the one before it and its source."""
        cue, said = self._cues[index], self._said[index]
        if (
            index
            and is_repeated(self._cues[index - 1], cue, self._standard.profile)
            # Two lines of the source may well be one and the same in this language.
            and said.casefold() == self._said[index - 1].casefold()
        ):
            yield from self._standard.found("repeated-cue", cue.cue_id, 1)
        if said:
            original = Original(
                text=said,
                language=self._language,
                text_beside=_beside(self._said, index),
                target_beside=_beside(self._texts, index),
            )
            yield from compare(cue.cue_id, self._texts[index], original, self._standard)

    def uncovered_count(self) -> int:
        """Source cues that no target cue names."""
        return len(
            self._sources.keys() - {name for cue in self._cues for name in cue.source_cue_ids}
        )


def _beside(texts: Sequence[str], index: int) -> str:
    before = texts[index - 1] if index else ""
    after = texts[index + 1] if index + 1 < len(texts) else ""
    return f"{before}\n{after}"
