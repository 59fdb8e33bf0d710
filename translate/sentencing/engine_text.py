"""What an engine is shown of a sentence, and what is put back around its answer.

Translation models are trained on prose. Speaker dashes, notes of song, label brackets, capitals
for shouting and a trailing ellipsis are the subtitler's signs; shown to a model they come back
damaged or bend the translation. They are taken off, kept, and put back.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from subtitles.language import LanguageTag, base_language
from subtitles.typography.casing import lower_case, upper_case

_PREFIX = re.compile(r"(?:>>+\s*|[-–—‐‑]\s*(?=[^\W\d_]|[\"'“‘«¿¡\[(♪])|[♪♫♬♩#*…]+\s*|\.{2,}\s*)+")
_SUFFIX = re.compile(r"(?:\s*[♪♫♬♩#*]+|\s*(?P<off>--+|[—–]|-(?=\s*$)|…|\.{2,}))+\s*$")
_BRACKETS = {"[": "]", "(": ")", "（": "）"}
# A sentence split over two cues, marked at both sides as in Dutch or German.
_CONTINUED = re.compile(r"(?:…|\.{2,})\s+(?:…|\.{2,})\s*(?=\w)")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "ʼ": "'"})
_LONG_DASH = re.compile(r"\s[—–]\s")
_SPACED_HYPHEN = re.compile(r"\s-\s")
_STOP_MARKS = {"zh": "。", "ja": "。", "yue": "。", "hi": "।", "th": ""}
_QUESTION_MARKS = {"zh": "？", "ja": "？", "yue": "？", "ar": "؟", "fa": "؟", "ur": "؟", "el": ";"}
_SHOUT_MARKS = {"zh": "！", "ja": "！", "yue": "！"}
_FINAL_FORMS = ((".", ".。।"), ("?", "?？؟"), ("!", "!！"))
_NOUNS_ARE_CAPITAL = frozenset({"de", "lb"})

# A single word in capitals this short is more often an acronym (OK, TV, FBI) than a shout.
_MIN_SHOUTED_LETTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineText:
    """One sentence, taken apart.

    Attributes:
        core: What the engine translates; empty when there is not a letter in the sentence.
        prefix: Signs before it, such as ``- `` or ``♪ ``.
        suffix: Signs after it; an interruption reads ``--`` here, whatever the language prints.
        is_shouted: Whether the sentence stood in capitals (the core does not).
        final_mark: What the core ends with, as one of ``. ? !``, or nothing.
    """

    core: str
    prefix: str = ""
    suffix: str = ""
    is_shouted: bool = False
    final_mark: str = ""


def has_letters(text: str) -> bool:
    """Whether there is anything to translate."""
    return any(character.isalpha() for character in text)


def engine_text(text: str, language: LanguageTag) -> EngineText:
    """Take a sentence apart; a sentence without a letter is all prefix."""
    if not has_letters(text):
        return EngineText(core="", prefix=text)
    core = _CONTINUED.sub(" ", "".join(_shown(text)).strip())
    prefix = _PREFIX.match(core)
    before = prefix.group() if prefix else ""
    core = core[len(before) :]
    before = re.sub(r"(?:…|\.{2,})\s*$", "…", before)
    suffix = _SUFFIX.search(core)
    after = _kept_suffix(suffix) if suffix else ""
    core = core[: suffix.start()] if suffix else core
    opening, core, closing = _unbracketed(core)
    if not has_letters(core):
        return EngineText(core="", prefix=text)
    shouted = is_shouted(core)
    return EngineText(
        core=_quietened(core, language) if shouted else core.translate(_QUOTES),
        prefix=before + opening,
        suffix=closing + after,
        is_shouted=shouted,
        final_mark=_final_mark(core, language),
    )


def assembled(shown: EngineText, translated: str, target: LanguageTag) -> str:
    """The engine's answer with everything put back; an empty answer stays empty."""
    answer = " ".join(translated.split())
    if not shown.core:
        return shown.prefix
    if shown.suffix[:1] in {"…", "-"}:
        answer = answer.rstrip(".…-– ")
    if not answer:
        return ""
    answer = _with_long_dashes(shown.core, answer)
    answer = _with_final_mark(shown, answer, target)
    answer = _with_first_letter(shown.core, answer, target)
    if shown.is_shouted:
        answer = upper_case(answer, target)
    answer = answer.replace("...", "…")
    return shown.prefix + answer + shown.suffix


