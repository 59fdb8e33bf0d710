"""A cue's text cut in two, and two texts made one: no word is lost, and no tag is left open."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from review.errors import InvalidStepError
from subtitles.counting import clusters, line_width, visible_text
from subtitles.language import LanguageTag
from subtitles.segmentation.linebreaks import break_lines_anyway
from subtitles.segmentation.word_breaks import phrase_starts
from subtitles.style.profile import StyleProfile
from subtitles.typography.marked import TAG
from translate.sentencing.sentences import opens_turn

_NAME = re.compile(r"</?([a-z]+)", re.IGNORECASE)
# Advanced SubStation's place on the screen: it holds for a whole cue, wherever in it it stands.
_POSITION = re.compile(r"\{\\an?\d{1,2}\}")
_WORD = re.compile(r"\S+")
_SPACE_AT_END = re.compile(rf"\s+((?:{TAG.pattern})*)$", re.IGNORECASE)
_SPACE_AT_START = re.compile(rf"^((?:{TAG.pattern})*)\s+", re.IGNORECASE)


def cut(text: str, at_char: int) -> tuple[str, str]:
    """Both parts, without the space between them.

    Tags that are open at the cut are closed before it and opened again after it; a place on the
    screen holds for both.

    Raises:
        InvalidStepError: the place is inside a tag or a character, or one part would say nothing.
    """
    place = _between_tags(text, at_char)
    opened = _open_tags(text[:place])
    closing = "".join(f"</{_name(tag)}>" for tag in reversed(opened))
    position = _POSITION.search(text[:place])
    moved = "" if position is None or _POSITION.search(text[place:]) else position.group()
    first = _SPACE_AT_END.sub(r"\1", text[:place] + closing)
    second = moved + _SPACE_AT_START.sub(r"\1", "".join(opened) + text[place:])
    if not (visible_text(first).strip() and visible_text(second).strip()):
        raise InvalidStepError("there has to be text on both sides of the cut")
    return first, second


def joined(first: str, second: str, profile: StyleProfile) -> str:
    """Both texts as one.

    What met at the seam stands on one row if there is room and nobody else begins to speak there.
    Where that makes more rows than the language allows, plain text is broken into rows anew.
    """
    position = _POSITION.search(first)
    if position is not None:
        second = second.replace(position.group(), "", 1)
    first, second = _without_seam(first, second)
    last, following = visible_text(first.split("\n")[-1]), visible_text(second.split("\n")[0])
    joiner = "" if profile.breaks_anywhere else " "
    is_wide = line_width(last + joiner + following, profile.counting) > profile.max_chars_per_line
    text = f"{first}{chr(10) if is_wide or opens_turn(following) else joiner}{second}"
    rows = text.split("\n")
    if len(rows) <= profile.max_lines or TAG.search(text) or any(map(opens_turn, rows)):
        return text
    return "\n".join(break_lines_anyway(joiner.join(rows), profile))


def word_starts(text: str, language: LanguageTag) -> tuple[int, ...]:
    """Where the words of a text begin; phrases, in languages that write without spaces."""
    tags = [tag.span() for tag in TAG.finditer(text)]
    hidden = {place for start, end in tags for place in range(start, end)}
    shown = [place for place in range(len(text)) if place not in hidden]
    bare = "".join(text[place] for place in shown)
    return tuple(shown[start] for start in _bare_starts(bare, language))


def _bare_starts(bare: str, language: LanguageTag) -> Iterator[int]:
    offset = 0
    for row in bare.split("\n"):
        phrases = phrase_starts(row, language)
        if phrases is None:
            yield from (offset + word.start() for word in _WORD.finditer(row))
        else:
            ends = (*sorted(phrases)[1:], len(row))
            for start, end in zip(sorted(phrases), ends, strict=True):
                word = _WORD.search(row, start, end)
                if word is not None:
                    yield offset + word.start()
        offset += len(row) + 1


def _between_tags(text: str, place: int) -> int:
    """The place of a cut, moved over tags that would otherwise hold for nothing."""
    tags = list(TAG.finditer(text))
    if not 0 < place < len(text):
        raise InvalidStepError("there has to be text on both sides of the cut")
    if any(tag.start() < place < tag.end() for tag in tags):
        raise InvalidStepError("the cut is inside a tag: put the cursor before or after it")
    if place not in set(accumulate(map(len, clusters(text)))):
        raise InvalidStepError("the cut is inside a character: put the cursor beside it")
    for tag in tags:
        if tag.start() >= place and _closes(tag.group()) and not text[place : tag.start()].strip():
            place = tag.end()
    for tag in reversed(tags):
        if tag.end() <= place and _opens(tag.group()) and not text[tag.end() : place].strip():
            place = tag.start()
    return place


def _without_seam(first: str, second: str) -> tuple[str, str]:
    """Both texts without tags that the first closes only for the second to open them again."""
    closed = _closed_at_end(first)
    while closed and (opener := TAG.match(second)) is not None and opener.group() == closed[0][0]:
        first, second = first[: closed.pop(0)[1]], second[opener.end() :]
    return first, second


def _closed_at_end(text: str) -> list[tuple[str, int]]:
    """The tags closed by what stands at the very end: each as opened, and where it is closed."""
    found: list[tuple[str, int]] = []
    opened: list[str] = []
    end = -1
    for tag in TAG.finditer(text):
        if _opens(tag.group()):
            opened.append(tag.group())
        elif _closes(tag.group()) and (closed := _take(opened, _name(tag.group()))):
            found = [*(found if tag.start() == end else []), (closed, tag.start())]
            end = tag.end()
    return found[::-1] if end == len(text) else []


def _open_tags(text: str) -> Sequence[str]:
    """The tags that are open at the end of a text, outermost first, as they were written."""
    opened: list[str] = []
    for tag in TAG.findall(text):
        if _opens(tag):
            opened.append(tag)
        elif _closes(tag):
            _take(opened, _name(tag))
    return opened


def _take(opened: list[str], name: str) -> str:
    """The innermost open tag of a name off the list; empty without one."""
    for place in reversed(range(len(opened))):
        if _name(opened[place]) == name:
            return opened.pop(place)
    return ""


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


def _opens(tag: str) -> bool:
    return tag[0] == "<" and tag[1].isalpha()


def _closes(tag: str) -> bool:
    return tag.startswith("</")
