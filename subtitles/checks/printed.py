"""Checks of printing by the very rules of the typography pass: found is what it would change."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from subtitles.checks.checked import Checkable
from subtitles.checks.standard import Standard
from subtitles.cues import Cue, CueKind
from subtitles.findings import Finding
from subtitles.language import base_language
from subtitles.style.profile import StyleProfile
from subtitles.typography.continuation import continuation_rule
from subtitles.typography.dashes import dash_rule
from subtitles.typography.kinds import PRINTED
from subtitles.typography.marked import MarkedText
from subtitles.typography.rules import NamedRule, named_rules

_PAIR = 2
_CONTINUATION = "continuation-style"
# By the kind of cue: rule id and the profile's value behind it.
_KINDS: Mapping[CueKind, tuple[str, str]] = MappingProxyType(
    {
        CueKind.FORCED_NARRATIVE: ("narrative-style", "narrative"),
        CueKind.LYRICS: ("lyrics-style", ""),
        CueKind.SOUND: ("label-brackets", "sound_brackets"),
    }
)


def printing_rules(marked: MarkedText, profile: StyleProfile) -> tuple[NamedRule, ...]:
    """The rules of the pass that the checks have a name for, for the speech in ``marked``."""
    dashes = NamedRule("dash-style", "dash", dash_rule(marked, profile.typography.dash))
    return (*_text_rules(profile), dashes)


def _text_rules(profile: StyleProfile) -> tuple[NamedRule, ...]:
    return tuple(named for named in named_rules(profile) if named.rule_id)


def check_printing(cues: Sequence[Checkable], standard: Standard) -> list[list[Finding]]:
    """The findings of each cue; cues in order, since a quotation may run through several."""
    found: list[list[Finding]] = [[] for _ in cues]
    speech = [number for number, cue in enumerate(cues) if cue.kind is CueKind.DIALOGUE]
    if speech:
        spoken = [cues[number] for number in speech]
        for number, findings in zip(speech, _check_spoken(spoken, cues, standard), strict=True):
            found[number] = findings
    if len(speech) < len(cues):
        for number, cue in enumerate(cues):
            if cue.kind is not CueKind.DIALOGUE:
                found[number] = [*_check_special(cue, standard)]
    return found


def _check_spoken(
    spoken: Sequence[Checkable], cues: Sequence[Checkable], standard: Standard
) -> list[list[Finding]]:
    """What is said, as one text: sentences and quotations run through it."""
    profile = standard.profile
    marked = MarkedText(["\n".join(cue.lines) for cue in spoken])
    rules = (*printing_rules(marked, profile), *_continuation(spoken, cues, marked, profile))
    found: list[list[Finding]] = [[] for _ in spoken]
    for rule_id, value, counts in _counted(marked, rules):
        for number, count in counts.items():
            found[number] += standard.found(rule_id, spoken[number].cue_id, count, 0, value)
    return found


def _check_special(cue: Checkable, standard: Standard) -> Iterator[Finding]:
    """On-screen text, a song or a sound: for itself, by the rules of its kind."""
    text = "\n".join(cue.lines)
    for rule_id, value, counts in _counted(MarkedText([text]), _text_rules(standard.profile)):
        yield from standard.found(rule_id, cue.cue_id, counts.total(), 0, value)
    if PRINTED[cue.kind](text, standard.profile) != text:
        rule_id, value = _KINDS[cue.kind]
        yield from standard.found(rule_id, cue.cue_id, 1, 0, value)


def _counted(
    marked: MarkedText, rules: Sequence[NamedRule]
) -> Iterator[tuple[str, str, Counter[int]]]:
    """For each rule that would change something, how much in which text."""
    bare = marked.bare
    for named in rules:
        edits = (edit for edit in named.rule(bare) if bare[edit.start : edit.end] != edit.new)
        splits = named.rule_id == _CONTINUATION
        number_of = partial(_split_cue, marked) if splits else marked.cue_at
        counts = Counter(number_of(edit.start) for edit in edits)
        if counts:
            yield named.rule_id, named.value, counts


def _split_cue(marked: MarkedText, place: int) -> int:
    """The first cue of the two that a mark at ``place`` stands between."""
    number = marked.cue_at(place)
    start, _ = marked.span_of(number)
    is_at_start = not any(map(str.isalnum, marked.bare[start:place]))
    return number - 1 if is_at_start and number else number


def _continuation(
    spoken: Sequence[Checkable],
    cues: Sequence[Checkable],
    marked: MarkedText,
    profile: StyleProfile,
) -> Iterator[NamedRule]:
    """Between the cues of a track: a draft has no neighbours."""
    whole = [cue for cue in spoken if isinstance(cue, Cue)]
    if len(whole) < len(spoken) or len(whole) < _PAIR:
        return
    seen: list[bool] = []
    for cue in cues:
        if cue.kind is CueKind.DIALOGUE:
            seen.append(False)
        elif cue.kind is CueKind.FORCED_NARRATIVE and seen:
            seen[-1] = True
    english = base_language(profile.language) == "en"
    style = profile.typography.continuation
    rule = continuation_rule(whole, marked, style, seen[:-1], english=english)
    yield NamedRule(_CONTINUATION, "continuation", rule)