def is_shouted(text: str) -> bool:
    """Whether a text stands in capitals: two words or more, or one that is no short acronym."""
    letters = [character for character in text if character.isalpha()]
    if not letters or any(not character.isupper() for character in letters):
        return False
    return len(letters) >= _MIN_SHOUTED_LETTERS or len(text.split()) > 1


def _shown(text: str) -> Iterator[str]:
    """The characters a model may see: controls and invisible formatting break words apart."""
    for character in text:
        category = unicodedata.category(character)
        if category in {"Cc", "Zs", "Zl", "Zp"}:
            yield " "
        elif category not in {"Cf", "Co", "Cs", "Cn"} or character in "\u200c\u200d":
            yield character


def _kept_suffix(suffix: re.Match[str]) -> str:
    """The signs, with any way of writing "cut short" as ``--`` and of trailing off as ``…``."""
    signs = re.sub(r"\.{2,}", "…", suffix.group())
    return re.sub(r"\s*(?:--+|[—–]|-(?=\s*$))", "--", signs).rstrip()


def _unbracketed(core: str) -> tuple[str, str, str]:
    closing = _BRACKETS.get(core[:1])
    inside = core[1:-1]
    if closing is None or core[-1:] != closing or closing in inside or core[0] in inside:
        return "", core, ""
    return core[0], inside.strip(), closing


def _quietened(core: str, language: LanguageTag) -> str:
    """Capitals as a sentence: lower case, one capital at the start, and English "I"."""
    quiet = lower_case(core.translate(_QUOTES), language)
    first = next(index for index, character in enumerate(quiet) if character.isalpha())
    quiet = quiet[:first] + upper_case(quiet[first], language)[:1] + quiet[first + 1 :]
    if base_language(language) == "en":
        quiet = re.sub(r"\bi\b", "I", quiet)
    return quiet


def _with_long_dashes(core: str, answer: str) -> str:
    """Dashes that the engine turned into hyphens, when each can be told from its place."""
    dashes = _LONG_DASH.findall(core)
    hyphens = _SPACED_HYPHEN.findall(answer)
    if not dashes or _SPACED_HYPHEN.search(core) or len(dashes) != len(hyphens):
        return answer
    waiting = iter(dashes)
    return _SPACED_HYPHEN.sub(lambda _: next(waiting), answer)


def _with_final_mark(shown: EngineText, answer: str, target: LanguageTag) -> str:
    """The same closing mark as the source: none added, none lost."""
    base = base_language(target)
    stop = _STOP_MARKS.get(base, ".")
    last = shown.final_mark
    answered = _final_mark(answer, target)
    if last == answered:
        return answer
    if not last:
        is_added = answered == "." and answer[-1] in ".。।" and not answer.endswith("..")
        return answer[:-1] if is_added else answer
    if answered or not answer[-1].isalnum():
        return answer
    return answer + {".": stop, "?": _QUESTION_MARKS.get(base, "?")}.get(
        last, _SHOUT_MARKS.get(base, "!")
    )


def _final_mark(text: str, language: LanguageTag) -> str:
    """What the text ends with as one of ``. ? !`` or nothing, closing quotes left aside."""
    last = text.rstrip("\"'»”’) ")[-1:]
    if last == ";" and base_language(language) == "el":
        return "?"
    return next((mark for mark, forms in _FINAL_FORMS if last and last in forms), "")


def _with_first_letter(core: str, answer: str, target: LanguageTag) -> str:
    """A small first letter where the source has one: a label, or speech taken up again."""
    first, word = answer[:1], answer.split(maxsplit=1)[0]
    is_name = word.rstrip(",.;:!?") in core
    if not core[0].islower() or not first.isupper() or is_name or word[1:2].isupper():
        return answer
    if base_language(target) in _NOUNS_ARE_CAPITAL or word == "I" or word.startswith("I'"):
        return answer
    return first.lower() + answer[1:]
