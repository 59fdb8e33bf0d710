"""Numbers that a translation lost or made up."""

import re
import unicodedata
from collections.abc import Iterator

from subtitles.meaning.one_row import one_row

# Digits with separators inside: 1,000 and 1.000 and 1 000 and 3.5 and 3,5.
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u066b\u066c]\d+)*")
_DIGIT = re.compile(r"\d")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")

# Up to ten, guides ask for words in place of digits; such numbers may go.
_LARGEST_IN_WORDS = 10
_HOURS_ON_A_DIAL = 12
# Python converts no text of many thousand digits to a number; the first few tell enough.
_LONGEST_COMPARED = 20


def missing_numbers(source_text: str, text: str) -> tuple[str, ...]:
    """Numbers above ten that stand in the source text and not in the other, as in the source.

    Digits of any script and any way to group thousands are the same number; so are an hour of the
    afternoon and its twelve-hour name.
    """
    if not _DIGIT.search(source_text):
        return ()
    found = _values(text)
    return tuple(
        written for written, digits in _numbers(source_text) if not _stands_in(digits, found)
    )


def extra_numbers(source_text: str, text: str, context: str = "") -> tuple[str, ...]:
    """Numbers above ten that stand in the text and not in the source, as in the text.

    ``context`` is more source text in which they may stand. Nothing is found where the source
    writes no digits at all: it may say its numbers in words.
    """
    if not _DIGIT.search(text) or not _DIGIT.search(source_text):
        return ()
    return missing_numbers(text, f"{source_text}\n{context}")


def _stands_in(digits: str, found: set[str]) -> bool:
    value = int(digits[:_LONGEST_COMPARED])
    if value <= _LARGEST_IN_WORDS or digits in found:
        return True
    hour = value % (2 * _HOURS_ON_A_DIAL)
    other = (hour + _HOURS_ON_A_DIAL) % (2 * _HOURS_ON_A_DIAL)
    return value < 2 * _HOURS_ON_A_DIAL and str(other) in found


def _values(text: str) -> set[str]:
    """Every number in ASCII digits; 1 000 may be one number or two, so it is all three."""
    apart = {digits for _, digits in _numbers(text)}
    return apart | {digits for _, digits in _numbers(_THOUSANDS.sub("", one_row(text)))}


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Each number as written and as plain ASCII digits."""
    for written in _NUMBER.findall(one_row(text)):
        yield (
            written,
            "".join(str(unicodedata.digit(char)) for char in written if char.isdecimal()),
        )
