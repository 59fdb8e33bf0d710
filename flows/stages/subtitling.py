"""Transcript to source cues, source cues to target cues."""

from flows.artifacts.codec import JsonCodec
from flows.engines import LazyEngine
from flows.stages.once import Stage, StageResult
from subtitles.cues import CueTrack
from subtitles.picture import Picture
from subtitles.segmentation.segmenter import SEGMENTATION_VERSION, segment
from subtitles.style.profile import StyleProfile
from subtitles.timing.fitting import TIMING_VERSION
from subtitles.typography.setting import TYPOGRAPHY_VERSION, set_track
from subtitles.words import Transcript
from translate.aid_digest import aid_digest
from translate.aids import NO_AIDS, Aids
from translate.track import TRANSLATION_RULES_VERSION, TranslatedTrack, translate_track
from translate.translator import Translator

TRACKS = JsonCodec(CueTrack)
TRANSLATIONS = JsonCodec(TranslatedTrack)


def source_stage(
    transcript: StageResult[Transcript], profile: StyleProfile, picture: Picture
) -> Stage[CueTrack]:
    """Words to cues, cut, timed and printed by the style profile of the spoken language."""
    return Stage(
        name="source-cues",
        made_from={
            "transcript": transcript.ref.digest,
            "profile": profile.revision,
            "picture": str(picture),
            "rules": SEGMENTATION_VERSION,
            "timing": TIMING_VERSION,
            "typography": TYPOGRAPHY_VERSION,
        },
        codec=TRACKS,
        # Nothing recognised is in italics, so none can be lost.
        compute=lambda: set_track(segment(transcript.value, profile, picture=picture), profile),
        language=profile.language,
    )


def target_stage(
    source: StageResult[CueTrack],
    profile: StyleProfile,
    translator: LazyEngine[Translator],
    picture: Picture,
    aids: Aids = NO_AIDS,
    *,
    resegment: bool = False,
) -> Stage[TranslatedTrack]:
    """Source cues to cues in another language, that of the profile.

    Of the show's words and of memory only what touches this track decides: a change elsewhere in
    them leaves the result as it is.
    """
    target = profile.language

    def compute() -> TranslatedTrack:
        return translate_track(
            source.value,
            translator.get(),
            profile=profile,
            picture=picture,
            aids=aids,
            resegment=resegment,
        )

    return Stage(
        name="target-cues",
        made_from={
            "source": source.ref.digest,
            "target": target,
            "translator": str(translator.signature),
            "revision": translator.signature.model_revision,
            "profile": profile.revision,
            "picture": str(picture),
            "resegment": resegment,
            "aids": aid_digest(aids, source.value, target),
            "rules": TRANSLATION_RULES_VERSION,
            "timing": TIMING_VERSION,
            "typography": TYPOGRAPHY_VERSION,
        },
        codec=TRANSLATIONS,
        compute=compute,
        language=target,
    )
