"""Checks of a translated cue beside what it renders."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from subtitles.checks.standard import Standard
from subtitles.findings import Finding
from subtitles.language import LanguageTag
from subtitles.meaning.copies import MAX_COPIED_PERCENT, copied_percent
from subtitles.meaning.figures import extra_numbers, missing_numbers
from subtitles.meaning.names import lost_names
from subtitles.meaning.negation import negation_lost

_ITALICS = re.compile(r"<i\b", re.IGNORECASE)
_TOP = re.compile(r"\{\\an[789]\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a cue renders.

    A sentence that runs through cues may have its numbers, names and negations in the cue next
    door, so the neighbours' texts are looked through as well.

    Attributes:
        text: Of its source cues.
        language: Of the source.
        text_beside: Source texts just before and after; None when nobody knows them, and then
            no number is called made up.
        target_beside: Translated texts just before and after.
    """

    text: str
    language: LanguageTag
    text_beside: str | None = None
    target_beside: str = ""


def compare(cue_id: str, text: str, original: Original, standard: Standard) -> Iterator[Finding]:
    """What a translation lost, made up, or left as it was; nothing within one language."""
    source, context = original.text, f"{text}\n{original.target_beside}"
    percent = copied_percent(source, text, original.text_beside or "")
    if percent >= MAX_COPIED_PERCENT:
        yield from standard.found("untranslated", cue_id, percent, MAX_COPIED_PERCENT)
    missing = missing_numbers(source, context)
    if missing:
        yield from standard.found("missing-numbers", cue_id, len(missing))
    if original.text_beside is not None:
        extra = extra_numbers(source, text, original.text_beside)
        if extra:
            yield from standard.found("extra-numbers", cue_id, len(extra))
    languages = original.language, standard.profile.language
    if negation_lost(source, context, *languages):
        yield from standard.found("negation-lost", cue_id, 1)
    names = lost_names(source, context, *languages)
    if names:
        yield from standard.found("name-lost", cue_id, len(names))
    tags = _lost_tags(source, text, standard)
    if tags:
        yield from standard.found("tags-lost", cue_id, tags)


def _lost_tags(source: str, text: str, standard: Standard) -> int:
    """Italics that the language has, and a place at the top, where the translation has none."""
    if "<" not in source and "{" not in source:
        return 0
    italics = standard.profile.typography.italics and bool(_ITALICS.search(source))
    return (italics and not _ITALICS.search(text)) + (
        bool(_TOP.search(source)) and not _TOP.search(text)
    )
