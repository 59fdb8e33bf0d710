"""A model as it is wanted here: the registry's entry under this workspace's pin."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.models.digests import Recorded, content_revision
from flows.models.entries import HubSource, ModelEntry, WheelSource
from flows.models.pins import Pin, read_pins


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedModel:
    """What has to be there before a model may be loaded.

    Attributes:
        entry: As registered.
        commit: Of the hub repository; None without a hub source or without any pin.
        recorded: What is known of each file.
        wheels: The wheel source, unless a pin asks for another commit than the wheels hold.
    """

    entry: ModelEntry
    commit: str | None
    recorded: Mapping[str, Recorded]
    wheels: WheelSource | None

    @property
    def hub(self) -> HubSource | None:
        """The hub source, if there is one."""
        return self.entry.hub

    @property
    def revision(self) -> str | None:
        """The content revision, None until every digest is known."""
        digests = {name: record.sha256 for name, record in self.recorded.items()}
        known = {name: digest for name, digest in digests.items() if digest is not None}
        return content_revision(known) if len(known) == len(digests) else None

    @property
    def key(self) -> str | None:
        """What names its folder in the cache; None for a hub model that nobody pinned yet."""
        return self.commit or (None if self.hub else self.revision)


def wanted_model(entry: ModelEntry, cache_dir: Path) -> WantedModel:
    """The entry under the pins of this cache.

    Raises:
        MalformedPinsError: the pin file cannot be read.
    """
    return under_pin(entry, read_pins(cache_dir).get(entry.name))


def under_pin(entry: ModelEntry, pin: Pin | None) -> WantedModel:
    """The entry under one pin: another commit than the registry's voids the registry's digests."""
    hub = entry.hub
    registered = hub.revision if hub else None
    moved = pin is not None and hub is not None and pin.commit != registered
    recorded = {}
    for file in entry.files:
        first_seen = pin.digests.get(file.name) if pin is not None else None
        recorded[file.name] = Recorded(
            sha256=first_seen if moved else file.sha256 or first_seen,
            size_bytes=None if moved and registered else file.size_bytes,
        )
    return WantedModel(
        entry=entry,
        commit=pin.commit if pin is not None and hub is not None else registered,
        recorded=recorded,
        wheels=None if moved else entry.wheels,
    )


def known_revision(entry: ModelEntry, cache_dir: Path) -> str | None:
    """The content revision a model has or will have, told without reading a weight.

    None for a hub model that was never pulled here and whose digests the registry does not know.

    Raises:
        MalformedPinsError: the pin file cannot be read.
    """
    return wanted_model(entry, cache_dir).revision
