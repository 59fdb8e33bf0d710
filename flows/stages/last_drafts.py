"""Which draft of a title and language came last: what a new one is compared with."""

from flows.artifacts.codec import JsonCodec
from flows.artifacts.store import ArtifactRef, ArtifactStore, artifact_key
from flows.stages.once import loaded
from flows.stages.subtitling import TRANSLATIONS
from subtitles.language import LanguageTag
from translate.track import TranslatedTrack

_STAGE = "last-draft"
_REFS = JsonCodec(ArtifactRef)


def last_draft(
    store: ArtifactStore, media_id: str, language: LanguageTag
) -> TranslatedTrack | None:
    """The draft delivered last; None when there is none, or it is gone or of another version."""
    ref = store.find(_STAGE, _key(media_id, language))
    if ref is None:
        return None
    try:
        return loaded(store, _REFS.decode(store.read(ref)), TRANSLATIONS).value
    except (ValueError, KeyError):
        return None


def remember_draft(
    store: ArtifactStore, media_id: str, language: LanguageTag, draft: ArtifactRef
) -> None:
    """Keep where the draft is; the same one again writes nothing."""
    store.write(_STAGE, _key(media_id, language), _REFS.encode(draft))


def _key(media_id: str, language: LanguageTag) -> str:
    return artifact_key(_STAGE, {"media": media_id, "language": language})
