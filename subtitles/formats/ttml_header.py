"""What the root element of a TTML document says: language, title, rates."""

import re
import xml.etree.ElementTree as ET
from fractions import Fraction

from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.xml_tree import LINE

_NAME = "TTML"
_TTML = "{http://www.w3.org/ns/ttml}"
_TTP = "{http://www.w3.org/ns/ttml#parameter}"
_TITLE = "{http://www.w3.org/ns/ttml#metadata}title"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RATE = re.compile(r"[1-9][0-9]{0,2}")
_TICKS = re.compile(r"[1-9][0-9]{0,8}")
_MULTIPLIER = re.compile(r"([1-9][0-9]{0,5})[ \t]+([1-9][0-9]{0,5})")


def line_of(element: ET.Element) -> int:
    """Where the element starts in its file."""
    return int(element.get(LINE, "1"))


def language_of(root: ET.Element) -> str:
    """The ``xml:lang`` of the document, or an empty text."""
    return root.get(_LANG, "").strip()


def title_of(root: ET.Element) -> str:
    """The document's title, or an empty text."""
    return root.findtext(f"{_TTML}head/{_TTML}metadata/{_TITLE}", "") or root.findtext(
        f"{_TTML}head/{_TITLE}", ""
    )


def frame_rate_of(root: ET.Element) -> Fraction | None:
    """The exact frame rate the document names, or None.

    Raises:
        MalformedSubtitleError: a rate that is no number.
    """
    named = root.get(f"{_TTP}frameRate")
    if named is None:
        return None
    multiplier = _MULTIPLIER.fullmatch(root.get(f"{_TTP}frameRateMultiplier", "1 1").strip())
    if not _RATE.fullmatch(named.strip()) or multiplier is None:
        raise MalformedSubtitleError(_NAME, line_of(root), "a frame rate that is no number")
    return int(named) * Fraction(int(multiplier[1]), int(multiplier[2]))


def tick_rate_of(root: ET.Element) -> int:
    """Ticks a second; MalformedSubtitleError for what is no number."""
    named = root.get(f"{_TTP}tickRate", "1").strip()
    if not _TICKS.fullmatch(named):
        raise MalformedSubtitleError(_NAME, line_of(root), "a tick rate that is no number")
    return int(named)
