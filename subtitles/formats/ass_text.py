r"""The text of ASS events: ``{\i1}`` codes, ``\N`` between rows, braces and backslashes as text."""

import re
from typing import Protocol

from subtitles.cues import Position, Subtitle
from subtitles.formats.document import Notes
from subtitles.formats.styled import STYLES, Run, rows_of, runs_of

_JOINER = "\u2060"
_CODES = re.compile(r"\{([^{}]*)\}")
_CODE = re.compile(r"\\(?:an([1-9])|([ibu])([0-9]{1,3})|r|p([0-9]))(?![A-Za-z0-9])")
# While codes are looked for, escaped braces are control characters, which no text here holds.
_NORMAL_WEIGHT = 500
"""Bold may be given as a weight: 400 is normal, 700 bold."""

_OPEN, _CLOSE = "\x01", "\x02"


class StyleLike(Protocol):
    """The looks of a named style."""

    italic: bool
    bold: bool
    underline: bool


def coded(subtitle: Subtitle) -> str:
    """The text of an event; `styled_rows` gives it back."""
    out = ["{\\an8}"] if subtitle.position is Position.TOP else []
    on = ""
    for run in (*runs_of(subtitle.lines), Run("")):
        codes = [f"\\{letter}0" for letter in on if letter not in run.styles]
        codes += [f"\\{letter}1" for letter in run.styles if letter not in on]
        if codes and run.text:
            out.append("{" + "".join(codes) + "}")
        on = run.styles
        out.append(_escaped(run.text))
    return "".join(out)


def _escaped(text: str) -> str:
    joined = text.replace("\\", f"\\{_JOINER}")
    return joined.replace("{", "\\{").replace("}", "\\}").replace("\n", "\\N")


def styled_rows(
    text: str, style: StyleLike, line: int, notes: Notes
) -> tuple[tuple[str, ...], int | None]:
    r"""An event's rows with our tags, and the alignment that its codes name, if any.

    Drawings are left out, and codes other than i, b, u, ``\an`` and ``\r``; both are remarked.
    """
    reader = _Reader(_style_letters(style))
    position = 0
    hidden = text.replace("\\{", _OPEN).replace("\\}", _CLOSE)
    runs = []
    for codes in _CODES.finditer(hidden):
        runs.append(Run(reader.shown(hidden[position : codes.start()]), reader.letters))
        reader.read(codes[1])
        position = codes.end()
    runs.append(Run(reader.shown(hidden[position:]), reader.letters))
    if reader.left_out:
        notes.remark(line, f"codes that change only the looks are left out: {reader.left_out[:40]}")
    return rows_of(runs), reader.alignment


def _style_letters(style: StyleLike) -> frozenset[str]:
    on = zip(STYLES, (style.italic, style.bold, style.underline), strict=True)
    return frozenset(letter for letter, is_on in on if is_on)


class _Reader:
    """Looks and alignment while an event's codes are read one after the other."""

    def __init__(self, style: frozenset[str]) -> None:
        self._style = style
        self._on = set(style)
        self._drawing = False
        self.alignment: int | None = None
        self.left_out = ""

    @property
    def letters(self) -> str:
        return "".join(letter for letter in STYLES if letter in self._on)

    def shown(self, text: str) -> str:
        """What viewers see of the text in the state reached."""
        if self._drawing:
            self.left_out = self.left_out or "a drawing"
            return ""
        text = text.replace("\\N", "\n").replace("\\n", " ").replace("\\h", "\u00a0")
        text = text.replace(f"\\{_JOINER}", "\\")
        return text.replace(_OPEN, "{").replace(_CLOSE, "}")

    def read(self, codes: str) -> None:
        for code in _CODE.finditer(codes):
            alignment, letter, value, drawing = code.groups()
            if alignment:
                self.alignment = int(alignment)
            elif letter:
                is_on = int(value) > 0 if len(value) == 1 else int(value) > _NORMAL_WEIGHT
                (self._on.add if is_on else self._on.discard)(letter)
            elif drawing:
                self._drawing = drawing != "0"
            else:
                self._on = set(self._style)
        rest = _CODE.sub("", codes)
        self.left_out = self.left_out or rest
