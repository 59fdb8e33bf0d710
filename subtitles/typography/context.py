"""What stands around a mark: helpers of the rules on marks."""

import re
from collections.abc import Callable, Iterator

_CHUNK_EDGE = re.compile(r"\s")
_CODE = re.compile(r"[@/=&#_]|www\.", re.IGNORECASE)


def places(pattern: str, bare: str) -> Iterator[int]:
    """Where a pattern is found."""
    return (found.start() for found in re.finditer(pattern, bare))


def between(bare: str, place: int, wanted: Callable[[str], bool]) -> bool:
    """Whether the characters on both sides are of a kind."""
    before, after = bare[max(0, place - 1) : place], bare[place + 1 : place + 2]
    return bool(before and after) and wanted(before) and wanted(after)


def in_latin(bare: str, place: int) -> bool:
    """Whether a mark is part of an address or stands between Latin letters."""
    return is_code(bare, place) or between(bare, place, lambda one: one.isascii() and one.isalpha())


def is_code(bare: str, place: int) -> bool:
    """Whether a mark is part of an address, an entity or a user's name."""
    return bool(_CODE.search(_chunk(bare, place)))


def _chunk(bare: str, place: int) -> str:
    """The characters around ``place`` up to the next spaces."""
    start = place
    while start and not bare[start - 1].isspace():
        start -= 1
    end = _CHUNK_EDGE.search(bare, place)
    return bare[start : end.start() if end else len(bare)]


def is_entity(bare: str, place: int) -> bool:
    """Whether the semicolon at ``place`` ends an entity such as ``&amp;``."""
    return bare[place] == ";" and "&" in _chunk(bare, place)
