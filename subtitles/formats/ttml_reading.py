"""Paragraphs of a TTML document through ttconv's reader, every fault named with its line."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from fractions import Fraction

from ttconv import model
from ttconv.imsc import attributes, reader
from ttconv.style_properties import (
    DisplayAlignType,
    FontStyleType,
    FontWeightType,
    StyleProperties,
    TextDecorationType,
)

from subtitles.cues import Position
from subtitles.formats.document import Notes
from subtitles.formats.entries import Entry
from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.styled import Run, rows_of
from subtitles.formats.ttml_header import frame_rate_of, line_of, tick_rate_of
from subtitles.span import MS_PER_SECOND

_NAME = "TTML"
_TTML = "{http://www.w3.org/ns/ttml}"
_TTP = "{http://www.w3.org/ns/ttml#parameter}"
_TIMES = ("begin", "end", "dur")
_CONTAINERS = frozenset({f"{_TTML}body", f"{_TTML}div"})
_BEYOND_ALL_FILMS_S = 36_000_000
_HEIGHT = 100  # percent
_SPACES = re.compile(r"[ \t\r\n]+")


def paragraphs(root: ET.Element, notes: Notes, *, repair: bool) -> list[Entry]:
    """The document's paragraphs with their absolute times, in the file's order.

    Empty paragraphs, which are lawful spacers, are left out with a remark.

    Raises:
        MalformedSubtitleError: no TTML, a time that is none, or a paragraph without times.
    """
    if root.tag != f"{_TTML}tt":
        raise MalformedSubtitleError(_NAME, line_of(root), "expected a tt element of TTML")
    frame_rate_of(root)
    _require_times(root)
    lines = _kept_lines(root, notes, repair=repair)
    _end_containers(root)
    content = _content(root)
    body = content.get_body()
    found = [] if body is None else list(_timed(body, Fraction(0), None))
    if len(found) != len(lines):
        raise MalformedSubtitleError(_NAME, line_of(root), "ttconv does not see all paragraphs")
    entries = []
    for line, (paragraph, start, end) in zip(lines, found, strict=True):
        rows = rows_of(_runs(paragraph))
        if not rows:
            notes.remark(line, "an empty paragraph is left out")
            continue
        if end is None:
            raise MalformedSubtitleError(_NAME, line, "a paragraph without an end")
        entries.append(
            Entry(
                line=line,
                times_line=line,
                start_ms=round(start * MS_PER_SECOND),
                end_ms=round(end * MS_PER_SECOND),
                rows=rows,
                position=_position(paragraph),
            )
        )
    return entries


def _content(root: ET.Element) -> model.ContentDocument:
    try:
        return reader.to_model(ET.ElementTree(root))
    except (ValueError, TypeError, AttributeError, ZeroDivisionError, KeyError) as error:
        why = f"ttconv cannot read it ({str(error)[:60]})"
        raise MalformedSubtitleError(_NAME, line_of(root), why) from error


def _require_times(root: ET.Element) -> None:
    """Every time must be one: ttconv would leave it out with a line in the log."""
    context = attributes.TemporalAttributeParsingContext(
        frame_rate=frame_rate_of(root) or Fraction(30),
        tick_rate=tick_rate_of(root),
    )
    for element in root.iter():
        for name in _TIMES:
            value = element.get(name)
            if value is None or not element.tag.startswith(_TTML):
                continue
            try:
                attributes.parse_time_expression(context, value)
            except ValueError as error:
                why = f"{name}={value[:30]!r} is no time"
                raise MalformedSubtitleError(_NAME, line_of(element), why) from error


def _kept_lines(root: ET.Element, notes: Notes, *, repair: bool) -> list[int]:
    """The lines of all paragraphs.

    ttconv leaves out paragraphs of no duration; they are refused, or taken out as a repair.
    """
    lines = []
    for parent in root.iter():
        for element in list(parent):
            if element.tag != f"{_TTML}p":
                continue
            begin, end = element.get("begin"), element.get("end")
            timeless = begin is not None and begin == end
            if timeless and not repair:
                why = "it is shown for no time at all"
                raise MalformedSubtitleError(_NAME, line_of(element), why)
            if timeless:
                text = _SPACES.sub(" ", "".join(element.itertext())).strip()
                notes.repair(line_of(element), "a paragraph of no duration is left out", text, "")
                parent.remove(element)
                continue
            lines.append(line_of(element))
            if any(
                part.get(name) is not None
                for part in element.iter()
                for name in _TIMES[:2]
                if part is not element
            ):
                notes.remark(lines[-1], "times inside a paragraph are left out: all of it is shown")
    return lines


def _end_containers(root: ET.Element) -> None:
    """Give body and div elements that have a begin but no end an end beyond all films.

    ttconv takes the ends of what is inside them for times of their own and leaves them out.
    """
    for parent in root.iter():
        for element in parent if parent.get("timeContainer") != "seq" else ():
            is_open = element.get("end") is None and element.get("dur") is None
            if element.tag in _CONTAINERS and element.get("begin") is not None and is_open:
                element.set("end", f"{_BEYOND_ALL_FILMS_S}s")


def _timed(
    element: model.ContentElement, start: Fraction, end: Fraction | None
) -> Iterator[tuple[model.P, Fraction, Fraction | None]]:
    """Paragraphs with absolute times: an element's times count from its parent's start."""
    own_start = start + (element.get_begin() or 0)
    ends = [start + element.get_end()] if element.get_end() is not None else []
    own_end = min([*ends, *([end] if end is not None else [])], default=None)
    if own_end is not None and own_end >= _BEYOND_ALL_FILMS_S:
        own_end = None
    if isinstance(element, model.P):
        yield element, own_start, own_end
        return
    for child in element:
        yield from _timed(child, own_start, own_end)


def _runs(paragraph: model.P) -> Iterator[Run]:
    for element in paragraph.dfs_iterator():
        if isinstance(element, model.Br):
            yield Run("\n")
        elif isinstance(element, model.Text):
            text = element.get_text()
            if element.parent().get_space() is model.WhiteSpaceHandling.DEFAULT:
                text = _SPACES.sub(" ", text)
            yield Run(text.replace("\r", ""), _styles(element))


def _styles(text: model.Text) -> str:
    wanted = (
        ("i", StyleProperties.FontStyle, lambda value: value is not FontStyleType.normal),
        ("b", StyleProperties.FontWeight, lambda value: value is FontWeightType.bold),
        ("u", StyleProperties.TextDecoration, _underlines),
    )
    found = ""
    for letter, style, is_on in wanted:
        element = text.parent()
        while element is not None and element.get_style(style) is None:
            element = element.parent()
        if element is not None and is_on(element.get_style(style)):
            found += letter
    return found


def _underlines(value: object) -> bool:
    return isinstance(value, TextDecorationType) and value.underline is True


def _position(paragraph: model.P) -> Position:
    """The upper half of the picture is the top: by the region's alignment and origin."""
    element = paragraph
    while element is not None and element.get_region() is None:
        element = element.parent()
    if element is None:
        return Position.BOTTOM
    region = element.get_region()
    origin = region.get_style(StyleProperties.Origin)
    at = 0 if origin is None else origin.y.value
    align = region.get_style(StyleProperties.DisplayAlign)
    if align is DisplayAlignType.after:
        extent = region.get_style(StyleProperties.Extent)
        at = _HEIGHT if origin is None or extent is None else at + extent.height.value - 1
    elif align is None and origin is None:
        at = _HEIGHT
    return Position.TOP if at < _HEIGHT / 2 else Position.BOTTOM
