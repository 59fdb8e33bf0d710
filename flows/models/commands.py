"""What ``polycue models`` does: list, pull, verify, pin. Plain functions, no printing."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from flows.models.cache import cache_lock, model_folder
from flows.models.entries import ModelEntry, Registry
from flows.models.errors import ModelNotHereError
from flows.models.pins import Pin, checked_commit, read_pins, write_pin
from flows.models.registry import require
from flows.models.resolve import ResolvedModel, find_here, pull
from flows.models.wanted import WantedModel, under_pin, wanted_model
from flows.models.wheels import InstalledWheels, installed_wheels, parts_present


class ModelState(StrEnum):
    """Where a model stands on this machine, judged by names and sizes, not by digests."""

    READY = "ready"
    IN_WHEEL = "in wheel"
    DAMAGED = "damaged"
    NOT_PINNED = "not pinned"
    NOT_HERE = "not here"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """One line of ``polycue models list``.

    Attributes:
        name: As registered.
        room: ``asr`` or ``translate``.
        tiers: Which tiers it serves.
        languages: For people: a pair, or how many languages.
        licence: SPDX name.
        commercial_use: Whether the licence allows it.
        size_bytes: None when not known.
        state: Where it stands.
    """

    name: str
    room: str
    tiers: tuple[str, ...]
    languages: str
    licence: str
    commercial_use: bool
    size_bytes: int | None
    state: ModelState


def list_models(registry: Registry, *, cache_dir: Path) -> tuple[ModelRow, ...]:
    """Every registered model and its state; fast, because nothing is hashed.

    Raises:
        MalformedPinsError: the pin file cannot be read.
    """
    pins = read_pins(cache_dir)
    return tuple(
        _row(entry, model_state(under_pin(entry, pins.get(entry.name)), cache_dir))
        for entry in registry.entries
    )


def pull_model(
    registry: Registry,
    name: str,
    *,
    cache_dir: Path,
    allow_noncommercial: bool,
    offline: bool,
    force: bool = False,
) -> ResolvedModel:
    """Fetch a model from wherever it can be had, verified.

    Raises:
        UnknownModelError: no such name.
        ModelError, CannotWriteError: as `flows.models.resolve.pull`.
    """
    return pull(
        require(registry, name),
        cache_dir=cache_dir,
        allow_noncommercial=allow_noncommercial,
        offline=offline,
        force=force,
    )


def verify_model(registry: Registry, name: str, *, cache_dir: Path) -> ResolvedModel:
    """Hash every file of a model that is here.

    Raises:
        UnknownModelError: no such name.
        DamagedModelError: a file is not the recorded one.
        ModelNotHereError: it is not on this machine.
    """
    entry = require(registry, name)
    here = find_here(wanted_model(entry, cache_dir), cache_dir)
    if here is None:
        raise ModelNotHereError(name, "nothing to verify", f"run `polycue models pull {name}`")
    return here


def pin_model(registry: Registry, name: str, commit: str, *, cache_dir: Path) -> None:
    """Choose the commit of a hub model; digests recorded for another commit are dropped.

    Raises:
        UnknownModelError: no such name.
        ModelNotHereError: the model does not come from the hub.
        BadCommitError: not a full commit.
        CannotWriteError: the pin file cannot be written.
    """
    entry = require(registry, name)
    if entry.hub is None:
        raise ModelNotHereError(name, "it does not come from the hub", "it needs no pin")
    checked = checked_commit(name, commit)
    with cache_lock(cache_dir, "pins"):
        present = read_pins(cache_dir).get(name)
        if present is None or present.commit != checked:
            write_pin(cache_dir, name, Pin(commit=checked))


def model_state(wanted: WantedModel, cache_dir: Path) -> ModelState:
    """Where one model stands, judged by names and sizes."""
    name, key = wanted.entry.name, wanted.key
    folder = model_folder(cache_dir, name, key) if key is not None else None
    if folder is not None and folder.is_dir():
        return ModelState.READY if _looks_whole(wanted, folder) else ModelState.DAMAGED
    if wanted.wheels is not None:
        wheels = installed_wheels(wanted.wheels)
        if isinstance(wheels, InstalledWheels):
            if not parts_present(wanted.entry, wheels):
                return ModelState.DAMAGED
            return ModelState.READY if wanted.wheels.in_place else ModelState.IN_WHEEL
    if key is None:
        return ModelState.NOT_PINNED
    return ModelState.NOT_HERE


def _looks_whole(wanted: WantedModel, folder: Path) -> bool:
    for name, recorded in wanted.recorded.items():
        path = folder / name
        if not path.is_file():
            return False
        if recorded.size_bytes is not None and path.stat().st_size != recorded.size_bytes:
            return False
    return True


def _row(entry: ModelEntry, state: ModelState) -> ModelRow:
    if entry.pairs:
        languages = ", ".join(str(pair) for pair in entry.pairs)
    elif not entry.languages:
        languages = "any"
    elif len(entry.languages) == 1:
        languages = entry.languages[0]
    else:
        languages = f"{len(entry.languages)} languages"
    return ModelRow(
        name=entry.name,
        room=entry.room.value,
        tiers=tuple(tier.value for tier in entry.tiers),
        languages=languages,
        licence=entry.licence,
        commercial_use=entry.commercial_use,
        size_bytes=entry.size_bytes,
        state=state,
    )
