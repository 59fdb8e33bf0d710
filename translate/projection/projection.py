"""Translated sentences back into cues: one target cue for each source cue, on its time."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from subtitles.cues import Cue, CueTrack, derive_cue_id
from subtitles.findings import Finding, Severity
from subtitles.picture import Picture
from subtitles.signature import EngineSignature
from subtitles.style.profile import StyleProfile
from subtitles.timing.fitting import time_cues
from subtitles.typography.setting import typeset_cues
from translate.projection.cut_costs import NO_ROOM
from translate.projection.filling import rows_of_parts
from translate.projection.merging import Merging, running_on
from translate.projection.shares import Shares, cue_widths, printed
from translate.projection.spreading import Spread
from translate.translator import Rendering, Sentence

CONTINUATION = "…"
"""What a cue shows when the translation has fewer words than the sentence has cues: the sentence
goes on. An empty cue cannot stand in a file, and repeating words would put them in the wrong
mouth; a finding asks the reviewer to move words or to merge cues."""

_SOURCE = "translate.projection: one target cue for each source cue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One sentence and what is shown for it.

    Attributes:
        sentence: Of the source.
        rendering: Its translation, not empty.
        no_room: What a cue that has no room for its part costs when this one is cut, in columns.
    """

    sentence: Sentence
    rendering: Rendering
    no_room: float = NO_ROOM


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectedTrack:
    """A target track and what could not be placed well.

    Attributes:
        track: As many cues as the source has, in order, each with its one source cue's id.
        warnings: On the track's own cue ids.
    """

    track: CueTrack
    warnings: tuple[Finding, ...] = ()


def project(
    track: CueTrack,
    spoken: Sequence[Spoken],
    *,
    profile: StyleProfile,
    signature: EngineSignature,
    picture: Picture,
    resegment: bool = False,
) -> ProjectedTrack:
    """Spread the translations over the cues of the sentences they translate.

    Exactly one target cue for each source cue, with its in-time; out-times may grow into the
    silence after it for the sake of reading speed. With ``resegment``, cues of one sentence may be
    joined where that can be read better (`translate.projection.merging`). Every word of every
    translation appears once, in order. Text is set in rows by ``profile``, whose language is the
    target language.

    Args:
        track: The source track.
        spoken: All of `translate.sentencing.sentences.sentences_of` the track, in order.
        profile: Limits of the target language.
        signature: Who translated.
        picture: The frame grid, cuts and end of the title.
        resegment: Whether the target may have fewer cues than the source.
    """
    ids = {cue.cue_id: derive_cue_id(cue.cue_id, profile.language, signature) for cue in track.cues}
    sentences = [one.sentence for one in spoken]
    shares = Shares(track.cues, sentences, profile, picture)
    spread = Spread(track.cues, profile)
    for number, one in enumerate(spoken):
        shown = printed(one.rendering, profile)
        spread.add(one.sentence, shown, shares.of(number, one.no_room))
    drafts = [_target_cue(cue, spread, ids[cue.cue_id], profile) for cue in track.cues]
    warnings = [*_fewer_words(spread, ids), *_lost_styling(spread, ids)]
    if resegment:
        merging = Merging(
            within=running_on(sentences),
            widths=cue_widths(track.cues, profile, picture),
            placeholder=CONTINUATION,
            profile=profile,
            picture=picture,
        )
        drafts = list(merging.merged(drafts))
        warnings = _moved_along(warnings, drafts, ids)
    typeset = typeset_cues(drafts, profile)
    timed = time_cues(typeset.cues, profile, picture, linger=False, keep_in_times=True)
    target = CueTrack(
        media_id=track.media_id, language=profile.language, cues=timed, made_by=signature
    )
    return ProjectedTrack(track=target, warnings=(*warnings, *typeset.findings))


def _moved_along(
    warnings: Sequence[Finding], cues: Sequence[Cue], ids: Mapping[str, str]
) -> list[Finding]:
    """The warnings on the cues that hold what they are about; a filled cue lacks no words."""
    now = {ids[name]: cue for cue in cues for name in cue.source_cue_ids}
    lacking = {cue.cue_id for cue in cues if cue.text == CONTINUATION}
    return [
        replace(one, cue_id=now[one.cue_id].cue_id)
        for one in warnings
        if one.rule != "fewer-words-than-cues" or lacking
    ]


def _target_cue(cue: Cue, spread: Spread, cue_id: str, profile: StyleProfile) -> Cue:
    plain, parts = spread.plain[cue.cue_id], spread.parts[cue.cue_id]
    rows = rows_of_parts(parts, profile)
    if rows:
        lines = plain.styled(rows)
    elif plain.lines:
        lines = (CONTINUATION,)
    else:
        lines = cue.lines  # nothing but styling: there was nothing to translate
    scores = [math.exp(part.score) for part in parts if part.score is not None and part.text]
    return Cue(
        cue_id=cue_id,
        span=cue.span,
        lines=lines,
        confidence=min([cue.confidence, *(min(score, 1.0) for score in scores)]),
        source_cue_ids=(cue.cue_id,),
        speech=cue.speech,
        moves=cue.moves,
        position=cue.position,
        kind=cue.kind,
    )


def _fewer_words(spread: Spread, ids: Mapping[str, str]) -> Iterator[Finding]:
    for cue_id, words, cues in spread.fewer_words:
        yield Finding(
            rule="fewer-words-than-cues",
            severity=Severity.WARNING,
            cue_id=ids[cue_id],
            measured=words,
            limit=cues,
            unit="words",
            source=_SOURCE,
        )


def _lost_styling(spread: Spread, ids: Mapping[str, str]) -> Iterator[Finding]:
    for cue_id, tags in spread.lost_tags.items():
        if tags:
            yield Finding(
                rule="styling-dropped",
                severity=Severity.WARNING,
                cue_id=ids[cue_id],
                measured=tags,
                limit=0,
                unit="tags",
                source="translate.projection: nothing tells where a tag belongs in the translation",
            )
