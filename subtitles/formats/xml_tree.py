"""XML of unknown origin as an element tree, without the parts of XML that are used for attacks."""

import xml.etree.ElementTree as ET
from xml.parsers import expat

from subtitles.formats.malformed import MalformedSubtitleError

LINE = "{urn:polycue:reading}line"
"""Attribute of every element: the line on which it starts."""

MAX_ELEMENTS_OF_SUBTITLES = 200_000
"""The longest film has some three thousand subtitles."""

_MAX_DEPTH = 40
_SEPARATOR = "}"


class _Refusal(Exception):  # noqa: N818 - leaves expat and becomes a MalformedSubtitleError
    """Why the document is refused."""


class _Builder:
    """Builds the tree from expat's events."""

    def __init__(self, parser: expat.XMLParserType, max_elements: int, doctype: str) -> None:
        self._parser = parser
        self._max_elements = max_elements
        self._doctype = doctype
        self._tree = ET.TreeBuilder()
        self._depth = 0
        self._count = 0

    def doctype(self, name: str, _system: object, _public: object, has_subset: int) -> None:
        if has_subset or not self._doctype or name != self._doctype:
            self.refuse_entity()

    def refuse_entity(self, *_: object) -> None:
        raise _Refusal("a document type or entity declaration, which no such file needs")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > _MAX_DEPTH:
            raise _Refusal(f"elements nested more than {_MAX_DEPTH} deep")
        if self._count > self._max_elements:
            raise _Refusal(f"more than {self._max_elements} elements")
        named = {_qualified(name): value for name, value in attributes.items()}
        named[LINE] = str(self._parser.CurrentLineNumber)
        self._tree.start(_qualified(tag), named)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._tree.end(_qualified(tag))

    def data(self, text: str) -> None:
        self._tree.data(text)

    def root(self) -> ET.Element:
        return self._tree.close()


def _qualified(name: str) -> str:
    """Expat's ``uri}name`` as element trees write it."""
    return f"{{{name}" if _SEPARATOR in name else name


def parse_xml(
    text: str,
    format_name: str,
    *,
    max_elements: int = MAX_ELEMENTS_OF_SUBTITLES,
    doctype: str = "",
) -> ET.Element:
    """The root element; every element bears its line (`LINE`).

    Document types, and so entities of any kind, are refused, as are depths that no file of ours
    has, and more elements than the format needs.

    Args:
        text: The document.
        format_name: For the error.
        max_elements: How many there may be.
        doctype: Name of a document type that may be declared all the same, with nothing inside the
            declaration; what it refers to is never read: its entities are refused in text and say
            nothing in attributes.

    Raises:
        MalformedSubtitleError: not well-formed, or refused; names the line.
    """
    parser = expat.ParserCreate("utf-8", _SEPARATOR)
    parser.buffer_text = True
    builder = _Builder(parser, max_elements, doctype)
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.EntityDeclHandler = builder.refuse_entity
    parser.SkippedEntityHandler = builder.refuse_entity
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)  # noqa: FBT003 - expat's own
        return builder.root()
    except expat.ExpatError as error:
        why = f"not well-formed XML ({expat.ErrorString(error.code)})"
        raise MalformedSubtitleError(format_name, error.lineno, why) from error
    except _Refusal as error:
        line = parser.CurrentLineNumber
        raise MalformedSubtitleError(format_name, line, str(error)) from error
