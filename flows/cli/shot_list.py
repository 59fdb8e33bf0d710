"""Shot changes in a text file: one time a line, as editors of subtitles write them."""

import re
from decimal import Decimal
from fractions import Fraction

from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.span import MS_PER_SECOND

_SECONDS = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,9})?")
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5]?[0-9]):([0-5]?[0-9])(?:[.,]([0-9]{1,9}))?")
_CODE = re.compile(r"([0-9]{1,3}):([0-5]?[0-9]):([0-5]?[0-9])[:;]([0-9]{1,3})")
_NAME = "shot changes"
_SHOWN_CHARS = 40


def parse_shots(text: str, frame_rate: Fraction | None) -> tuple[int, ...]:
    """Milliseconds, ascending, each once; nothing at or before zero, where no shot can change.

    A line holds seconds (``75.48``), a clock time (``00:01:15.480``) or, with a frame rate, a
    non-drop time code (``00:01:15:12``). Empty lines and lines that start with ``#`` are passed
    over.

    Raises:
        MalformedSubtitleError: names the first line that is none of these.
    """
    found = set()
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            found.add(_instant_ms(stripped, number, frame_rate))
    return tuple(sorted(instant for instant in found if instant > 0))


def _instant_ms(text: str, line: int, frame_rate: Fraction | None) -> int:
    if _SECONDS.fullmatch(text):
        return round(Decimal(text.replace(",", ".")) * MS_PER_SECOND)
    clock = _CLOCK.fullmatch(text)
    if clock:
        rest = Decimal(f"0.{clock[4] or 0}")
        return round((_seconds(clock) + rest) * MS_PER_SECOND)
    code = _CODE.fullmatch(text)
    if not code:
        why = f"{text[:_SHOWN_CHARS]!r} is no time: write 75.48 or 00:01:15.480"
        raise MalformedSubtitleError(_NAME, line, why)
    if frame_rate is None:
        raise MalformedSubtitleError(_NAME, line, "time codes need a frame rate (--frame-rate)")
    frame = _seconds(code) * round(frame_rate) + int(code[4])
    return round(frame * MS_PER_SECOND / frame_rate)


def _seconds(found: "re.Match[str]") -> int:
    hours, minutes, seconds = (int(found[group]) for group in (1, 2, 3))
    return (hours * 60 + minutes) * 60 + seconds
