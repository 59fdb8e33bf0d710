"""Line 21 (CTA-608): which characters it has, and the two-byte words that show a caption.

Tables and codes come from ttconv.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from textwrap import wrap

from ttconv.scc.codes import SccChannel
from ttconv.scc.codes.control_codes import SccControlCode
from ttconv.scc.codes.extended_characters import SccExtendedCharacter
from ttconv.scc.codes.preambles_address_codes import SccPreambleAddressCode
from ttconv.scc.codes.special_characters import SccSpecialCharacter
from ttconv.scc.codes.standard_characters import SCC_STANDARD_CHARACTERS_MAPPING
from ttconv.style_properties import NamedColors

from subtitles.formats.styled import Run, rows_of, runs_of

MAX_ROWS, MAX_COLUMNS = 4, 32
BOTTOM_ROW, LAST_TOP_ROW = 15, 7

Unit = tuple[int, ...]
"""Words that must follow each other; a word is two bytes without parity."""

_STANDARD = {text: code for code, text in SCC_STANDARD_CHARACTERS_MAPPING.items()}
_SPECIAL = {one.get_unicode_value(): one.get_values()[0] for one in SccSpecialCharacter}
_EXTENDED = {one.get_unicode_value(): one.get_values()[0] for one in SccExtendedCharacter}
# ttconv shows the em dash of CTA-608 as a box-drawing line; it is read back as a dash.
EM_DASH_READ = "━"
_EXTENDED["—"] = _EXTENDED.pop(EM_DASH_READ)
_SET = frozenset({*_STANDARD, *_SPECIAL, *_EXTENDED})
_NEAREST = dict(
    zip("’‚„–‐‑−\u00a0\u202f\u3000łŁđĐı´`♫\\", "''\"----   lLdDi''♪/", strict=True),
    **{"…": "...", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"},
)
_EMPTY_BYTE = 0


class NotInLine21Error(ValueError):
    """A text that line 21 cannot show; says why."""


def carried_rows(rows: Sequence[str]) -> tuple[str, ...]:
    """The rows in line 21's characters, at most four of 32; italics and underline of whole rows.

    Characters outside the set become their nearest (``…`` three dots, ``ő`` an o); invisible
    ones go. Rows that are too many or too long are set anew.

    Raises:
        NotInLine21Error: a character without anything near, or too much text.
    """
    styled = [(style, text) for style, text in _row_styles(rows) if text]
    if len(styled) > MAX_ROWS or any(len(text) > MAX_COLUMNS for _, text in styled):
        shared = {style for style, _ in styled}
        style = shared.pop() if len(shared) == 1 else ""
        lines = wrap(" ".join(text for _, text in styled), MAX_COLUMNS, break_on_hyphens=False)
        styled = [(style, line) for line in lines]
    if not styled:
        raise NotInLine21Error("it has no text that line 21 can show")
    if len(styled) > MAX_ROWS:
        raise NotInLine21Error(f"it has more than {MAX_ROWS} rows of {MAX_COLUMNS} characters")
    runs = [part for style, text in styled for part in (Run(text, style), Run("\n"))]
    return rows_of(runs)


def _row_styles(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each row's text in the set, and the styles that all of it has, but bold."""
    row: list[Run] = []
    for run in (*runs_of(rows), Run("\n")):
        first, *others = run.text.split("\n")
        row.append(Run(first, run.styles))
        for other in others:
            seen = [set(part.styles) for part in row if part.text.strip()]
            shared = set.intersection(*seen) if seen else set()
            style = "".join(letter for letter in "iu" if letter in shared)
            yield style, _folded("".join(part.text for part in row))
            row = [Run(other, run.styles)]


def _folded(text: str) -> str:
    return " ".join("".join(map(_nearest, unicodedata.normalize("NFC", text))).split())


def _nearest(char: str) -> str:
    if char in _SET:
        return char
    if char in _NEAREST:
        return _NEAREST[char]
    bare = "".join(c for c in unicodedata.normalize("NFKD", char) if c in _SET)
    if bare:
        return bare
    if unicodedata.category(char) in {"Mn", "Cf", "Zs"}:
        return ""
    raise NotInLine21Error(f"line 21 has no character {char!r} (U+{ord(char):04X})")


def loading_units(rows: Sequence[str], *, top: bool) -> list[Unit]:
    """The words that load the rows, centred, into the memory that is not shown."""
    units = [_control(SccControlCode.RCL), _control(SccControlCode.ENM)]
    first_row = 1 if top else BOTTOM_ROW - len(rows) + 1
    for number, (style, text) in enumerate(_row_styles(rows), first_row):
        units += _row_units(Run(text, style), number)
    return units


def show_unit() -> Unit:
    """The words that show what was loaded, instead of what is shown."""
    return _control(SccControlCode.EOC)


def erase_unit() -> Unit:
    """The words that take away what is shown."""
    return _control(SccControlCode.EDM)


def _control(code: SccControlCode) -> Unit:
    value: int = code.get_values()[0]
    return (value, value)


def _row_units(run: Run, number: int) -> Iterator[Unit]:
    margin = (MAX_COLUMNS - len(run.text)) // 2
    is_italic, is_underlined = "i" in run.styles, "u" in run.styles
    # A preamble holds either a colour and style or an indent.
    indent = None if is_italic else margin // 4 * 4
    color = NamedColors.white
    preamble = SccPreambleAddressCode(
        SccChannel.CHANNEL_1, number, color, indent, is_italic, is_underlined
    ).get_ch1_packet()
    yield (preamble, preamble)
    text = run.text if indent is None else " " * (margin - indent) + run.text
    yield from _text_units(text)


def _text_units(text: str) -> Iterator[Unit]:
    """Pairs of standard characters; others take a doubled word of their own."""
    held: int | None = None
    for char in text:
        code = _STANDARD.get(char)
        if code is not None:
            if held is None:
                held = code
            else:
                yield (held << 8 | code,)
                held = None
            continue
        if char in _EXTENDED:  # it takes the place of the character before it
            fallback = _STANDARD[" "]
            yield (held << 8 | fallback,) if held is not None else (fallback << 8 | _EMPTY_BYTE,)
            held = None
        elif held is not None:
            yield (held << 8 | _EMPTY_BYTE,)
            held = None
        value = _SPECIAL.get(char) or _EXTENDED[char]
        yield (value, value)
    if held is not None:
        yield (held << 8 | _EMPTY_BYTE,)


def word_text(word: int) -> str:
    """A word as an SCC file has it: four hexadecimal digits, odd parity in both bytes."""
    return "".join(f"{_with_parity(byte):02x}" for byte in divmod(word, 256))


def _with_parity(byte: int) -> int:
    return byte | 0x80 if byte.bit_count() % 2 == 0 else byte


SCC_LINE = re.compile(
    r"([0-9]{2}:[0-5][0-9]:[0-5][0-9][:;][0-2][0-9])\t((?:[0-9a-fA-F]{4}(?: |$))+)"
)
"""One line of an SCC file: time code and words."""
