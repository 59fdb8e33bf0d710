"""Rows with italics, bold and underline as runs of text: what all formats have in common.

In rows the three styles stand as ``<i>``, ``<b>``, ``<u>`` (in any case); ``<font …>`` is a tag,
too, whose looks only SubRip keeps. Everything else that looks like a tag is text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from subtitles.plain_text import clean_row, without_controls

_TAG = re.compile(r"<(/?)(?:([iIbBuU])|[fF][oO][nN][tT](?:[ \t][^<>]*)?)>")
_JOINER = "\u2060"
"""Word joiner: takes no room and keeps text from being taken for markup."""

STYLES = "ibu"


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style; ``styles`` holds the letters of `STYLES` that are on, in that order.

    Rows are divided by line feeds.
    """

    text: str
    styles: str = ""


def runs_of(rows: Sequence[str]) -> tuple[Run, ...]:
    """The rows' text in runs; neighbouring runs differ in style, none is empty.

    A tag that closes nothing, or opens what is open, changes nothing.
    """
    text = "\n".join(rows)
    if "<" not in text:  # most rows: no tag, one run
        return (Run(text),) if text else ()
    return joined(_pieces(text))


def _pieces(text: str) -> Iterator[Run]:
    on: set[str] = set()
    position = 0
    for tag in _TAG.finditer(text):
        yield Run(text[position : tag.start()], _letters(on))
        position = tag.end()
        if tag[2]:
            (on.discard if tag[1] else on.add)(tag[2].lower())
    yield Run(text[position:], _letters(on))


def _letters(on: set[str]) -> str:
    return "".join(letter for letter in STYLES if letter in on)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs without empty ones, neighbours of one style made one."""
    found: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if found and found[-1].styles == run.styles:
            found[-1] = Run(found[-1].text + run.text, run.styles)
        else:
            found.append(run)
    return tuple(found)


def rows_of(runs: Iterable[Run]) -> tuple[str, ...]:
    """Runs as clean rows with tags, well nested; blank rows are left out."""
    rows = [row for row in map(_clean, _divided(runs)) if row]
    whole: list[Run] = []
    for row in rows:
        if whole:
            shared = set(whole[-1].styles) & set(row[0].styles)
            whole.append(Run("\n", _letters(shared)))
        whole += row
    text = tagged(joined(whole), literal)
    return tuple(text.split("\n")) if text else ()


def _divided(runs: Iterable[Run]) -> Iterator[list[Run]]:
    row: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        row.append(Run(first, run.styles))
        for other in others:
            yield row
            row = [Run(other, run.styles)]
    yield row


def _clean(row: Sequence[Run]) -> list[Run]:
    """A row's runs without what no row holds, without space at its ends and empty runs."""
    runs = [Run(without_controls(run.text), run.styles) for run in row]
    while runs and not runs[0].text.strip():
        del runs[0]
    while runs and not runs[-1].text.strip():
        del runs[-1]
    if runs:
        runs[0] = Run(runs[0].text.lstrip(), runs[0].styles)
        runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].styles)
    return runs


def canonical_rows(rows: Sequence[str]) -> tuple[str, ...]:
    """The same text and looks in the one way `rows_of` writes them; twice is once."""
    if not any("<" in row for row in rows):
        return tuple(row for text in rows for row in map(clean_row, text.split("\n")) if row)
    return rows_of(runs_of(rows))


def literal(text: str) -> str:
    """Text in which nothing reads as one of our tags: a joiner stands where one would."""
    return _TAG.sub(lambda tag: tag[0][0] + _JOINER + tag[0][1:], text)


def is_markup(text: str) -> bool:
    """Whether `literal` would change the text."""
    return bool(_TAG.search(text))


def tagged(runs: Iterable[Run], escape: Callable[[str], str]) -> str:
    """Runs with tags between them, properly nested; ``escape`` is applied to each text."""
    out: list[str] = []
    open_tags: list[str] = []
    for run in (*runs, Run("")):
        while any(letter not in run.styles for letter in open_tags):
            out.append(f"</{open_tags.pop()}>")
        for letter in run.styles:
            if letter not in open_tags:
                open_tags.append(letter)
                out.append(f"<{letter}>")
        out.append(escape(run.text))
    return "".join(out)


def plain(rows: Sequence[str]) -> str:
    """The text alone, rows divided by line feeds."""
    return _TAG.sub("", "\n".join(rows))
