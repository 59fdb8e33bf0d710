"""Checks of printing by the very rules of the typography pass: found is what it would change."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from types import MappingProxyType

from subtitles.checks.checked import Checkable
from subtitles.checks.standard import Standard
from subtitles.cues import Cue, CueKind
from subtitles.findings import Finding
from subtitles.language import base_language
from subtitles.profile import StyleProfile
from subtitles.typography import marks
from subtitles.typography.continuation import continuation_rule
from subtitles.typography.dashes import dash_rule
from subtitles.typography.kinds import PRINTED
from subtitles.typography.marked import MarkedText, Rule
from subtitles.typography.opening_marks import opening_marks
from subtitles.typography.quotes import QuoteStyle, quote_edits

_PAIR = 2
_CONTINUATION = "continuation-style"
_WIDE = frozenset({"zh", "yue", "ja"})
_OWN_MARKS: Mapping[str, Rule] = MappingProxyType(
    {
        **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "ug", "sd"), marks.arabic_marks),
        **{language: marks.wide_marks(language) for language in _WIDE},
        "el": marks.greek_marks,
        "ro": marks.romanian_letters,
    }
)

PrintingRule = tuple[str, str, Rule]
"""Rule id, the profile's value behind it (empty for none), and what the pass does about it."""

# By the kind of cue: rule id and the profile's value behind it.
_KINDS: Mapping[CueKind, tuple[str, str]] = MappingProxyType(
    {
        CueKind.FORCED_NARRATIVE: ("narrative-style", "narrative"),
        CueKind.LYRICS: ("lyrics-style", ""),
        CueKind.SOUND: ("label-brackets", "sound_brackets"),
    }
)


@lru_cache(maxsize=64)
def printing_rules(profile: StyleProfile) -> tuple[PrintingRule, ...]:
    """How the pass prints any text of a profile, each of its rules under our own name for it."""
    style, unspaced = profile.typography, profile.breaks_anywhere
    language = base_language(profile.language)
    rules: list[PrintingRule] = [
        ("three-dots", "", marks.ellipses(doubled=language in _WIDE)),
        ("ellipsis-space", "", marks.leading_ellipses),
    ]
    if language in _OWN_MARKS:
        rules.append(("mark-style", "", _OWN_MARKS[language]))
    rules.append(("quote-style", "quotes", _quotes(profile)))
    if not unspaced:
        rules.append(("missing-space", "", marks.missing_spaces))
    rules.append(("space-before-mark", "", marks.needless_spaces(style.space_before)))
    if style.space_before:
        rule = marks.no_break_spaces(style.space_before)
        rules.append(("missing-mark-space", "space_before", rule))
    if not style.mixed_marks:
        rules.append(("mixed-marks", "mixed_marks", marks.unmixed_marks))
    rule = marks.interruptions(style.interruption, unspaced=unspaced)
    rules.append(("interruption-style", "interruption", rule))
    if style.inverted_marks:
        rule = opening_marks(profile.abbreviations)
        rules.append(("inverted-mark", "inverted_marks", rule))
    return tuple(rules)


def dash_printing(marked: MarkedText, profile: StyleProfile) -> PrintingRule:
    """The same for the speakers' dashes of what ``marked`` holds."""
    return "dash-style", "dash", dash_rule(marked, profile.typography.dash)


def _quotes(profile: StyleProfile) -> Rule:
    opening, closing, inner_opening, inner_closing = profile.typography.quotes
    style = QuoteStyle(
        marks=(opening.strip(), closing.strip(), inner_opening.strip(), inner_closing.strip()),
        spaced_guillemets=":" in profile.typography.space_before,
        unspaced=profile.breaks_anywhere,
        gershayim=base_language(profile.language) in {"he", "yi"},
    )
    return lambda bare: quote_edits(bare, style)


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
    rules = (
        *printing_rules(profile),
        dash_printing(marked, profile),
        *_continuation(spoken, cues, marked, profile),
    )
    found: list[list[Finding]] = [[] for _ in spoken]
    for rule_id, value, counts in _counted(marked, rules):
        for number, count in counts.items():
            found[number] += standard.found(rule_id, spoken[number].cue_id, count, 0, value)
    return found


def _check_special(cue: Checkable, standard: Standard) -> Iterator[Finding]:
    """On-screen text, a song or a sound: for itself, by the rules of its kind."""
    text = "\n".join(cue.lines)
    for rule_id, value, counts in _counted(MarkedText([text]), printing_rules(standard.profile)):
        yield from standard.found(rule_id, cue.cue_id, counts.total(), 0, value)
    if PRINTED[cue.kind](text, standard.profile) != text:
        rule_id, value = _KINDS[cue.kind]
        yield from standard.found(rule_id, cue.cue_id, 1, 0, value)


def _counted(
    marked: MarkedText, rules: Sequence[PrintingRule]
) -> Iterator[tuple[str, str, Counter[int]]]:
    """For each rule that would change something, how much in which text."""
    bare = marked.bare
    for rule_id, value, rule in rules:
        edits = (edit for edit in rule(bare) if bare[edit.start : edit.end] != edit.new)
        number_of = marked.cue_at if rule_id != _CONTINUATION else partial(_split_cue, marked)
        counts = Counter(number_of(edit.start) for edit in edits)
        if counts:
            yield rule_id, value, counts


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
) -> Iterator[PrintingRule]:
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
    yield _CONTINUATION, "continuation", rule
