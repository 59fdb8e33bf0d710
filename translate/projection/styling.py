"""Tags on a part of a cue, such as italics on a ship's name, in the cue's translation."""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from subtitles.formats.styled import STYLES, Run, joined, tagged
from translate.sentencing.markup import StyledStretch
from translate.sentencing.solid import solid, solid_places
from translate.translator import Rendering, Sentence

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
DASHES = "-–—‐‑"

Stretch = tuple[int, int]
"""First character, and the one after the last; everywhere here counted without white space."""


def translated_tag(
    sentence: Sentence, rendering: Rendering, parts: Sequence[str], number: int, tag: StyledStretch
) -> StyledStretch | None:
    """Where a tag of a sentence belongs in its rendering; None when nothing tells.

    A tag around all that a cue holds of the sentence goes around all that the cue shows of the
    rendering; one around a name, or other words that stand in the rendering as they are, around
    these; any other around the words that come from the tagged ones by the alignment, if they stand
    together.

    Args:
        sentence: What was translated.
        rendering: Its translation, as it is printed.
        parts: What each of the sentence's cues shows of it.
        number: Of the cue that the tag stands in, among these.
        tag: On what this cue holds of the sentence.
    """
    start, end = shares_said(sentence)[number]
    tag = StyledStretch(tag.name, tag.start + start, tag.end + start)
    here = enumerate(solid(sentence.text)[start:end], start=start)
    place: Stretch | None
    if all(tag.start <= at < tag.end for at, character in here if character.isalnum()):
        place = borders(parts)[number]
    else:
        place = _standing(sentence.text, rendering.text, tag) or _coming(
            sentence.text, rendering, tag
        )
    if place is None or place[0] == place[1]:
        return None
    return StyledStretch(tag.name, *place)


def tags_within(tags: Iterable[StyledStretch], stretch: Stretch) -> list[StyledStretch]:
    """The tags on a stretch of a text, counted from its beginning."""
    start, end = stretch
    within = ((tag.name, max(tag.start, start), min(tag.end, end)) for tag in tags)
    return [
        StyledStretch(name, first - start, last - start)
        for name, first, last in within
        if first < last
    ]


def shares_said(sentence: Sentence) -> list[Stretch]:
    """What each of the sentence's cues holds of it."""
    places = accumulate(sentence.cue_lengths, initial=0)
    return borders(sentence.text[start:end] for start, end in pairwise(places))


def borders(parts: Iterable[str]) -> list[Stretch]:
    """Where each of the parts of a text stands in it."""
    return list(pairwise(accumulate((len(solid(part)) for part in parts), initial=0)))


def part_places(rows: Sequence[str], parts: Sequence[str]) -> list[int]:
    """Where each part begins in the rows that were made of them; dashes may have come or gone."""
    text, at = solid("".join(rows)), 0
    found: list[int] = []
    for part in map(solid, parts):
        start = text.find(part, at)
        if start < 0:
            body = part.lstrip(DASHES)
            start = max(at, text.find(body, at)) - (len(part) - len(body))
        found.append(start)
        at = max(at, start + len(part))
    return found


def with_tags(rows: Sequence[str], tags: Sequence[StyledStretch]) -> tuple[str, ...]:
    """The rows with tags put in, properly nested."""
    if not tags:
        return tuple(rows)
    text = "\n".join(rows)
    runs = (
        Run(character, _styles(tags, place, is_space=character.isspace()))
        for character, place in zip(text, solid_places(text), strict=False)
    )
    return tuple(tagged(joined(runs), str).split("\n"))


def _styles(tags: Iterable[StyledStretch], place: int, *, is_space: bool) -> str:
    """What holds for the character at a place; for a space, what holds on both sides of it."""
    names = {tag.name for tag in tags if tag.start + is_space <= place < tag.end}
    return "".join(name for name in STYLES if name in names)


def _standing(source: str, text: str, tag: StyledStretch) -> Stretch | None:
    """Where the tagged words stand untranslated, if that is in one place."""
    places = solid_places(source)
    words = source[places.index(tag.start + 1) - 1 : places.index(tag.end)].strip(" .,;:!?\"'")
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    found = list(re.finditer(pattern, text)) if any(map(str.isalnum, words)) else []
    if len(found) != 1:
        return None
    there = solid_places(text)
    return there[found[0].start()], there[found[0].end()]


def _coming(source: str, rendering: Rendering, tag: StyledStretch) -> Stretch | None:
    """Where the words stand that come from the tagged ones; None where others are among them."""
    here, there = solid_places(source), solid_places(rendering.text)
    words = [match.span() for match in _WORD.finditer(rendering.text)]
    pulls = [0.0] * len(words)
    for link in rendering.alignment:
        middle = here[(link.source[0] + link.source[1]) // 2]
        inside = 1 if tag.start <= middle < tag.end else -1
        for number, (start, end) in enumerate(words):
            shared = min(end, link.target[1]) - max(start, link.target[0])
            pulls[number] += max(0, shared) * link.weight * inside
    coming = [number for number, pull in enumerate(pulls) if pull > 0]
    if not coming or any(pull < 0 for pull in pulls[coming[0] : coming[-1] + 1]):
        return None
    return there[words[coming[0]][0]], there[words[coming[-1]][1]]
