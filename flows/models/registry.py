"""The two registries, read from ``asr/models.toml`` and ``translate/models.toml`` and checked.

Where a hub model's commit is known, it stands in the file; where it is not, none is invented:
such a model has to be pinned by a person (`flows.models.pins`). Digests that are not in the file
are recorded at the first pull and required from then on (trust on first use).
"""

import tomllib
from importlib import resources

from pydantic import ValidationError

from flows.models.entries import (
    HubSource,
    ModelEntry,
    ModelFile,
    Registry,
    Room,
    Source,
    WheelSource,
)
from flows.models.errors import MalformedRegistryError, UnknownModelError
from flows.models.schema import FileRow, HubRow, ModelRow, RegistryFile, WheelRow
from subtitles.language import LanguageTag
from translate.translator import LanguagePair


def load_registry() -> Registry:
    """Both registries as installed.

    Raises:
        MalformedRegistryError: one of the files breaks the schema; names the model and the key.
    """
    entries: list[ModelEntry] = []
    for room in Room:
        text = resources.files(room.value).joinpath("models.toml").read_text("utf-8")
        entries += parse_registry(text, room, f"{room.value}/models.toml")
    return checked_registry(tuple(entries))


def parse_registry(text: str, room: Room, file: str) -> tuple[ModelEntry, ...]:
    """The models of one file, in its order.

    Raises:
        MalformedRegistryError: no TOML, or not of the schema.
    """
    try:
        data = RegistryFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise MalformedRegistryError(file, str(error)) from error
    except ValidationError as error:
        raise MalformedRegistryError(file, _first_fault(error, text)) from error
    return tuple(_entry(row, room, data, file) for row in data.model)


def checked_registry(entries: tuple[ModelEntry, ...]) -> Registry:
    """The entries as one registry.

    Raises:
        MalformedRegistryError: a name used twice, a substitute that is none, or a licence that
            forbids commercial use in the starter tier.
    """
    registry = Registry(entries=entries)
    for entry in entries:
        file = f"{entry.room.value}/models.toml"
        if registry.find(entry.name) is not entry:
            raise MalformedRegistryError(file, f"model {entry.name!r} is listed twice")
        for name in entry.substitutes:
            other = registry.find(name)
            if other is None or other.room is not entry.room or not other.commercial_use:
                raise MalformedRegistryError(
                    file, f"model {entry.name!r}: substitute {name!r} is no model free to use"
                )
    return registry


def require(registry: Registry, name: str) -> ModelEntry:
    """The model of that name.

    Raises:
        UnknownModelError: there is none; lists those there are.
    """
    entry = registry.find(name)
    if entry is None:
        raise UnknownModelError(name, tuple(known.name for known in registry.entries))
    return entry


def _first_fault(error: ValidationError, text: str) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    location = first["loc"]
    if len(location) > 1 and location[0] == "model" and isinstance(location[1], int):
        row = tomllib.loads(text)["model"][location[1]]
        name = row.get("name") if isinstance(row, dict) else None
        rest = ".".join(str(part) for part in location[2:])
        where = f"model {name!r}, {rest}" if rest else f"model {name!r}"
    reason = str(first["msg"]).removeprefix("Value error, ").split("\n")[0]
    return f"{where}: {reason}"


def _entry(row: ModelRow, room: Room, data: RegistryFile, file: str) -> ModelEntry:
    languages = [LanguageTag(tag) for tag in row.languages]
    if row.language_group is not None:
        if row.language_group not in data.language_groups:
            raise MalformedRegistryError(
                file, f"model {row.name!r}: there is no language group {row.language_group!r}"
            )
        languages += [LanguageTag(tag) for tag in data.language_groups[row.language_group]]
    return ModelEntry(
        name=row.name,
        room=room,
        engine=row.engine,
        tiers=tuple(row.tiers),
        languages=tuple(languages),
        not_languages=tuple(LanguageTag(tag) for tag in row.not_languages),
        pairs=tuple(LanguagePair(LanguageTag(one), LanguageTag(two)) for one, two in row.pairs),
        licence=row.licence,
        commercial_use=row.commercial_use,
        attribution=row.attribution,
        substitutes=tuple(row.substitutes),
        files=tuple(_file(one) for one in row.file),
        sources=tuple(_source(one) for one in row.source),
        about_bytes=row.about_bytes,
    )


def _file(row: FileRow) -> ModelFile:
    return ModelFile(
        name=row.name,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        wheel_paths=tuple(row.wheel_paths),
    )


def _source(row: WheelRow | HubRow) -> Source:
    if isinstance(row, HubRow):
        return HubSource(repository=row.repository, revision=row.revision)
    return WheelSource(
        distributions=tuple(row.distributions),
        in_place=row.in_place,
        holds_engine=row.holds_engine,
    )
