"""Which draft of a title and language came last: what a new one is compared with."""

import json
from collections.abc import Mapping
from pathlib import Path

from flows.artifacts.codec import JsonCodec
from flows.artifacts.store import ArtifactRef, ArtifactStore, artifact_key
from flows.stages.once import Stage, loaded
from flows.stages.subtitling import TRANSLATIONS
from subtitles.language import LanguageTag
from translate.track import TranslatedTrack

LAST_DRAFT = "last-draft"
"""The stage whose results are references to drafts."""

_INPUTS = "draft-inputs"
_REFS = JsonCodec(ArtifactRef)


def last_draft(store: ArtifactStore, file: Path, language: LanguageTag) -> TranslatedTrack | None:
    """The draft delivered last; None when there is none, or it is gone or of another version.

    Args:
        store: Results of stages.
        file: What is translated; known by its path, since its content may have changed.
        language: Of the draft.
    """
    ref = last_draft_ref(store, file, language)
    if ref is None:
        return None
    try:
        return loaded(store, ref, TRANSLATIONS).value
    except (ValueError, KeyError):
        return None


def last_draft_ref(store: ArtifactStore, file: Path, language: LanguageTag) -> ArtifactRef | None:
    """Where the draft delivered last is, or was; its key tells what it was made from."""
    ref = store.find(LAST_DRAFT, _key(file, language))
    if ref is None:
        return None
    try:
        return _REFS.decode(store.read(ref))
    except (ValueError, KeyError):
        return None


def remember_inputs(store: ArtifactStore, stage: Stage[TranslatedTrack]) -> None:
    """Keep what a draft is made from, so that a later one can say what has changed."""
    text = json.dumps(dict(stage.made_from), sort_keys=True, ensure_ascii=False)
    store.write(_INPUTS, stage.key, text.encode())


def inputs_of(store: ArtifactStore, draft: ArtifactRef) -> Mapping[str, object] | None:
    """What a draft was made from; None where that is not known any more."""
    ref = store.find(_INPUTS, draft.key)
    if ref is None:
        return None
    try:
        found = json.loads(store.read(ref))
    except (ValueError, KeyError):
        return None
    return found if isinstance(found, dict) else None


def remember_draft(
    store: ArtifactStore, file: Path, language: LanguageTag, draft: ArtifactRef
) -> None:
    """Keep where the draft is; the same one again writes nothing."""
    store.write(LAST_DRAFT, _key(file, language), _REFS.encode(draft))


def _key(file: Path, language: LanguageTag) -> str:
    return artifact_key(LAST_DRAFT, {"file": str(file), "language": language})
