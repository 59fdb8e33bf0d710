"""The files of style profiles: read, checked, and laid one over the other.

``profiles/*.toml`` holds one file per language (``base`` for what holds everywhere),
``profiles/clients/*.toml`` one per house style, and ``profiles/sources.toml`` the publications they
come from. A file states ``checked_on``, ``source`` (an id of that list) and values in tables;
``[sources]`` names another source for a value, a list or a whole table. A value is advisory when
its source is: nobody's published words stand behind it.

A client's file adds ``title``, for which ``languages`` or ``scripts`` and ``kinds`` it is meant
(everything it does not restrict), and tables of single languages: ``[language.ko.style]``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from subtitles.style.terms import InvalidProfileError, Kind
from subtitles.style.values import SECTIONS, read_section

FOLDER = Path(__file__).parents[1] / "profiles"
CLIENTS = "clients"
BASE = "base"
_SOURCES = "sources"
_ABOUT = frozenset({"checked_on", "source", "sources"})
_ABOUT_CLIENT = frozenset({"title", "languages", "scripts", "kinds", "language"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileValue:
    """One value of a profile and where it comes from.

    Attributes:
        name: As `StyleProfile` or `Typography` names it; ``severity:overlap`` for a rule.
        value: What it is.
        file: The file that states it, below ``subtitles/profiles``.
        source: The publication behind it.
        checked_on: When that file was last compared with its sources.
        advisory: No published guide for this language was seen to say so.
    """

    name: str
    value: object
    file: str
    source: str
    checked_on: date
    advisory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFile:
    """One file, checked.

    Attributes:
        values: By name; speeds as ``max_chars_per_second:sdh:adult``.
        source: What stands behind values the file does not speak of.
        title: Of a client, in a line.
        languages: Tags a client serves; empty for all.
        scripts: ISO 15924 codes a client serves; empty for all.
        kinds: What a client serves.
        narrower: A client's values for single languages.
    """

    values: Mapping[str, ProfileValue]
    source: str
    title: str = ""
    languages: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = get_args(Kind)
    narrower: Mapping[str, Mapping[str, ProfileValue]] = field(default_factory=dict)


def language_file(name: str, folder: Path = FOLDER) -> ProfileFile | None:
    """The file of a tag such as ``pt-BR`` or of ``base``; None when there is none.

    Raises:
        InvalidProfileError: the file cannot be used; names file and key.
    """
    return _file(folder, f"{name}.toml") if (folder / f"{name}.toml").is_file() else None


def client_file(name: str, folder: Path = FOLDER) -> ProfileFile:
    """The file of one of `client_names`.

    Raises:
        InvalidProfileError: the file cannot be used; names file and key.
    """
    return _file(folder, f"{CLIENTS}/{name}.toml")


def language_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Tags that have a file of their own, sorted."""
    return tuple(sorted({path.stem for path in folder.glob("*.toml")} - {BASE, _SOURCES}))


