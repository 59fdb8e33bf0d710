"""Setting a text, or a whole track, as a language prints it.

Setting twice is setting once, tags stay as they are, and no word changes (Romanian cedillas apart).
What cannot be told by rule is left to the checks and to a person.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from subtitles.cues import Cue, CueKind, CueTrack
from subtitles.findings import Finding, Severity
from subtitles.language import base_language
from subtitles.style.profile import StyleProfile
from subtitles.typography.continuation import continuation_rule
from subtitles.typography.dashes import dash_rule
from subtitles.typography.fitting import fitting_rows
from subtitles.typography.kinds import PRINTED
from subtitles.typography.marked import TAG, MarkedText, Rule
from subtitles.typography.rules import text_rules

TYPOGRAPHY_VERSION = "1"
"""Moves with every change that can print differently: part of every cache key."""

# Rules feed each other (a new space makes a mark the last of its word); they settle at once or
# never in ordinary text, in hostile text within a few rounds.
_MOST_ROUNDS = 8

_ITALICS = re.compile(r"</?i(?:[. \t][^<>\n]*)?>|\{\\i\d*\}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetCues:
    """Cues as they are printed, and what was taken away for it.

    Attributes:
        cues: The same cues, in order, with the same ids and times.
        findings: One for each cue that lost its italics.
    """

    cues: tuple[Cue, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetTrack:
    """A track as it is printed, and what was taken away for it."""

    track: CueTrack
    findings: tuple[Finding, ...] = ()


def set_text(text: str, profile: StyleProfile) -> str:
    """One sentence, or one cue with its rows, in the language's typography.

    Dashes and the ellipses of split sentences depend on neighbours and stay: see `set_track`.
    """
    marked = MarkedText([text])
    _settle(marked, text_rules(profile))
    return marked.texts()[0]


def set_track(track: CueTrack, profile: StyleProfile) -> CueTrack:
    """The track as `typeset_track` prints it, for a track that has no italics to lose."""
    return typeset_track(track, profile).track


def typeset_track(track: CueTrack, profile: StyleProfile) -> TypesetTrack:
    """A track with every cue set, dashes for two speakers, ellipses for split sentences.

    Cues keep their ids, times and number. Rows change only where the text became too wide for
    them. Italics go, with a finding, in a language that has none.
    """
    typeset = typeset_cues(track.cues, profile)
    return TypesetTrack(track=replace(track, cues=typeset.cues), findings=typeset.findings)


def typeset_cues(cues: Sequence[Cue], profile: StyleProfile) -> TypesetCues:
    """The same for cues that are no track yet."""
    findings: list[Finding] = []
    texts = [cue.text for cue in cues]
    if not profile.typography.italics:
        for number, text in enumerate(texts):
            upright, tags = _ITALICS.subn("", text)
            if tags and all(row.strip() for row in upright.split("\n")):
                texts[number] = upright
                findings.append(_lost_italics(cues[number], tags, profile))
    for _ in range(_MOST_ROUNDS):
        before, texts = cues, _set_texts(cues, texts, profile)
        cues = [_with_text(cue, text, profile) for cue, text in zip(cues, texts, strict=True)]
        broken = [cue.text for cue in cues]
        if broken == texts or cues == before:
            break
        texts = broken  # new row ends are read again
    return TypesetCues(cues=tuple(cues), findings=tuple(findings))


def _set_texts(cues: Sequence[Cue], texts: Sequence[str], profile: StyleProfile) -> list[str]:
    """The texts of all cues, those of each kind by its rules."""
    speech = [number for number, cue in enumerate(cues) if cue.kind is CueKind.DIALOGUE]
    spoken = _spoken_texts(cues, speech, [texts[number] for number in speech], profile)
    found = list(texts)
    for number, text in zip(speech, spoken, strict=True):
        found[number] = text
    for number, cue in enumerate(cues):
        if cue.kind is not CueKind.DIALOGUE:
            found[number] = _special_text(cue, texts[number], profile)
    return found


def _spoken_texts(
    cues: Sequence[Cue], speech: Sequence[int], texts: Sequence[str], profile: StyleProfile
) -> Sequence[str]:
    """What is said, by number of the cue, as one text: sentences and quotations run through it."""
    if not texts:
        return ()
    marked = MarkedText(texts)
    style = profile.typography
    dialogue = [cues[number] for number in speech]
    is_interrupted = [
        any(cue.kind is CueKind.FORCED_NARRATIVE for cue in cues[one + 1 : other])
        for one, other in pairwise(speech)
    ]
    is_english = base_language(profile.language) == "en"
    split = continuation_rule(
        dialogue, marked, style.continuation, is_interrupted, english=is_english
    )
    rules = text_rules(profile)
    if base_language(profile.language) != "ja":  # Japanese has no such dashes nor ellipses
        rules = (*rules, dash_rule(marked, style.dash), split)
    _settle(marked, rules)
    return marked.texts()


def _special_text(cue: Cue, text: str, profile: StyleProfile) -> str:
    """On-screen text, a song or a sound: each for itself, by the rules of its kind."""
    if any(not row.strip() for row in TAG.sub("", text).split("\n")):
        return text  # a row of nothing but tags: no mark belongs there
    for _ in range(_MOST_ROUNDS):
        before, text = text, set_text(PRINTED[cue.kind](text, profile), profile)
        if text == before:
            break
    return text


def _settle(marked: MarkedText, rules: Sequence[Rule]) -> None:
    for _ in range(_MOST_ROUNDS):
        changes = [marked.apply(rule) for rule in rules]
        if not any(changes):
            return


def _with_text(cue: Cue, text: str, profile: StyleProfile) -> Cue:
    """The cue with its new text; itself when there is nothing new."""
    if text == cue.text:
        return cue
    rows = tuple(text.split("\n"))
    if any(not row.strip() for row in rows):
        return cue
    if cue.kind is CueKind.LYRICS:
        return replace(cue, lines=rows)  # a song's rows are its verses
    return replace(cue, lines=fitting_rows(rows, cue.lines, profile))


def _lost_italics(cue: Cue, tags: int, profile: StyleProfile) -> Finding:
    return Finding(
        rule="italics-dropped",
        severity=Severity.INFO,
        cue_id=cue.cue_id,
        measured=tags,
        limit=0,
        unit="tags",
        source=profile.source("italics"),
    )
