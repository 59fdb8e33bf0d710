"""What a catalogue asks for, title by title, and what of it cannot be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from flows.names import parse_names
from flows.pipeline import parse_targets
from flows.request import LocalizeRequest
from subtitles.errors import FormatError, PolycueError


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTitle:
    """One title.

    Attributes:
        where: Where it was asked for, such as ``titles.csv, row 12``.
        request: What is asked.
    """

    where: str
    request: LocalizeRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueFault:
    """Something that cannot be asked for: where it stands, and why, in one line."""

    where: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Titles in the order in which they were asked for; what is wrong does not stop the rest."""

    titles: tuple[WantedTitle, ...] = ()
    faults: tuple[CatalogueFault, ...] = ()


class CatalogueError(FormatError):
    """A catalogue that cannot be read at all."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)
        self.path, self.why = path, why

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


def wanted_title(
    where: str, fields: Mapping[str, object], usual: LocalizeRequest, folder: Path
) -> WantedTitle | CatalogueFault:
    """One title of a manifest.

    Args:
        where: For people.
        fields: As the manifest has them, by the names of `LocalizeRequest`; ``to`` is ``targets``.
            What is empty counts as not said.
        usual: What holds where the manifest says nothing.
        folder: What its relative paths are relative to.
    """
    said = {_name(key): value for key, value in fields.items() if value not in ("", None)}
    if "media" not in said:
        return CatalogueFault(where=where, why="names no media file")
    try:
        asked = usual.model_dump() | _values(said, folder)
        request = LocalizeRequest.model_validate(asked)
    except ValidationError as error:
        return CatalogueFault(where=where, why=_why(error))
    except PolycueError as error:
        return CatalogueFault(where=where, why=str(error))
    if not request.media.is_file():
        return CatalogueFault(where=where, why=f"there is no file {request.media}")
    return WantedTitle(where=where, request=request)


def without_doubles(catalogue: Catalogue) -> Catalogue:
    """Each film once, and no two whose files would be the same; a fault names the first of them."""
    films: dict[Path, str] = {}
    files: dict[tuple[Path, str], str] = {}
    titles, faults = [], list(catalogue.faults)
    for one in catalogue.titles:
        request = one.request
        film, file = request.media.resolve(), (request.out_folder, request.stem)
        if film in films:
            why = f"{request.media.name} is asked for in {films[film]} already"
        elif file in files:
            why = f"its files would overwrite those of {files[file]}: give it another folder (out)"
        else:
            films[film] = files[file] = one.where
            titles.append(one)
            continue
        faults.append(CatalogueFault(where=one.where, why=why))
    return Catalogue(titles=tuple(titles), faults=tuple(faults))


def of_media(paths: Iterable[Path], usual: LocalizeRequest) -> Catalogue:
    """Films of which nothing else is said."""
    wanted = (
        WantedTitle(where=str(path), request=usual.model_copy(update={"media": path}))
        for path in paths
    )
    return without_doubles(Catalogue(titles=tuple(wanted)))


def _name(key: str) -> str:
    plain = key.strip().lower().replace("-", "_")
    return {"to": "targets", "glossary": "glossaries"}.get(plain, plain)


_PATHS = ("media", "out", "speech_model", "translation_model")


def _values(said: Mapping[str, object], folder: Path) -> dict[str, object]:
    """What the fields mean: lists in one cell, paths relative to the manifest."""
    values = dict(said)
    for name in _PATHS:
        if name in values:
            values[name] = _path(values[name], folder)
    if "glossaries" in values:
        values["glossaries"] = tuple(_path(one, folder) for one in _listed(values["glossaries"]))
    if isinstance(values.get("targets"), str):
        values["targets"] = parse_targets(str(values["targets"]))
    if isinstance(values.get("names"), str):
        values["names"] = parse_names(str(values["names"]))
    if "formats" in values:
        values["formats"] = _listed(values["formats"])
    return values


def _path(value: object, folder: Path) -> Path:
    text = str(value)
    if "\0" in text:
        raise CatalogueError(repr(text[:40]), "is no path")
    return folder / Path(text).expanduser()


def _listed(value: object) -> tuple[object, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.replace(";", ",").split(",") if part.strip())
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _why(error: ValidationError) -> str:
    """The first thing wrong, in one line."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"]) or "row"
    return f"{name}: {first['msg']}".splitlines()[0]