def client_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Clients that have a file, sorted."""
    return tuple(sorted(path.stem for path in (folder / CLIENTS).glob("*.toml")))


def _file(folder: Path, name: str) -> ProfileFile:
    """A file as it stands now: what was parsed is kept for as long as the file stays the same."""
    sources, own = folder / f"{_SOURCES}.toml", folder / name
    ages = tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in (sources, own))
    return _checked(sources, own, name, ages)


@lru_cache(maxsize=256)
def _checked(
    sources: Path, own: Path, name: str, _ages: tuple[tuple[int, int], ...]
) -> ProfileFile:
    known, table = _parsed(sources, sources.name), _parsed(own, name)
    try:
        about = _About(name, table, known)
        values = about.values_of(table, "")
        if not name.startswith(f"{CLIENTS}/"):
            _refuse_unknown(table, {*_ABOUT, *SECTIONS}, "")
            return ProfileFile(values=values, source=about.title)
        _refuse_unknown(table, {*_ABOUT, *_ABOUT_CLIENT, *SECTIONS}, "")
        return ProfileFile(values=values, source=about.title, **_client(about, table))
    except ValueError as error:
        raise InvalidProfileError(name, str(error)) from error


def _parsed(path: Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:  # tomllib's and the decoder's errors are ValueErrors
        raise InvalidProfileError(name, f"it is no TOML in UTF-8 ({error})") from error


class _About:
    """What a file says about itself, and with it the values of its tables."""

    def __init__(self, file: str, table: dict[str, Any], known: dict[str, Any]) -> None:
        self._file, self._known = file, known
        checked_on = table.get("checked_on")
        if type(checked_on) is not date:
            raise ValueError("checked_on has to be a date such as 2026-11-22")
        self._checked_on: date = checked_on
        self._source = table.get("source", "")
        self.title, _ = self._cited("source", self._source)

    def values_of(self, table: dict[str, Any], where: str) -> Mapping[str, ProfileValue]:
        """The values of the tables of a file, or of one language in a client's file."""
        cited = _table(table, "sources", where)
        values, unused = {}, set(cited)
        for section in SECTIONS:
            for name, value in read_section(section, _table(table, section, where), where):
                key = next((key for key in _citations(name, section) if key in cited), "")
                unused.discard(key)
                title, advisory = self._cited(f"{where}sources.{key}", cited.get(key, self._source))
                values[name] = ProfileValue(
                    name=name,
                    value=value,
                    file=self._file,
                    source=title,
                    checked_on=self._checked_on,
                    advisory=advisory,
                )
        if unused:
            raise ValueError(f"{where}sources.{min(unused)} is no value that stands in this file")
        return MappingProxyType(values)

    def _cited(self, where: str, source: object) -> tuple[str, bool]:
        entry = self._known.get(source) if type(source) is str else None
        if type(entry) is not dict:
            raise ValueError(f"{where} is {str(source)[:40]!r} and has to be one of sources.toml")
        title, advisory = entry.get("title"), entry.get("advisory", False)
        if set(entry) - {"title", "advisory"} or type(advisory) is not bool or not title:
            raise ValueError(f"{source} of sources.toml needs a title and may say advisory = true")
        return str(title), advisory


def _citations(name: str, section: str) -> Iterator[str]:
    """Keys of ``[sources]`` that speak of a value, the narrowest first."""
    while name:
        yield name
        name = name.rpartition(":")[0]
    yield section


def _client(about: _About, table: dict[str, Any]) -> dict[str, Any]:
    title = table.get("title")
    if type(title) is not str or not title:
        raise ValueError("title has to say in a line what the client's style is")
    served: dict[str, Any] = {}
    for name in ("languages", "scripts", "kinds"):
        listed = table.get(name, [])
        if not isinstance(listed, list) or not all(type(one) is str for one in listed):
            raise ValueError(f"{name} has to be a list of texts")
        if listed:
            served[name] = tuple(listed)
    wrong = set(served.get("kinds", ())) - set(get_args(Kind))
    if wrong:
        raise ValueError(f"kinds names {min(wrong)!r}: use {', '.join(get_args(Kind))}")
    narrower = {}
    languages = _table(table, "language", "")
    for tag in languages:
        own, where = _table(languages, tag, "language."), f"language.{tag}."
        _refuse_unknown(own, {"sources", *SECTIONS}, where)
        narrower[tag] = about.values_of(own, where)
    return served | {"title": title, "narrower": MappingProxyType(narrower)}


def _table(table: dict[str, Any], name: str, where: str) -> dict[str, Any]:
    found: dict[str, Any] = table.get(name, {})
    if type(found) is not dict:
        raise ValueError(f"{where}{name} has to be a table")
    return found


def _refuse_unknown(table: dict[str, Any], allowed: set[str], where: str) -> None:
    for name in table:
        if name not in allowed:
            raise ValueError(
                f"{where}{name} is no part of such a file: use {', '.join(sorted(allowed))}"
            )
