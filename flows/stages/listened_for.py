"""Which words a title was listened for last: redoing its drafts does not listen to it again."""

from pathlib import Path

from flows.artifacts.codec import JsonCodec
from flows.artifacts.store import ArtifactStore, artifact_key

_STAGE = "listened-for"
_WORDS = JsonCodec(tuple[str, ...])


def listened_for(store: ArtifactStore, media: Path) -> tuple[str, ...] | None:
    """The words; None where nobody has kept any, or they cannot be read."""
    ref = store.find(_STAGE, _key(media))
    if ref is None:
        return None
    try:
        return _WORDS.decode(store.read(ref))
    except (ValueError, KeyError):
        return None


def remember_listened_for(store: ArtifactStore, media: Path, words: tuple[str, ...]) -> None:
    """Keep the words; the same ones again write nothing."""
    if listened_for(store, media) != words:
        store.write(_STAGE, _key(media), _WORDS.encode(words))


def _key(media: Path) -> str:
    return artifact_key(_STAGE, {"file": str(media)})
