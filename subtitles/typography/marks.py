"""Spaces, ellipses and the marks of each script: rules on bare text, one mark at a time.

Sources: General Requirements (article 215758617): U+2026 for the ellipsis, no space before
punctuation but in French, no double spaces; the guides of the languages named below. Every pattern
starts with the characters it is about, so that a text without them costs next to nothing.
"""

import re
from collections.abc import Iterator, Mapping

import regex

from subtitles.typography.context import between, in_latin, is_code, is_entity, places
from subtitles.typography.marked import Edit, Rule, line_end, line_start
from subtitles.typography.quotes import NO_BREAK_SPACE

_WIDE_SPACE = "\u3000"
_CLOSERS = "\"'”’»›“‘«)\\]}」』）】〉》"

# Every pattern starts with one set of characters: `re` passes over all others at once.
_ODD_SPACES = "\t\u1680\u2000-\u200a\u202f\u205f"
_ANY_SPACE = f"[ \u00a0\u3000{_ODD_SPACES}]"
_SPACE_RUN = re.compile(
    f"{_ANY_SPACE}(?:{_ANY_SPACE}+|(?<=[{_ODD_SPACES}])"
    "|(?=[\n\x1e])|(?![\\s\\S])|(?<=[\n\x1e].)|(?<=\\A.))"
)
_DOTS = re.compile(
    r"[.…⋯。・．](?:(?<=[.…⋯])[.…⋯]+|(?<=⋯)|(?<=\.)(?: \.){2,}"
    r"|(?<=。)。{2,}|(?<=・)・{2,}|(?<=．)．{2,})"
)
_FULL_DOTS = 3
_LEADING_ELLIPSIS = re.compile(r"…[ \u00a0]+(?=\w)")
_MISSING_SPACE = re.compile(r"[,;!?،؛؟](?=[^\W\d_])(?:(?<=[^\W\d_].)|(?<=[”»)\]][,،]))")
_NEEDLESS_SPACE = re.compile(
    f"[ \u00a0](?=[,.;:!?…،؛؟])(?<=[\\w{_CLOSERS}…%][ \u00a0])"
    f"(?=[,.;:!?…،؛؟]+(?:[{_CLOSERS}]|\\s|$)|[,،][^\\W\\d_])"
)
_FACE = re.compile(r"[:;]-?[()DPp]")
_MIXED = re.compile("[!?؟！？]{2,}")
_QUESTIONS = "?؟？"
_CUE_END = f"(?=[{_CLOSERS}♪♫ ]*(?:\x1e|$|\n[-–—‐‑]))"
_INTERRUPTIONS = re.compile("[-–—](?:(?<=-)-+|(?<=[–—])[–—]*)" + _CUE_END)
# The double dash of Chinese and Japanese is a mark of its own.
_HYPHENS = re.compile("--+" + _CUE_END)
_TATWEEL = re.compile(r'["“”«](?=\w)(?:(?<=\bال.)|(?<=\b[وفبك]ال.))')
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー々〆」』”’）》】〉…]")
_HAN = regex.compile(r"\p{Han}")

_ARABIC = {"?": "؟", ",": "،", ";": "؛"}
_CHINESE = {",": "，", ".": "。", "?": "？", "!": "！", ":": "：", ";": "；"}
_JAPANESE = {",": "、", ".": "。", "?": "？", "!": "！", ":": "：", "､": "、", "｡": "。"}
_ROMANIAN = {"ş": "ș", "ţ": "ț", "Ş": "Ș", "Ţ": "Ț"}


def spaces(bare: str) -> Iterator[Edit]:
    """One space at a time, none at a row's ends; thin and narrow ones as U+0020 and U+00A0.

    U+202F is left out of the glyph list that subtitle systems follow, U+00A0 is in it.
    """
    for run in _SPACE_RUN.finditer(bare):
        found = run.group()
        if _WIDE_SPACE in found:
            new = _WIDE_SPACE
        else:
            new = NO_BREAK_SPACE if "\u00a0" in found or "\u202f" in found else " "
        if line_start(bare, run.start()) or line_end(bare, run.end()):
            new = ""
        if new != found:
            yield Edit(run.start(), run.end(), new)


def ellipses(*, doubled: bool) -> Rule:
    """Three dots or more are the one character U+2026, with ``doubled`` (Chinese) …… stays."""

    def rule(bare: str) -> Iterator[Edit]:
        for run in _DOTS.finditer(bare):
            found = run.group()
            is_ellipsis = "…" in found or "⋯" in found or len(found) >= _FULL_DOTS
            if is_ellipsis and not (doubled and found == "……"):
                yield Edit(run.start(), run.end(), "…")

    return rule


def leading_ellipses(bare: str) -> Iterator[Edit]:
    """No space after the ellipsis of a row that starts in the middle of a sentence."""
    for run in _LEADING_ELLIPSIS.finditer(bare):
        if line_start(bare, run.start()):
            yield Edit(run.start() + 1, run.end(), "")


def missing_spaces(bare: str) -> Iterator[Edit]:
    """A space after a mark that stands between two words."""
    for mark in _MISSING_SPACE.finditer(bare):
        is_greek_word = bare.startswith("τι", mark.end())  # ό,τι is one word
        if not is_greek_word and not is_code(bare, mark.start()):
            yield Edit(mark.end(), mark.end(), " ", leans_back=True)


