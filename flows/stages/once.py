"""A stage is what it is made from and how to compute it; it is computed at most once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from flows.artifacts.codec import JsonCodec
from flows.artifacts.store import ArtifactRef, ArtifactStore, artifact_key
from flows.observing.watching import watched

T = TypeVar("T")

STORED_ALREADY = "stored already"
"""What people are told of a stage whose result was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Generic[T]):
    """One computation, not yet done.

    Attributes:
        name: Such as ``transcript``; also the folder of its artifacts.
        made_from: Everything that can change the result: ids and digests of inputs, printed engine
            signatures, rule versions. Plain JSON values.
        codec: How the value is stored.
        compute: Does the work; called only when no stored result fits.
        language: That it works on, for those who watch; decides nothing.
        chunk: Part of the title that it works on, from 1, for those who watch; 0 for all of it.
    """

    name: str
    made_from: Mapping[str, object]
    codec: JsonCodec[T]
    compute: Callable[[], T]
    language: str = ""
    chunk: int = 0

    @property
    def key(self) -> str:
        """Of its artifact."""
        return artifact_key(self.name, self.made_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageResult(Generic[T]):
    """A stage's value, where it is stored, and whether it was there already."""

    value: T
    ref: ArtifactRef
    cached: bool


def stored(store: ArtifactStore, stage: Stage[T]) -> StageResult[T] | None:
    """The stored result of these very inputs, or None.

    A result that no longer decodes (written by another version) counts as absent.
    """
    ref = store.find(stage.name, stage.key)
    if ref is None:
        return None
    try:
        return StageResult(value=stage.codec.decode(store.read(ref)), ref=ref, cached=True)
    except (ValueError, KeyError):
        return None


def loaded(store: ArtifactStore, ref: ArtifactRef, codec: JsonCodec[T]) -> StageResult[T]:
    """The value behind a reference; KeyError when it is gone or damaged."""
    return StageResult(value=codec.decode(store.read(ref)), ref=ref, cached=True)


def compute_once(store: ArtifactStore, stage: Stage[T]) -> StageResult[T]:
    """The stored result, or a fresh one, stored; the run at hand is told what it cost."""
    key = stage.key
    with watched(stage.name, key, language=stage.language, chunk=stage.chunk) as seen:
        result = stored(store, stage)
        if result is None:
            value = stage.compute()
            ref = store.write(stage.name, key, stage.codec.encode(value))
            result = StageResult(value=value, ref=ref, cached=False)
        seen.ended(cached=result.cached, size_bytes=result.ref.size_bytes)
    return result
