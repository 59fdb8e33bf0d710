"""The text that the comparisons read."""

import re

from subtitles.counting import visible_text

# No tag, and no character that visible text is without.
_PLAIN = re.compile(r"[ -;=-z|}~\u00a0-\u00ac\u00ae-\u0482\u2010-\u2027\u3000-\u9fff]*")
_ROW_END = re.compile(r"[\n\r\u2028\u2029]")


def one_row(text: str) -> str:
    """The visible text on one row; a line break parts words and numbers as a space does."""
    row = text.replace("\n", " ")
    if _PLAIN.fullmatch(row):
        return row  # the quick way
    return visible_text(_ROW_END.sub(" ", row))