def needless_spaces(kept_before: str) -> Rule:
    """No space before punctuation, but before the marks of ``kept_before``."""

    def rule(bare: str) -> Iterator[Edit]:
        for space in _NEEDLESS_SPACE.finditer(bare):
            mark = bare[space.end()]
            if mark not in kept_before and not _FACE.match(bare, space.end()):
                yield Edit(space.start(), space.end(), "")

    return rule


def no_break_spaces(before: str) -> Rule:
    """U+00A0 before the marks that ask for it: French ``!?:;``."""
    run_of_marks = re.compile(f"[{re.escape(before)}]+(?=[\\s»”’)\\]]|$)")

    def rule(bare: str) -> Iterator[Edit]:
        for run in run_of_marks.finditer(bare):
            start = run.start()
            if line_start(bare, start) or _FACE.match(bare, start):
                continue
            left = bare[start - 1]
            if left == " ":
                yield Edit(start - 1, start, NO_BREAK_SPACE)
            elif (left.isalnum() or left in "»”’)") and not is_entity(bare, start):
                yield Edit(start, start, NO_BREAK_SPACE)

    return rule


def unmixed_marks(bare: str) -> Iterator[Edit]:
    """A question mark alone where ``?!`` may not stand."""
    for run in _MIXED.finditer(bare):
        questions = [mark for mark in run.group() if mark in _QUESTIONS]
        if questions and len(questions) < len(run.group()):
            yield Edit(run.start(), run.end(), questions[0])


def interruptions(mark: str, *, unspaced: bool) -> Rule:
    """What ends a sentence that is cut off, where it ends a cue or a speaker's row."""
    pattern = _HYPHENS if unspaced else _INTERRUPTIONS

    def rule(bare: str) -> Iterator[Edit]:
        for run in pattern.finditer(bare):
            start = run.start()
            while start and bare[start - 1] in " \u00a0":
                start -= 1
            if not line_start(bare, start) and bare[start - 1] not in ".!?…-–—":
                yield Edit(start - (bare[start - 1] in ",;"), run.end(), mark)

    return rule


def arabic_marks(bare: str) -> Iterator[Edit]:
    """The script's own ``؟ ، ؛``, and a tatweel between the article and a quotation mark."""
    edits = [
        Edit(place, place + 1, _ARABIC[bare[place]])
        for place in places("[?,;]", bare)
        if not between(bare, place, str.isdigit) and not in_latin(bare, place)
    ]
    edits += [
        Edit(mark.start(), mark.start(), "ـ", leans_back=True) for mark in _TATWEEL.finditer(bare)
    ]
    yield from sorted(edits, key=lambda edit: edit.start)


def greek_marks(bare: str) -> Iterator[Edit]:
    """U+003B for the question mark, U+00B7 for the high stop, as Unicode folds them."""
    for place in places("[?\u037e\u0387]", bare):
        if bare[place] == "\u0387":
            yield Edit(place, place + 1, "\u00b7")
        elif bare[place] == "\u037e" or not in_latin(bare, place):
            yield Edit(place, place + 1, ";")


def low_quotes(bare: str) -> Iterator[Edit]:
    """Two commas typed for „ as a quotation mark for the rule of quotations to judge."""
    for place in places(r",,(?=\w)", bare):
        if line_start(bare, place) or bare[place - 1] in " \u00a0([-–—":
            yield Edit(place, place + 2, '"')


def romanian_letters(bare: str) -> Iterator[Edit]:
    """Comma below, not cedilla: ș and ț."""
    for place in places("[şţŞŢ]", bare):
        yield Edit(place, place + 1, _ROMANIAN[bare[place]])


def wide_marks(language: str) -> Rule:
    """Full-width punctuation beside Chinese or Japanese characters, and no space after it.

    In Chinese the dot between the parts of a foreign name is U+00B7.
    """
    table: Mapping[str, str] = _JAPANESE if language == "ja" else _CHINESE
    pattern = re.compile("[" + re.escape("".join(table)) + "]")
    spaced = re.compile(" (?:(?<=[，。、？！：；] )|(?=[，。、？！：；]))")
    dots = re.compile("[・•‧･∙⋅]")

    def rule(bare: str) -> Iterator[Edit]:
        edits = [
            Edit(mark.start(), mark.end(), table[mark.group()])
            for mark in pattern.finditer(bare)
            if _is_wide(bare, mark.start())
        ]
        edits += [Edit(space.start(), space.end(), "") for space in spaced.finditer(bare)]
        if language != "ja":
            edits += [
                Edit(dot.start(), dot.end(), "·")
                for dot in dots.finditer(bare)
                if between(bare, dot.start(), lambda one: bool(_HAN.match(one)))
            ]
        yield from sorted(edits, key=lambda edit: edit.start)

    return rule


def _is_wide(bare: str, place: int) -> bool:
    """Whether a mark stands in Chinese or Japanese text rather than in a number or Latin word."""
    before, after = bare[max(0, place - 1) : place], bare[place + 1 : place + 2]
    if _CJK.match(before):
        return not (after.isascii() and after.isalnum() and bare[place] == ".")
    return bool(before.strip() and bare[place] != "." and _CJK.match(after))
