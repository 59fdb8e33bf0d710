"""The lines of dialogue on their way through translation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from subtitles.cues import CueTrack
from translate.aids import ShowWords
from translate.choosing.candidates import Question
from translate.glossary.glossary import Glossary
from translate.glossary.show_glossary import ShowGlossary
from translate.memory.port import MemoryHit, TranslationMemory
from translate.sentencing.engine_text import EngineText, engine_text
from translate.sentencing.sentences import sentences_of
from translate.translator import LanguagePair, Sentence, Translator

QuestionKey = tuple[str, ...]
"""What makes two lines the same to the engine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of the track.

    Attributes:
        sentence: As it was said.
        shown: What an engine is shown of it, and what is put back around the answer.
        key: The same for lines that the engine cannot tell apart.
        hits: What approved work has for it, best first.
    """

    sentence: Sentence
    shown: EngineText
    key: QuestionKey
    hits: tuple[MemoryHit, ...] = ()

    @property
    def recalled(self) -> MemoryHit | None:
        """The approved translation that stands for this line, if there is one."""
        return self.hits[0] if self.hits and self.hits[0].is_exact else None

    @property
    def is_asked(self) -> bool:
        """Whether the engine is to translate it."""
        return bool(self.shown.core) and self.recalled is None


def lines_of(
    track: CueTrack,
    memory: TranslationMemory | None,
    pair: LanguagePair,
    *,
    in_context: bool,
) -> tuple[Line, ...]:
    """Every sentence of the track, in order, and what memory has for those with words in them.

    Args:
        track: The source track.
        memory: What was approved before; None for nothing.
        pair: The languages.
        in_context: Whether the engine sees what is said around a sentence.
    """
    lines: list[Line] = []
    for sentence in sentences_of(track):
        shown = engine_text(sentence.text, pair.source)
        around = (sentence.before, sentence.after)
        hits: tuple[MemoryHit, ...] = ()
        if memory is not None and shown.core:
            hits = memory.hits(sentence.text, *around, pair)
        ends = ",".join(map(str, sentence.cue_lengths[:-1]))
        key = (shown.core, ends, *around) if in_context else (shown.core, ends)
        lines.append(Line(sentence=sentence, shown=shown, key=key, hits=hits))
    return tuple(lines)


def questions_of(
    lines: Sequence[Line], glossary: ShowWords | None, pair: LanguagePair, translator: Translator
) -> dict[QuestionKey, Question]:
    """What has to be asked, each thing once, in the order of the track.

    Args:
        lines: Of the track.
        glossary: The show's words; None for none.
        pair: Its languages.
        translator: Who will be asked.
    """
    asked: dict[QuestionKey, Line] = {}
    for line in lines:
        if line.is_asked:
            asked.setdefault(line.key, line)
    sentences = [_as_shown(line) for line in asked.values()]
    words = glossary or ShowGlossary(Glossary())
    found = words.found_in([line.shown for line in asked.values()], pair, translator)
    return {
        key: Question(
            sentence=sentence if terms is None else replace(sentence, terms=terms.wanted),
            terms=terms,
        )
        for key, sentence, terms in zip(asked, sentences, found, strict=True)
    }


def _as_shown(line: Line) -> Sentence:
    """The sentence as the engine sees it, its cue lengths scaled to the shorter text."""
    sentence, core = line.sentence, line.shown.core
    total = sum(sentence.cue_lengths)
    borders = (round(end * len(core) / total) for end in accumulate(sentence.cue_lengths))
    lengths = tuple(later - earlier for earlier, later in pairwise((0, *borders)))
    return replace(sentence, text=core, cue_lengths=lengths)
