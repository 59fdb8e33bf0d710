"""Asking an engine: once for all sentences, and again for those it got wrong.

Everything is asked in batches over the whole track. What comes of asking again joins the renderings
already there, and the best of all is taken: asking again never makes a sentence worse.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from translate.choosing.candidates import Answer, Candidate, Question, ranked
from translate.choosing.fault_table import FAULT_KINDS, MAX_RETRIES, Remedy
from translate.sentencing.parts import joined, parts_of
from translate.translator import Ask, LanguagePair, Rendering, Sentence, Translation, Translator

Key = TypeVar("Key", bound=Hashable)

FIRST_ASK = Ask(candidates=4, wants_alignment=True)
"""Of beams of 2 to 8, four is where published gains end and cost goes on."""

SHORTER_ASK = Ask(candidates=4, brevity=0.5, wants_alignment=True)
"""For sentences whose renderings have no room in their cues."""


class Interview:
    """One engine, one pair of languages, and what it answered so far."""

    def __init__(self, translator: Translator, pair: LanguagePair) -> None:
        self._translator, self._pair = translator, pair
        self._has_choice = False

    def answers(self, questions: Mapping[Key, Question]) -> dict[Key, Answer]:
        """One for each question; those in need are asked again as `FAULT_KINDS` has it."""
        found = self._more(questions, dict.fromkeys(questions, Answer()), FIRST_ASK)
        self._has_choice = any(len(one.candidates) > 1 for one in found.values())
        found |= self._with_stand_ins(questions, found)
        for turn in range(MAX_RETRIES):
            for remedy, keys in _in_need(found, turn).items():
                wanting = {key: questions[key] for key in keys}
                again = self._tried(remedy, turn, wanting, {key: found[key] for key in keys})
                found |= again
        return found

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
        self, question: Question, answer: Answer, renderings: Iterable[Rendering]
    ) -> Answer:
        candidates: tuple[Candidate, ...] = ranked(
            question, renderings, self._pair, answer.candidates
        )
        return replace(answer, candidates=candidates)

    def _with_stand_ins(
        self, questions: Mapping[Key, Question], answers: Mapping[Key, Answer]
    ) -> dict[Key, Answer]:
        """Those that have not all of the show's words by themselves, asked with stand-ins."""
        wanting = {
            key: (question.sentence, question.terms)
            for key, question in questions.items()
            if question.terms is not None and answers[key].needs_words
        }
        said = self._asked([terms.stood_in(one) for one, terms in wanting.values()], FIRST_ASK)
        return {
            key: self._joined(
                questions[key], answers[key], map(terms.put_back, translation.renderings)
            )
            for (key, (_, terms)), translation in zip(wanting.items(), said, strict=True)
        }

    def _in_parts(
        self, questions: Mapping[Key, Question], answers: Mapping[Key, Answer]
    ) -> dict[Key, Answer]:
        """Each sentence by its clauses; one of a single clause is not asked, and left out."""
        parts = {key: parts_of(question.sentence) for key, question in questions.items()}
        whole = {key: some for key, some in parts.items() if len(some) > 1}
        said = iter(self._asked([part for some in whole.values() for part in some], FIRST_ASK))
        found: dict[Key, Answer] = {}
        for key, some in whole.items():
            sentence = questions[key].sentence
            rendering = joined(sentence, some, [next(said) for _ in some], self._pair)
            found[key] = self._joined(questions[key], answers[key], (rendering,))
        return found

    def _asked(self, sentences: Sequence[Sentence], ask: Ask) -> Sequence[Translation]:
        """One translation per sentence, whatever the engine does."""
        if not sentences:
            return ()
        said = self._translator.translate(sentences, self._pair, ask)
        if len(said) == len(sentences):
            return said
        # Which answer belongs to which sentence cannot be told any more.
        return [self._asked_alone(sentence, ask) for sentence in sentences]

    def _asked_alone(self, sentence: Sentence, ask: Ask) -> Translation:
        said = self._translator.translate((sentence,), self._pair, ask)
        return said[0] if len(said) == 1 else Translation(text="")


def _in_need(answers: Mapping[Key, Answer], turn: int) -> dict[Remedy, list[Key]]:
    """Who is to be asked again in this turn, and how."""
    needs: dict[Remedy, list[Key]] = {}
    for key, answer in answers.items():
        fault = answer.worst_fault
        remedies = FAULT_KINDS[fault].remedies if fault else ()
        if turn < len(remedies):
            needs.setdefault(remedies[turn], []).append(key)
    return needs
