"""How the files of a title are named: a template with fields, and presets for common readers.

``[client/]``: what stands in brackets goes when a field in it is empty. Folders are written with
``/``. What the fields bring is made safe (`safe_text`); what the template itself says is refused
when it could leave the folder or hide a file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType

from flows.errors import InvalidNamingError
from subtitles.language import LanguageTag

PRESETS: Mapping[str, str] = MappingProxyType(
    {
        "plain": "{title}.{lang}.{ext}",
        # Plex and Jellyfin: the language, then what kind of subtitles these are.
        "media-server": "{title}.{lang}[.{kind}].{ext}",
        "broadcaster": "{title}_{lang}[_{kind}]_v{version}.{ext}",
    }
)
"""Templates that have a name."""

FIELDS = ("title", "lang", "kind", "client", "project", "version", "date", "ext")

KINDS: Mapping[str, str] = MappingProxyType({"subtitle": ""})
"""Kinds of subtitles that a name says nothing of; the others are named as they are: ``sdh``."""

MAX_NAME_BYTES = 255
"""Of one name, in UTF-8: ext4, XFS, APFS and NTFS take no longer one."""

_MAX_TEMPLATE = 300
_PART = re.compile(r"\{(?P<field>[^{}\[\]]*)\}|(?P<mark>[\[\]])|(?P<text>[^{}\[\]]+)")
# Names of devices on Windows, whatever follows the first dot; shares and media servers meet them.
_PORTS = frozenset(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))
_DEVICES = frozenset({"con", "prn", "aux", "nul"}) | _PORTS
# Letters of Persian and of Indic scripts join by these; all other invisible characters go.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a template: plain text, or the name of a field."""

    text: str
    is_field: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFields:
    """What a template may name of a title, besides language and ending.

    Attributes:
        title: Of the film or episode.
        made_on: ``{date}``: of the run, or of the approval; written as 2026-11-23.
        kind: As in a style profile.
        client: Whose house style; empty for none.
        project: Its name in review; empty for none.
        version: Number of the approval; 0 for a draft.
    """

    title: str
    made_on: date
    kind: str = "subtitle"
    client: str = ""
    project: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class NamingTemplate:
    """A template that has been read; see `parse_naming`.

    Attributes:
        groups: Pieces in order; those of an optional stretch stand together.
    """

    groups: tuple[tuple[tuple[_Part, ...], bool], ...]

    def path(self, fields: NameFields, language: LanguageTag, ending: str) -> PurePosixPath:
        """Where a file goes, below the folder of the files.

        Args:
            fields: Of the title.
            language: Of the text.
            ending: Without a dot before it, such as ``srt`` or ``bilingual.srt``.

        Raises:
            InvalidNamingError: a name is longer than a file system takes.
        """
        values = _values(fields, language, ending)
        written = "".join(
            _written(parts, is_optional, values) for parts, is_optional in self.groups
        )
        names = [_safe_name(name) for name in written.split("/")]
        for name in names:
            if len(name.encode()) > MAX_NAME_BYTES:
                message = (
                    f"the file name {name[:40]!r}… takes {len(name.encode())} bytes, and "
                    f"{MAX_NAME_BYTES} is the limit: shorten the title or the naming template"
                )
                raise InvalidNamingError(message)
        return PurePosixPath(*(name for name in names if name))


def parse_naming(text: str) -> NamingTemplate:
    """Read a template, or the name of a preset.

    Raises:
        InvalidNamingError: an unknown field or preset, brackets that do not match, no ``{title}``,
            no ``.{ext}`` at the end, or text that would leave the folder or hide a file.
    """
    template = PRESETS.get(text, text)
    if "{" not in template:
        raise InvalidNamingError(
            f"there is no naming preset {text[:40]!r}: name one of {', '.join(PRESETS)}, "
            "or give a template such as {title}.{lang}.{ext}"
        )
    _refuse_unsafe(template)
    return NamingTemplate(tuple(_groups(template)))


def checked_naming(text: str) -> str:
    """A template or the name of a preset as it is, also an empty one; raises as `parse_naming`."""
    if text:
        parse_naming(text)
    return text


def safe_text(text: str) -> str:
    """A text as part of a file name: one name that stays in its folder, seen by all."""
    kept = "".join(
        "_" if char in "/\\" or not (char.isprintable() or char in _JOINERS) else char
        for char in text
    )
    return kept.lstrip(".")


def _values(fields: NameFields, language: LanguageTag, ending: str) -> dict[str, str]:
    return {
        "title": safe_text(fields.title) or "title",
        "lang": safe_text(language),
        "kind": KINDS.get(fields.kind, safe_text(fields.kind)),
        # Of a folder's name Windows drops dots and spaces at the end.
        "client": safe_text(fields.client).rstrip(". "),
        "project": safe_text(fields.project).rstrip(". "),
        "version": str(fields.version),
        "date": fields.made_on.isoformat(),
        "ext": ending,
    }


def _written(parts: tuple[_Part, ...], is_optional: bool, values: Mapping[str, str]) -> str:  # noqa: FBT001 - of a pair
    if is_optional and not all(values[part.text] for part in parts if part.is_field):
        return ""
    return "".join(values[part.text] if part.is_field else part.text for part in parts)


def _safe_name(name: str) -> str:
    name = name.lstrip(".")
    return f"_{name}" if name.partition(".")[0].rstrip().casefold() in _DEVICES else name


def _refuse_unsafe(template: str) -> None:
    shown = repr(template[:80])
    names = template.replace("[", "").replace("]", "").split("/")
    if len(template) > _MAX_TEMPLATE or not template.isprintable() or "\\" in template:
        raise InvalidNamingError(
            f"{shown} is no naming template: give up to {_MAX_TEMPLATE} printable characters, "
            "and / between folders"
        )
    if any(not name or name.startswith((".", " ")) or name.endswith((".", " ")) for name in names):
        raise InvalidNamingError(
            f"{shown} is no naming template: every folder and file in it needs a name that "
            "neither begins nor ends with a dot or a space"
        )
    if not template.endswith(".{ext}") or "{title}" not in template:
        raise InvalidNamingError(
            f"{shown} is no naming template: it has to hold {{title}} and to end with .{{ext}}"
        )


def _groups(template: str) -> list[tuple[tuple[_Part, ...], bool]]:
    groups: list[tuple[tuple[_Part, ...], bool]] = []
    parts: list[_Part] = []
    is_open, place = False, 0
    while place < len(template):
        found = _PART.match(template, place)
        mark = found["mark"] if found else None
        if found is None or mark == ("[" if is_open else "]"):
            raise InvalidNamingError(
                f"the naming template {template[:80]!r} has brackets or braces that do not match"
            )
        place = found.end()
        if mark:
            groups.append((tuple(parts), is_open))
            parts, is_open = [], not is_open
        else:
            parts.append(_part(found))
    if is_open:
        raise InvalidNamingError(f"the naming template {template[:80]!r} lacks a ]")
    return [*groups, (tuple(parts), False)]


def _part(found: re.Match[str]) -> _Part:
    field = found["field"]
    if field is None:
        return _Part(found["text"], is_field=False)
    if field not in FIELDS:
        raise InvalidNamingError(
            f"there is no field {{{field[:40]}}} in a naming template: the fields are "
            f"{', '.join(FIELDS)}"
        )
    return _Part(field, is_field=True)


PLAIN = parse_naming("plain")
"""What files are called where nobody says otherwise."""
