"""Time lines as people and broken programs write them, put right."""

import re

_STAMP = r"[0-9]{1,4}(?:[ \t]?[:.,;][ \t]?[0-9]{1,9}){1,3}"
# Arrows of all kinds: ASCII ones of any length, with spaces inside, and typographic ones.
_ARROW = r"(?:[-–—=][ \t]?){0,3}[>→]{1,2}"
_LINE = re.compile(rf"\W{{0,3}}({_STAMP})[ \t]*{_ARROW}[ \t]*({_STAMP})(?:[ \t]+(\S.*)|[ \t]*)")
_PART = re.compile(r"([0-9]+)[ \t]?([:.,;]?)[ \t]?")
_MAX_LINE_CHARS = 300
_FRACTION_DIGITS = 3


def loose_times(line: str) -> tuple[int, int, str] | None:
    """Start and end in milliseconds and what follows them; None when this is no time line.

    Missing hours, one or two digits of a fraction (``,5`` is half a second), wrong separators and
    wrong arrows are understood; minutes and seconds above 59 count on.
    """
    if len(line) > _MAX_LINE_CHARS:
        return None
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    start_ms, end_ms = _ms(found[1]), _ms(found[2])
    if start_ms is None or end_ms is None:
        return None
    return start_ms, end_ms, found[3] or ""


def _ms(stamp: str) -> int | None:
    parts = [(digits, separator) for digits, separator in _PART.findall(stamp)]
    numbers = [digits for digits, _ in parts]
    separators = [separator for _, separator in parts[:-1]]
    # Four numbers end in a fraction whatever stands before it; fewer do after anything but a colon.
    fraction = "0"
    if len(numbers) == len("hmsf") or separators[-1] != ":":
        fraction = numbers.pop()
    if not numbers or (separators[-1] == ":" and len(fraction) not in {1, _FRACTION_DIGITS}):
        return None  # hours, minutes, seconds and frames of an unknown rate
    seconds = 0
    for number in numbers:
        seconds = seconds * 60 + int(number)
    return seconds * 1000 + int(fraction[:_FRACTION_DIGITS].ljust(_FRACTION_DIGITS, "0"))


def stamp(instant_ms: int, separator: str) -> str:
    """``HH:MM:SS``, the separator, milliseconds; more than 99 hours take more digits."""
    seconds, milliseconds = divmod(instant_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{separator}{milliseconds:03}"
