"""Numbers that a translation lost or made up."""

import re
import unicodedata
from collections.abc import Iterator

from subtitles.meaning.one_row import one_row

# Digits with separators inside: 1,000 and 1.000 and 1 000 and 3.5 and 3,5.
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u066b\u066c]\d+)*")
_DIGIT = re.compile(r"\d")
# Hours and minutes where others write 12:00 or 12h00; it may be a price as well.
_CLOCK = re.compile(r"(\d{1,2})[.,](\d\d)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")

# Up to ten, guides ask for words in place of digits; such numbers may go.
_LARGEST_IN_WORDS = 10
_HOURS_ON_A_DIAL = 12
# Python converts no text of many thousand digits to a number; the first few tell enough.
_LONGEST_COMPARED = 20


def missing_numbers(source_text: str, text: str) -> tuple[str, ...]:
    """Numbers above ten that stand in the source text and not in the other, as in the source.

    Digits of any script and any way to group thousands are the same number; so are an hour of the
    afternoon and its twelve-hour name, and 12.00, 12:00 and 12h00.
    """
    if not _DIGIT.search(source_text):
        return ()
    found = _values(text)
    return tuple(
        written
        for written, digits in _numbers(source_text)
        if not _stands_in(digits, found) and not _is_clock_in(written, found)
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


def _is_clock_in(written: str, found: set[str]) -> bool:
    clock = _CLOCK.fullmatch(written)
    return clock is not None and all(_stands_in(part, found) for part in clock.groups())


def _values(text: str) -> set[str]:
    """Every number in ASCII digits; 1 000 and 12.00 may be one number or two, so each is three."""
    apart = {digits for _, digits in _numbers(text)}
    for written, _ in _numbers(text):
        clock = _CLOCK.fullmatch(written)
        apart |= set(clock.groups()) if clock else set()
    return apart | {digits for _, digits in _numbers(_THOUSANDS.sub("", one_row(text)))}


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Each number as written and as plain ASCII digits."""
    for written in _NUMBER.findall(one_row(text)):
        yield (
            written,
            "".join(str(unicodedata.digit(char)) for char in written if char.isdecimal()),
        )
