"""Translation units out of a Translation Memory eXchange file, TMX 1.1 to 1.4b.

Of the document types, the plain ``<!DOCTYPE tmx SYSTEM "tmx14.dtd">`` that many tools write is
accepted and never read; any other, and any entity but XML's own five, is refused. Codes of other
formats inside a sentence (``<bpt>``, ``<ph>`` and their kin) are left out, highlighted words
(``<hi>``) stay. What cannot become a unit is passed over and told.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from subtitles.errors import FormatError
from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.xml_tree import LINE, parse_xml
from subtitles.language import LanguageTag, UnknownLanguageError, parse_language
from subtitles.plain_text import clean_text
from translate.memory.tmx_writing import AFTER, BEFORE, ROLE, TASK, TITLE
from translate.memory.units import MAX_TITLE_CHARS, MAX_UNIT_CHARS, InvalidUnitError, MemoryUnit
from translate.translator import LanguagePair

NAME = "TMX"
MAX_TMX_BYTES = 100_000_000
MAX_TMX_UNITS = 100_000
"""Larger files have to be split: the tree of one with 100,000 units takes some 300 MB of memory."""

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ANY_SOURCE = "*all*"
# Names that other tools give to the context of a sentence.
_BEFORE_NAMES = (BEFORE, "prev", "x-context-previous", "x-previous-source-text")
_AFTER_NAMES = (AFTER, "next", "x-context-next", "x-following-source-text")
_TIME = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_TIME_FORMAT = "%Y%m%dT%H%M%SZ"
_MOST_REMARKS = 100


class MalformedMemoryError(FormatError):
    """A file that is no translation memory; nothing of it is used."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(line, why)
        self.line, self.why = line, why

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return f"{NAME}, {where}{self.why}; export the memory as TMX 1.4 again"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMemory:
    """What a file holds.

    Attributes:
        units: In the order of the file; one for each translation of a sentence.
        passed_over: How many sentences or translations could not become units.
        remarks: Why, by line; the first hundred.
    """

    units: tuple[MemoryUnit, ...]
    passed_over: int = 0
    remarks: tuple[str, ...] = ()


def decode_tmx(data: bytes, title: str = "") -> ReadMemory:
    """Every unit of a file.

    The source of a unit is what the unit or the file names as such; in a file that names none
    (``*all*``) it is the language that stands first in the unit.

    Args:
        data: The file: UTF-8, or UTF-16 with a byte order mark.
        title: Where units come from that do not say so themselves, such as the file's name.

    Raises:
        MalformedMemoryError: not TMX, not well-formed, too large, or with what is refused.
    """
    try:
        root = parse_xml(_text(data), NAME, max_elements=20 * MAX_TMX_UNITS, doctype="tmx")
    except MalformedSubtitleError as error:
        raise MalformedMemoryError(error.line, error.why) from error
    body, header = root.find("body"), root.find("header")
    if root.tag != "tmx" or body is None or header is None:
        raise MalformedMemoryError(_line(root), "there is no header and body of a TMX file")
    reader = _Reader(header.get("srclang", _ANY_SOURCE), clean_text(title)[:MAX_TITLE_CHARS])
    for element in body.iter("tu"):
        reader.read(element)
    return reader.result()


@dataclass(frozen=True, slots=True)
class _Variant:
    """A sentence in one language."""

    language: LanguageTag
    text: str
    line: int


class _Reader:
    """Reads unit by unit, and notes what it passes over."""

    def __init__(self, source: str, title: str) -> None:
        self._source, self._title = source, title
        self._units: list[MemoryUnit] = []
        self._passed_over = 0
        self._remarks: list[str] = []

    def read(self, element: ET.Element) -> None:
        """Every translation of one unit."""
        variants = list(self._variants(element))
        source = _source_of(variants, element.get("srclang", self._source))
        if source is None:
            self._pass_over(_line(element), "no sentence in the source language")
            return
        context = {name: _property(element, names) for name, names in _TOLD.items()}
        context["title"] = context["title"] or self._title
        for variant in variants:
            if variant is source:
                continue
            if len(self._units) == MAX_TMX_UNITS:
                why = f"more than {MAX_TMX_UNITS} units: split the file"
                raise MalformedMemoryError(variant.line, why)
            try:
                self._units.append(
                    MemoryUnit(
                        pair=LanguagePair(source.language, variant.language),
                        source_text=source.text,
                        text=variant.text,
                        approved_at=_changed(element),
                        **context,
                    )
                )
            except InvalidUnitError as error:
                self._pass_over(variant.line, str(error))

    def result(self) -> ReadMemory:
        """Everything read."""
        return ReadMemory(
            units=tuple(self._units),
            passed_over=self._passed_over,
            remarks=tuple(self._remarks),
        )

    def _variants(self, element: ET.Element) -> Iterator[_Variant]:
        for variant in element.findall("tuv"):
            segment = variant.find("seg")
            said = variant.get(_LANGUAGE) or variant.get("lang") or ""
            if segment is None:
                self._pass_over(_line(variant), "a variant without a sentence")
                continue
            try:
                language = parse_language(said)
            except UnknownLanguageError as error:
                self._pass_over(_line(variant), str(error))
                continue
            yield _Variant(language, clean_text("".join(_words(segment))), _line(variant))

    def _pass_over(self, line: int, why: str) -> None:
        self._passed_over += 1
        if len(self._remarks) < _MOST_REMARKS:
            self._remarks.append(f"line {line}: {why}")


_TOLD = {
    "title": (TITLE,),
    "task_id": (TASK,),
    "role": (ROLE,),
    "before": _BEFORE_NAMES,
    "after": _AFTER_NAMES,
}


def _source_of(variants: list[_Variant], wanted: str) -> _Variant | None:
    """The variant in the language named, region aside where there is no other; or the first."""
    if wanted == _ANY_SOURCE:
        return variants[0] if variants else None
    folded = wanted.replace("_", "-").casefold()
    exact = (one for one in variants if one.language.casefold() == folded)
    base = (one for one in variants if _base(one.language) == _base(folded))
    return next(exact, None) or next(base, None)


def _base(tag: str) -> str:
    return tag.partition("-")[0]


def _property(element: ET.Element, names: tuple[str, ...]) -> str:
    """The text of the first property of one of these names, of the unit or a variant of it."""
    for one in element.iter("prop"):
        if one.get("type", "").casefold() in names:
            limit = MAX_UNIT_CHARS if names in {_BEFORE_NAMES, _AFTER_NAMES} else MAX_TITLE_CHARS
            return clean_text(clean_text(one.text or "")[:limit])
    return ""


def _changed(element: ET.Element) -> datetime | None:
    """When the unit was changed last, or made; None without a date that anybody can read."""
    for name in ("changedate", "creationdate"):
        said = element.get(name, "")
        if _TIME.fullmatch(said):
            try:
                return datetime.strptime(said, _TIME_FORMAT).replace(tzinfo=UTC)
            except ValueError:
                continue
    return None


def _words(element: ET.Element) -> Iterator[str]:
    """The words of a sentence without the codes of the format it was taken from."""
    yield element.text or ""
    for child in element:
        if child.tag == "hi":
            yield from _words(child)
        yield child.tail or ""


def _text(data: bytes) -> str:
    if len(data) > MAX_TMX_BYTES:
        raise MalformedMemoryError(0, f"more than {MAX_TMX_BYTES // 1_000_000} MB are not read")
    is_wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    try:
        return data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise MalformedMemoryError(line, "neither UTF-8 nor UTF-16 with a mark") from error


def _line(element: ET.Element) -> int:
    return int(element.get(LINE, "0"))
