"""TTML in the profile IMSC 1.1 text, written and read through ttconv.

The document is built in ttconv's own model, every subtitle in a region, so that nothing hangs on
its SRT reader. With a frame rate the times are whole frames, otherwise milliseconds. Japanese is
set horizontally, without ruby or emphasis dots: our rows hold neither.
"""

import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

from ttconv.imsc import writer
from ttconv.imsc.config import ContentProfilesSignaling, IMSCWriterConfiguration

from subtitles.formats.blocks import BYTE_ORDER_MARK, require_sane_size
from subtitles.formats.document import DecodedFile, Notes, SubtitleDocument
from subtitles.formats.entries import mended_subtitles, strict_subtitles, styled_subtitle
from subtitles.formats.titles import one_row_title, read_language
from subtitles.formats.ttml_header import frame_rate_of, language_of, title_of
from subtitles.formats.ttml_model import content_document
from subtitles.formats.ttml_reading import paragraphs
from subtitles.formats.xml_tree import parse_xml
from subtitles.span import MS_PER_SECOND, Span

_NAME = "TTML"
_TTML = "{http://www.w3.org/ns/ttml}"
_TITLE = "{http://www.w3.org/ns/ttml#metadata}title"


class TtmlFormat:
    """IMSC 1.1 text: i/b/u, top and bottom regions, language, title, the frame grid."""

    name: ClassVar[str] = _NAME
    extension: ClassVar[str] = "ttml"
    readable: ClassVar[bool] = True

    def carried(self, document: SubtitleDocument) -> SubtitleDocument:
        """See `SubtitleFormat.carried`; with a frame rate, times on the nearest frame."""
        rate = document.frame_rate
        subtitles = []
        for number, subtitle in enumerate(document.subtitles, 1):
            styled = styled_subtitle(subtitle, number, _NAME)
            span = styled.span if rate is None else _on_frames(styled.span, rate)
            subtitles.append(replace(styled, span=span))
        return SubtitleDocument(
            subtitles=tuple(subtitles),
            language=document.language,
            frame_rate=rate,
            title=one_row_title(document.title),
        )

    def encode(self, document: SubtitleDocument) -> str:
        """See `SubtitleFormat.encode`."""
        carried = self.carried(document)
        config = IMSCWriterConfiguration(
            fps=carried.frame_rate, profile_signaling=ContentProfilesSignaling.CONTENT_PROFILES
        )
        tree = writer.from_model(content_document(carried), config)
        root: ET.Element = tree.getroot()
        if carried.title:
            _add_title(root, carried.title)
        _indent(root)
        ET.register_namespace("ttm", "http://www.w3.org/ns/ttml#metadata")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, "unicode")}\n'

    def decode(self, text: str, *, repair: bool = False) -> DecodedFile:
        """See `SubtitleFormat.decode`; a document type or entity is always refused."""
        require_sane_size(text, _NAME)
        notes = Notes()
        root = parse_xml(text.removeprefix(BYTE_ORDER_MARK), _NAME)
        entries = paragraphs(root, notes, repair=repair)
        if repair:
            subtitles = mended_subtitles(entries, _NAME, notes)
        else:
            subtitles = strict_subtitles(entries, _NAME, notes)
        document = SubtitleDocument(
            subtitles=subtitles,
            language=read_language(language_of(root), 1, notes),
            frame_rate=frame_rate_of(root),
            title=one_row_title(title_of(root)),
        )
        return notes.file_of(document)


def _on_frames(span: Span, rate: Fraction) -> Span:
    """The nearest frames' times, at least one frame long."""
    first = round(span.start_ms * rate / MS_PER_SECOND)
    last = max(round(span.end_ms * rate / MS_PER_SECOND), first + 1)
    return Span(round(first * MS_PER_SECOND / rate), round(last * MS_PER_SECOND / rate))


def _add_title(root: ET.Element, title: str) -> None:
    head = root.find(f"{_TTML}head")
    if head is not None:
        metadata = ET.Element(f"{_TTML}metadata")
        ET.SubElement(metadata, _TITLE).text = title
        head.insert(0, metadata)


def _indent(root: ET.Element) -> None:
    """A line for each element down to the paragraphs, inside which every space counts."""

    def indent(element: ET.Element, depth: int) -> None:
        if element.tag == f"{_TTML}p" or not len(element):
            return
        element.text = "\n" + "  " * (depth + 1)
        for child in element:
            indent(child, depth + 1)
            child.tail = element.text
        element[-1].tail = "\n" + "  " * depth

    indent(root, 0)
