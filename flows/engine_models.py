"""Which model an engine gets: its name and revision now, its verified folder when it loads."""

from dataclasses import dataclass
from pathlib import Path

from flows.engines import Lazy
from flows.models.entries import ModelEntry
from flows.models.errors import ChangedModelError
from flows.models.resolve import require_licence, resolve, resolve_folder
from flows.models.wanted import known_revision
from flows.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineModel:
    """A model on its way into an engine.

    Attributes:
        name: As registered, or ``dir:NAME``.
        revision: Digest over its files.
        folder: Where its files are, every one verified at the moment this is asked for.
    """

    name: str
    revision: str
    folder: Lazy[Path]


def registered_model(entry: ModelEntry, settings: Settings) -> EngineModel:
    """A model of the registries.

    Raises:
        NonCommercialModelError: its licence is not allowed.
        ModelError: it was never pulled, its digests are not known, and it cannot be fetched.
    """
    require_licence(entry, allow_noncommercial=settings.allow_noncommercial)

    def folder() -> Path:
        return resolve(
            entry,
            cache_dir=settings.models_folder,
            allow_noncommercial=settings.allow_noncommercial,
            offline=settings.offline,
        ).directory

    revision = known_revision(entry, settings.models_folder)
    if revision is None:
        folder()  # the first pull records the digests
        revision = known_revision(entry, settings.models_folder) or ""
    return EngineModel(name=entry.name, revision=revision, folder=Lazy(folder))


def model_in_folder(folder: Path) -> EngineModel:
    """A model of the user's own; its folder raises ChangedModelError once other files lie there.

    Raises:
        ModelNotHereError: no model lies there.
    """
    found = resolve_folder(folder)

    def verified() -> Path:
        # What it answers is kept under this revision, perhaps an hour after it was hashed.
        if resolve_folder(folder).revision != found.revision:
            raise ChangedModelError(str(folder))
        return found.directory

    return EngineModel(name=found.name, revision=found.revision, folder=Lazy(verified))
