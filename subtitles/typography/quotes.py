"""Quotation marks: the language's own, by nesting level, and its spaces inside guillemets.

A mark is judged by its place (after a space it opens, before one it closes) and only where that
tells nothing by its shape. Apostrophes are never touched: a single mark is a quotation mark only as
one of a pair inside a quotation. So ``don't`` keeps the apostrophe it came with, straight or curly;
either is right in subtitles, and telling one from the other by rule fails on ``'n'`` and ``'tis``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from subtitles.typography.marked import Edit

NO_BREAK_SPACE = "\u00a0"

# No quotation in subtitles is longer (ten rows); beyond it a mark was forgotten.
_LONGEST_QUOTATION = 420

_DOUBLE = re.compile('["“”„‟«»]')
_DOUBLE_UNSPACED = re.compile('["“”„‟«»「」]')
_SINGLE = regex.compile(r"(?<![\p{L}\p{N}])['‘‚‹](?=\p{L})|(?<=\S)['’‘›](?![\p{L}\p{N}])")
_SINGLE_UNSPACED = re.compile("[‘’『』]")
_OPENING_SHAPES = frozenset("“„‟«「‘『")
_CLOSING_SHAPES = frozenset("”»」’』")
# What may stand between a space and an opening mark; the apostrophe for l'«amour».
_BEFORE_OPENING = frozenset("([{¿¡—–-…♪♫'’ـ“„«‘‚「『（")
_AFTER_CLOSING = frozenset(".,;:!?…)]}»”“’'\"」』）。，、！？；：،؛؟♪—–-")
_SPACES = " \u00a0"
# Words that lose their beginning to an apostrophe, in English and Dutch.
_ELIDED = re.compile(
    r"(?:n|s|t|k|m|r|em|tis|twas|twere|twill|cause|cuz|bout|round|til|till|kay|ere|neath)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_INCHES = re.compile(r"(?<!\d)\d{1,3}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteStyle:
    """How a language quotes.

    Attributes:
        marks: Opening and closing, then those of a quotation inside a quotation; no spaces.
        spaced_guillemets: A no-break space stands inside ``«`` and ``»``.
        unspaced: The script has no spaces to judge a mark's place by.
        gershayim: A mark inside a word belongs to the word (Hebrew acronyms).
    """

    marks: tuple[str, str, str, str]
    spaced_guillemets: bool = False
    unspaced: bool = False
    gershayim: bool = False


@dataclass(slots=True)
class _Mark:
    place: int
    opens: bool
    level: int | None = None  # None without a partner


def quote_edits(bare: str, style: QuoteStyle) -> Iterator[Edit]:
    """Every quotation mark as the language has it."""
    marks, pairs = _matched(bare, style)
    if not marks:
        return
    marks = sorted([*marks, *_inner_singles(bare, pairs, style)], key=lambda mark: mark.place)
    done = 0
    for mark in marks:
        edit = _edit(bare, mark, style, done)
        if edit is not None:
            done = edit.end
            yield edit


def _matched(bare: str, style: QuoteStyle) -> tuple[list[_Mark], list[tuple[_Mark, _Mark]]]:
    """The double marks of a text in order, and the outermost pairs among them."""
    found: list[_Mark] = []
    opened: list[_Mark] = []
    pairs: list[tuple[_Mark, _Mark]] = []
    pattern = _DOUBLE_UNSPACED if style.unspaced else _DOUBLE
    for match in pattern.finditer(bare):
        place = match.start()
        while opened and place - opened[0].place > _LONGEST_QUOTATION:
            opened.pop(0)
        opens = _opens(bare, place, style, is_open=bool(opened))
        if opens is None:
            continue
        mark = _Mark(place, opens)
        found.append(mark)
        if opens:
            opened.append(mark)
        elif opened:
            pairs.append((opened.pop(), mark))
    return found, _levelled(pairs)


def _levelled(pairs: Sequence[tuple[_Mark, _Mark]]) -> list[tuple[_Mark, _Mark]]:
    """Note at every mark how many pairs enclose it; the outermost pairs."""
    enclosing: list[_Mark] = []
    outermost: list[tuple[_Mark, _Mark]] = []
    for opening, closing in sorted(pairs, key=lambda pair: pair[0].place):
        while enclosing and enclosing[-1].place < opening.place:
            enclosing.pop()
        opening.level = closing.level = len(enclosing)
        if not enclosing:
            outermost.append((opening, closing))
        enclosing.append(closing)
    return outermost


def _opens(bare: str, place: int, style: QuoteStyle, *, is_open: bool) -> bool | None:
    """Whether a mark opens a quotation; None when it is no quotation mark."""
    shape = bare[place]
    if style.unspaced and shape in _OPENING_SHAPES | _CLOSING_SHAPES:
        return shape in _OPENING_SHAPES
    before = bare[place - 1 : place]
    after = bare[place + 1 : place + 2]
    spaced_before, spaced_after = not before.strip(), not after.strip()
    if style.spaced_guillemets and (
        (shape == "«" and spaced_after) or (shape == "»" and spaced_before)
    ):
        return shape == "«"
    can_open = not spaced_after and (
        spaced_before or (before in _BEFORE_OPENING and after not in _AFTER_CLOSING)
    )
    can_close = not spaced_before and (spaced_after or after in _AFTER_CLOSING)
    if can_open != can_close:
        return can_open
    if not (spaced_before or spaced_after or can_open):  # between two letters
        return _opens_inside_word(before, style, is_open=is_open)
    if shape in _OPENING_SHAPES | _CLOSING_SHAPES:
        return shape in _OPENING_SHAPES
    return not is_open


def _opens_inside_word(before: str, style: QuoteStyle, *, is_open: bool) -> bool | None:
    """A mark with a suffix behind it, as in Korean or Turkish, closes."""
    if style.unspaced:
        return not is_open
    if style.gershayim or not is_open or before.isdigit():
        return None
    return False


def _inner_singles(
    bare: str, pairs: Sequence[tuple[_Mark, _Mark]], style: QuoteStyle
) -> Iterator[_Mark]:
    """Single marks in pairs inside a quotation, which are those of the inner level."""
    pattern = _SINGLE_UNSPACED if style.unspaced else _SINGLE
    for opening, closing in pairs:
        opened: _Mark | None = None
        for match in pattern.finditer(bare, opening.place + 1, closing.place):
            place = match.start()
            opens = _single_opens(bare, place, style)
            if opens and opened is None and not _ELIDED.match(bare, place + 1):
                opened = _Mark(place, opens=True, level=1)
            elif not opens and opened is not None:
                yield opened
                yield _Mark(place, opens=False, level=1)
                opened = None


def _single_opens(bare: str, place: int, style: QuoteStyle) -> bool:
    if style.unspaced:
        return bare[place] in _OPENING_SHAPES
    return not bare[place - 1].isalnum() and bare[place + 1].isalpha()


def _edit(bare: str, mark: _Mark, style: QuoteStyle, done: int) -> Edit | None:
    """What the mark becomes, with the space on its inner side; never before ``done``."""
    glyph = _glyph(bare, mark, style)
    if glyph is None:
        return None
    space = NO_BREAK_SPACE if style.spaced_guillemets and glyph in "«»" else ""
    start, end = mark.place, mark.place + 1
    if mark.opens:
        while bare[end : end + 1] and bare[end] in _SPACES:
            end += 1
        at_edge = not bare[end : end + 1].strip("\n\x1e")
        return Edit(start, end, glyph if at_edge else glyph + space)
    while start > done and bare[start - 1] in _SPACES:
        start -= 1
    at_edge = not bare[max(0, start - 1) : start].strip("\n\x1e")
    return Edit(start, end, glyph if at_edge or start < done else space + glyph)


def _glyph(bare: str, mark: _Mark, style: QuoteStyle) -> str | None:
    """The character to print; None for inches and other signs that only look like a mark."""
    shape, own = bare[mark.place], 0 if mark.opens else 1
    if mark.level is not None:
        return style.marks[own + 2 * (mark.level % 2)]
    if shape in (style.marks[own], style.marks[own + 2]):
        return shape
    is_inches = not mark.opens and _INCHES.search(bare, max(0, mark.place - 4), mark.place)
    return None if shape == '"' and is_inches else style.marks[own]
