"""Asking an engine: once for all sentences, and again for those it got wrong.

Everything is asked in batches over the whole track. What comes of asking again joins the renderings
already there, and the best of all is taken: asking again never makes a sentence worse.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from translate.choosing.candidates import Answer, Candidate, Question, ranked
from translate.choosing.fault_table import FAULT_KINDS, MAX_RETRIES, Remedy
from translate.choosing.faults import Fault, faults_of
from translate.sentencing.parts import joined, parts_of
from translate.translator import Ask, LanguagePair, Rendering, Sentence, Translation, Translator

Key = TypeVar("Key", bound=Hashable)

STAND_IN_TURNS = 2
"""How often a sentence is asked with stand-ins: a name that an engine does not know is lost."""

FIRST_ASK = Ask(candidates=4, wants_alignment=True)
"""Of beams of 2 to 8, four is where published gains end and cost goes on."""

SHORTER_ASK = Ask(candidates=4, brevity=0.5, wants_alignment=True)
"""For sentences whose renderings have no room in their cues."""

PLACED_RULE = "term-placed"
_AROUND = "what is said around it was translated by itself"
_BY_POSITION = "put in as far into the sentence as in the source"
_MOST_TOLD = 5

_HIDDEN_BY_JOINING = frozenset(
    {"translation-too-short", "translation-too-long", "translation-loop"}
)
"""Faults of a clause that the whole sentence does not show: the other clauses make up for it."""

MOST_TIMES_LONGER, MOST_CHARS_LONGER = 5, 20
"""An engine that says more than so many times the characters of the source, and so many more, is
out of its mind. Chinese, the densest script, is rendered by some three to four times its length."""


class Interview:
    """One engine, one pair of languages, and what it answered so far."""

    def __init__(self, translator: Translator, pair: LanguagePair) -> None:
        self._translator, self._pair = translator, pair
        self._has_choice = False

    def answers(self, questions: Mapping[Key, Question]) -> dict[Key, Answer]:
        """One for each question; those in need are asked again as `FAULT_KINDS` has it."""
        found = self._more(questions, dict.fromkeys(questions, Answer()), FIRST_ASK)
        self._has_choice = any(len(one.candidates) > 1 for one in found.values())
        for turn in range(STAND_IN_TURNS):
            found |= self._with_stand_ins(questions, found, turn)
        for turn in range(MAX_RETRIES):
            for remedy, keys in _in_need(found, turn).items():
                wanting = {key: questions[key] for key in keys}
                again = self._tried(remedy, turn, wanting, {key: found[key] for key in keys})
                found |= again
        return found | self._with_words_kept(questions, found)

    def shorter(
        self, questions: Mapping[Key, Question], answers: Mapping[Key, Answer]
    ) -> dict[Key, Answer]:
        """The answers with shorter renderings among them, where the engine can give any.

        Comes after `answers`. An engine that gave one rendering for every sentence when several
        were wanted is taken to have no choice, and is not asked.
        """
        if not self._has_choice:
            return {key: answers[key] for key in questions}
        return self._more(questions, answers, SHORTER_ASK)

    def _tried(
        self,
        remedy: Remedy,
        turn: int,
        questions: Mapping[Key, Question],
        answers: Mapping[Key, Answer],
    ) -> dict[Key, Answer]:
        ask = replace(FIRST_ASK, attempt=turn + 1)
        found: dict[Key, Answer] = {}
        match remedy:
            case Remedy.OTHER_SETTINGS:
                found = self._more(questions, answers, ask)
            case Remedy.IN_PARTS:
                found = self._in_parts(questions, answers)
            case Remedy.ALONE:
                for key, question in questions.items():
                    found |= self._more({key: question}, answers, ask)
        return {key: replace(one, retries=one.retries + 1) for key, one in found.items()}

    def _more(
        self, questions: Mapping[Key, Question], answers: Mapping[Key, Answer], ask: Ask
    ) -> dict[Key, Answer]:
        """The answers with what the engine says now among their candidates."""
        said = self._asked([one.sentence for one in questions.values()], ask)
        return {
            key: self._joined(question, answers[key], translation.renderings)
            for (key, question), translation in zip(questions.items(), said, strict=True)
        }

    def _joined(
        self,
        question: Question,
        answer: Answer,
        renderings: Iterable[Rendering],
        marks: tuple[Fault, ...] = (),
    ) -> Answer:
        candidates: tuple[Candidate, ...] = ranked(
            question, renderings, self._pair, answer.candidates, marks
        )
        return replace(answer, candidates=candidates)

    def _with_stand_ins(
        self, questions: Mapping[Key, Question], answers: Mapping[Key, Answer], turn: int
    ) -> dict[Key, Answer]:
        """Those that have not all words by themselves, asked with stand-ins.

        In later turns only those that lack words that have to stay.
        """
        wanting = {
            key: (question.sentence, question.terms)
            for key, question in questions.items()
            if question.terms is not None
            and (answers[key].lost if turn else answers[key].needs_words)
        }
        sentences = [terms.stood_in(one, turn) for one, terms in wanting.values()]
        said = self._asked(sentences, FIRST_ASK)
        return {
            key: self._joined(
                questions[key],
                answers[key],
                (terms.put_back(one, turn) for one in translation.renderings),
            )
            for (key, (_, terms)), translation in zip(wanting.items(), said, strict=True)
        }

    def _with_words_kept(
        self, questions: Mapping[Key, Question], answers: Mapping[Key, Answer]
    ) -> dict[Key, Answer]:
        """Those that still lack words that have to stay, with these words in any case.

        What is said around the words is translated by itself; where that comes to nothing good,
        the words go into the best rendering by their position. Either is a fault that a person
        sees.
        """
        lacking = {
            key: (question.sentence, question.terms)
            for key, question in questions.items()
            if question.terms is not None and question.terms.lost(_best_text(answers[key]))
        }
        parts = {key: terms.parts_around(one) for key, (one, terms) in lacking.items()}
        said = iter(self._asked([part for some in parts.values() for part in some], FIRST_ASK))
        found: dict[Key, Answer] = {}
        for key, (_, terms) in lacking.items():
            question, answer = questions[key], answers[key]
            lost = terms.lost(_best_text(answer))
            whole = terms.put_around([next(said) for _ in parts[key]])
            found[key] = self._joined(question, answer, (whole,), (_placed(lost, _AROUND),))
            if answer.candidates and not found[key].is_sound:
                whole = terms.positioned(answer.candidates[0].rendering)
                marks = (_placed(lost, _BY_POSITION),)
                found[key] = self._joined(question, found[key], (whole,), marks)
        return found

    def _in_parts(
        self, questions: Mapping[Key, Question], answers: Mapping[Key, Answer]
    ) -> dict[Key, Answer]:
        """Each sentence by its clauses; one of a single clause is not asked, and left out."""
        parts = {key: parts_of(question.sentence) for key, question in questions.items()}
        whole = {key: some for key, some in parts.items() if len(some) > 1}
        said = iter(self._asked([part for some in whole.values() for part in some], FIRST_ASK))
        found: dict[Key, Answer] = {}
        for key, some in whole.items():
            clauses = [next(said) for _ in some]
            rendering = joined(questions[key].sentence, some, clauses, self._pair)
            marks = self._hidden(some, clauses)
            found[key] = self._joined(questions[key], answers[key], (rendering,), marks)
        return found

    def _hidden(self, parts: Sequence[Sentence], said: Sequence[Translation]) -> tuple[Fault, ...]:
        """What is wrong with single clauses, one fault of a kind."""
        faults = {
            fault.rule: replace(fault, said=part.text)
            for part, one in zip(parts, said, strict=True)
            for fault in faults_of(part.text, one.text, self._pair)
            if fault.rule in _HIDDEN_BY_JOINING
        }
        return tuple(faults.values())

    def _asked(self, sentences: Sequence[Sentence], ask: Ask) -> Sequence[Translation]:
        """One translation per sentence, whatever the engine does."""
        if not sentences:
            return ()
        said = self._translator.translate(sentences, self._pair, ask)
        if len(said) == len(sentences):
            return [_bounded(one, asked) for one, asked in zip(said, sentences, strict=True)]
        # Which answer belongs to which sentence cannot be told any more.
        return [self._asked_alone(sentence, ask) for sentence in sentences]

    def _asked_alone(self, sentence: Sentence, ask: Ask) -> Translation:
        said = self._translator.translate((sentence,), self._pair, ask)
        return _bounded(said[0], sentence) if len(said) == 1 else Translation(text="")


def _bounded(said: Translation, asked: Sentence) -> Translation:
    """An answer without the renderings that are beyond all measure."""
    longest = MOST_TIMES_LONGER * len(asked.text) + MOST_CHARS_LONGER
    kept = [one for one in said.renderings if len(one.text) <= longest]
    if len(kept) == len(said.renderings):
        return said
    best, *others = kept or [Rendering(text="")]
    return Translation(
        text=best.text, score=best.score, alignment=best.alignment, candidates=tuple(others)
    )


def _best_text(answer: Answer) -> str:
    return answer.candidates[0].rendering.text if answer.candidates else ""


def _placed(words: Sequence[str], how: str) -> Fault:
    told = ", ".join(words[:_MOST_TOLD])
    return Fault(PLACED_RULE, len(words), said=words[0], note=f"{told}: {how}")


def _in_need(answers: Mapping[Key, Answer], turn: int) -> dict[Remedy, list[Key]]:
    """Who is to be asked again in this turn, and how."""
    needs: dict[Remedy, list[Key]] = {}
    for key, answer in answers.items():
        fault = answer.worst_fault
        remedies = FAULT_KINDS[fault].remedies if fault else ()
        if turn < len(remedies):
            needs.setdefault(remedies[turn], []).append(key)
    return needs
