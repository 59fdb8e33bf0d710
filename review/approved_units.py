"""What a translation memory learns when a task is approved: its sentences, as they were released.

A sentence that shares no cue with another is one unit: its source, and the approved text of all
its cues. Where sentences share cues, the approved text is cut into sentences again; each is a unit
if there are as many as before, in the same cues, and otherwise all of them together are one. A
task without sentences (parked by an earlier version) gives one unit for each cue. Styling is taken
off, and so are the ellipses that some languages print on both sides of a cue's border.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from review.passages import cue_ids_of, passages
from review.tasks import ReviewCue, Role
from subtitles.cues import Cue, CueTrack
from subtitles.language import LanguageTag, is_unspaced, same_language
from subtitles.plain_text import clean_text
from subtitles.signature import EngineSignature
from subtitles.typography.direction import without_direction_marks
from translate.drafts import SentenceDraft
from translate.memory.units import MAX_TITLE_CHARS, MAX_UNIT_CHARS, MemoryUnit
from translate.sentencing.engine_text import has_letters
from translate.sentencing.markup import plain_cue
from translate.sentencing.sentences import sentences_of
from translate.translator import LanguagePair, Sentence

_CONTINUED = re.compile(r"\s*(?:…|\.{3})\s*(?:…|\.{3})(?=\w)")
_PEOPLE = EngineSignature(engine="people", engine_version="-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What is known of the task and of whoever approves it."""

    task_id: str
    title: str
    pair: LanguagePair
    role: Role
    at: datetime


@dataclass(frozen=True, slots=True)
class _Rendered:
    """A source text and its approved translation."""

    source_text: str
    text: str


def units_of_approval(
    approval: Approval, cues: Sequence[ReviewCue], sentences: Sequence[SentenceDraft]
) -> tuple[MemoryUnit, ...]:
    """The units of a task, each once; none for subtitles in the language spoken.

    What has no letter on either side, or is longer than a memory keeps, is left out.

    Args:
        approval: The task, and who approves it when.
        cues: All cues of the task, as approved.
        sentences: As they were parked with the task; may be empty.
    """
    if same_language(approval.pair.source, approval.pair.target):
        return ()
    found = _by_sentence(approval, cues, sentences) if sentences else _by_cue(approval, cues)
    rendered = tuple(found)
    units: dict[str, MemoryUnit] = {}
    for number, one in enumerate(rendered):
        if _is_worth_keeping(one):
            before = rendered[number - 1].source_text if number else ""
            after = rendered[number + 1].source_text if number + 1 < len(rendered) else ""
            unit = _unit(approval, one, before, after)
            units[unit.unit_id] = unit
    return tuple(units.values())


def _by_cue(approval: Approval, cues: Sequence[ReviewCue]) -> Iterator[_Rendered]:
    for cue in cues:
        source = _joined([cue.source_text], approval.pair.source)
        yield _Rendered(source, _joined([cue.text], approval.pair.target))


def _by_sentence(
    approval: Approval, cues: Sequence[ReviewCue], sentences: Sequence[SentenceDraft]
) -> Iterator[_Rendered]:
    """Every sentence in order, or what stands for several of them."""
    texts = {cue.cue_id: cue.text for cue in cues}
    approved = _sentences_by_cue(cues, approval.pair.target)
    for passage in passages(sentences):
        cue_ids = cue_ids_of(passage)
        found = tuple(dict.fromkeys(one for cue_id in cue_ids for one in approved[cue_id]))
        if [one.cue_ids for one in found] == [one.cue_ids for one in passage]:
            for drafted, sentence in zip(passage, found, strict=True):
                yield _Rendered(clean_text(drafted.source_text), _uncontinued(sentence.text))
        else:
            joiner = "" if is_unspaced(approval.pair.source) else " "
            source = clean_text(joiner.join(one.source_text for one in passage))
            yield _Rendered(
                source, _joined([texts[name] for name in cue_ids], approval.pair.target)
            )


def _sentences_by_cue(
    cues: Sequence[ReviewCue], language: LanguageTag
) -> Mapping[str, Sequence[Sentence]]:
    """For each cue, the sentences of the approved text that run through it."""
    shown = tuple(
        Cue(cue_id=cue.cue_id, span=cue.span, lines=_rows(cue.text))
        for cue in cues
        if _rows(cue.text)
    )
    track = CueTrack(media_id="", language=language, cues=shown, made_by=_PEOPLE)
    found: dict[str, list[Sentence]] = {cue.cue_id: [] for cue in cues}
    for sentence in sentences_of(track):
        for cue_id in sentence.cue_ids:
            found[cue_id].append(sentence)
    return found


def _joined(texts: Iterable[str], language: LanguageTag) -> str:
    """The texts of cues on one row, styling off."""
    joiner = "" if is_unspaced(language) else " "
    return _uncontinued(joiner.join(row for text in texts for row in _rows(text)))


def _rows(text: str) -> tuple[str, ...]:
    return plain_cue(without_direction_marks(text.split("\n"))).lines


def _uncontinued(text: str) -> str:
    return clean_text(_CONTINUED.sub(" ", text))


def _is_worth_keeping(rendered: _Rendered) -> bool:
    both = (rendered.source_text, rendered.text)
    return all(has_letters(text) and len(text) <= MAX_UNIT_CHARS for text in both)


def _unit(approval: Approval, rendered: _Rendered, before: str, after: str) -> MemoryUnit:
    return MemoryUnit(
        pair=approval.pair,
        source_text=rendered.source_text,
        text=rendered.text,
        before=clean_text(before[:MAX_UNIT_CHARS]),
        after=clean_text(after[:MAX_UNIT_CHARS]),
        title=clean_text(approval.title[:MAX_TITLE_CHARS]),
        task_id=approval.task_id,
        role=approval.role.value,
        approved_at=approval.at.replace(microsecond=0),
    )
