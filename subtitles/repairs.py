"""One-click repairs: what a finding's text becomes where there is exactly one right way.

Built from the rules of the typography pass and of line breaking, one at a time. A repair is only
proposed when it mends the finding, breaks nothing else and leaves every word as it is; reading
speed aside, since a mark more makes a text longer and the time is not known here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from subtitles.checks.characters import INVISIBLE, OVERRIDES
from subtitles.checks.checked import Draft
from subtitles.checks.printed import printing_rules
from subtitles.checks.rows import DIALOGUE_DASH, joined_rows
from subtitles.checks.standard import Standard
from subtitles.checks.style import ITALICS, LABEL
from subtitles.checks.track import check_draft
from subtitles.counting import visible_text
from subtitles.cues import CueKind
from subtitles.picture import NO_PICTURE
from subtitles.plain_text import clean_row
from subtitles.segmentation.linebreaks import break_lines
from subtitles.span import Span
from subtitles.style.profile import StyleProfile
from subtitles.typography.kinds import forced_narrative_text, lyrics_text, sound_text
from subtitles.typography.marked import MarkedText, Rule
from subtitles.typography.marks import spaces

Lines = tuple[str, ...]
Repair = Callable[[Lines, StyleProfile], Lines | None]

# So long that anything can be read in it.
_ANY_TIME = Span(0, 10**9)
_MOST_ROUNDS = 8
_LETTERS = re.compile(r"[^\W_]")
_TAG_WITH_SPACE = re.compile(r"<[^<>]*\s[^<>]*>|\{\\[^{}]*\s[^{}]*\}")

# Which of two repairs is right depends on what was meant.
_TWO_WAYS = frozenset({"mixed-marks"})


def repair_for(rule_id: str, lines: Sequence[str], profile: StyleProfile) -> Lines | None:
    """The rows that mend a finding of that rule; None where a person has to decide.

    Args:
        rule_id: Of a finding on these rows, by any of the checks.
        lines: The rows as they are.
        profile: Of their language.

    Returns:
        Rows on which `check_draft` finds that rule no more, nor any that it did not find before,
        with the same letters and digits in the same order; None when there are none such.
    """
    repair = _REPAIRS.get(rule_id) or _printing(rule_id)
    if repair is None:
        return None
    before = tuple(lines)
    kind = _kind(rule_id, before, profile)
    found = _found(before, kind, profile)
    if rule_id not in found:
        return None
    after = repair(before, profile)
    if after is None or not any(row.strip() for row in after):
        return None
    left = _found(after, kind, profile)
    is_same = rule_id == "narrative-style" or _letters(before) == _letters(after)
    return after if is_same and rule_id not in left and left <= found else None


def repairable_rules(profile: StyleProfile) -> frozenset[str]:
    """Rules that `repair_for` may have an answer to."""
    printed = {named.rule_id for named in printing_rules(MarkedText([]), profile)} - _TWO_WAYS
    return frozenset(_REPAIRS.keys() | printed)


def _found(lines: Lines, kind: CueKind, profile: StyleProfile) -> set[str]:
    draft = Draft(cue_id="", span=_ANY_TIME, lines=lines, kind=kind)
    return {finding.rule for finding in check_draft(draft, Standard(profile, NO_PICTURE))}


def _kind(rule_id: str, lines: Lines, profile: StyleProfile) -> CueKind:
    """The kind of cue that the rule was found on."""
    if rule_id == "narrative-style":
        return CueKind.FORCED_NARRATIVE
    if rule_id == "lyrics-style":
        return CueKind.LYRICS
    if rule_id == "label-brackets" and rule_id not in _found(lines, CueKind.DIALOGUE, profile):
        return CueKind.SOUND
    return CueKind.DIALOGUE


def _letters(lines: Lines) -> list[str]:
    """Letters and digits; a space or a mark may move, a word may not change."""
    return _LETTERS.findall(visible_text("\n".join(lines)))


def _printing(rule_id: str) -> Repair | None:
    """By the rules of the typography pass that go by this name."""
    if rule_id in _TWO_WAYS:
        return None

    def repair(lines: Lines, profile: StyleProfile) -> Lines | None:
        marked = MarkedText(["\n".join(lines)])
        rules = [one.rule for one in printing_rules(marked, profile) if one.rule_id == rule_id]
        return _settled(marked, rules) if rules else None

    return repair


def _settled(marked: MarkedText, rules: Sequence[Rule]) -> Lines:
    for _ in range(_MOST_ROUNDS):
        changed = [marked.apply(rule) for rule in rules]  # each of them, not just the first
        if not any(changed):
            break
    return tuple(marked.texts()[0].split("\n"))


def _without_extra_spaces(lines: Lines, _profile: StyleProfile) -> Lines:
    return _settled(MarkedText(["\n".join(lines)]), [spaces])


def _without_invisible(lines: Lines, _profile: StyleProfile) -> Lines:
    return tuple(INVISIBLE.sub("", line) for line in lines)


def _without_controls(lines: Lines, _profile: StyleProfile) -> Lines | None:
    rows = tuple(clean_row(OVERRIDES.sub("", line)) for line in lines)
    lost = sum(row.count("\ufffd") for row in rows) > sum(line.count("\ufffd") for line in lines)
    return None if lost else rows


def _without_italics(lines: Lines, _profile: StyleProfile) -> Lines:
    return tuple(ITALICS.sub("", line) for line in lines)


def _without_blank_rows(lines: Lines, _profile: StyleProfile) -> Lines:
    return tuple(line for line in lines if line.strip())


def _broken_anew(lines: Lines, profile: StyleProfile) -> Lines | None:
    """The rows that the text has when it is broken by the rules; None for several speakers."""
    if any(DIALOGUE_DASH.match(visible_text(line)) for line in lines):
        return None
    if any(map(_TAG_WITH_SPACE.search, lines)):
        return None
    return break_lines(joined_rows(lines, profile), profile)


def _whole(change: Callable[[str, StyleProfile], str]) -> Repair:
    return lambda lines, profile: tuple(change("\n".join(lines), profile).split("\n"))


def _own_brackets(text: str, profile: StyleProfile) -> str:
    """Labels in the profile's brackets; without a label among speech, all of it is one."""
    opening, closing = profile.typography.sound_brackets
    if not LABEL.search(text):
        return sound_text(text, profile)
    return LABEL.sub(rf"\g<dash>{opening}\g<label>{closing}", text)


_REPAIRS: Mapping[str, Repair] = MappingProxyType(
    {
        "double-space": _without_extra_spaces,
        "edge-space": _without_extra_spaces,
        "invisible-characters": _without_invisible,
        "forbidden-characters": _without_controls,
        "italics": _without_italics,
        "empty-text": _without_blank_rows,
        "unneeded-break": _broken_anew,
        "leaning-line-end": _broken_anew,
        "lonely-word": _broken_anew,
        "line-length": _broken_anew,
        "line-count": _broken_anew,
        "narrative-style": _whole(forced_narrative_text),
        "lyrics-style": _whole(lyrics_text),
        "label-brackets": _whole(_own_brackets),
    }
)
