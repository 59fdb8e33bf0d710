"""Which draft of a title and language came last: what a new one is compared with."""

from pathlib import Path

from flows.artifacts.codec import JsonCodec
from flows.artifacts.store import ArtifactRef, ArtifactStore, artifact_key
from flows.stages.once import loaded
from flows.stages.subtitling import TRANSLATIONS
from subtitles.language import LanguageTag
from translate.track import TranslatedTrack

_STAGE = "last-draft"
_REFS = JsonCodec(ArtifactRef)


def last_draft(store: ArtifactStore, file: Path, language: LanguageTag) -> TranslatedTrack | None:
    """The draft delivered last; None when there is none, or it is gone or of another version.

    Args:
        store: Results of stages.
        file: What is translated; known by its path, since its content may have changed.
        language: Of the draft.
    """
    ref = store.find(_STAGE, _key(file, language))
    if ref is None:
        return None
    try:
        return loaded(store, _REFS.decode(store.read(ref)), TRANSLATIONS).value
    except (ValueError, KeyError):
        return None


def remember_draft(
    store: ArtifactStore, file: Path, language: LanguageTag, draft: ArtifactRef
) -> None:
    """Keep where the draft is; the same one again writes nothing."""
    store.write(_STAGE, _key(file, language), _REFS.encode(draft))


def _key(file: Path, language: LanguageTag) -> str:
    return artifact_key(_STAGE, {"file": str(file), "language": language})
