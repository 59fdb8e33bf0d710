"""The renderings of one sentence side by side: which is the best, which are good enough."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from translate.aids import SentenceTerms
from translate.choosing.fault_table import RETRY_PENALTY, SERIOUS_PENALTY
from translate.choosing.faults import Fault, faults_of
from translate.translator import LanguagePair, Rendering, Sentence

# Beside a sound rendering another is as good when it is this much worse by its marks alone: a name
# in a form that the comparison does not know is no reason to leave out a shorter rendering.
_TOLERATED_PENALTY = 0.3

MENDED_PENALTY = 0.3
"""Of a word that was put into a rendering, in nats per token: as far as two good renderings are
apart, since its article and adjectives may not agree with it."""

LOST_PENALTY = 4.0
"""Of words that have to stay and are not there, in nats per token: any rendering that has them
comes before, but for one that is no translation at all. More than can be said against a rendering
because such words were put into it: it may be too long for it, and have another sentence."""

TERM_RULE = "term-missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an engine is asked once, however many sentences of the track it answers.

    Attributes:
        sentence: As the engine sees it, without the subtitler's signs.
        terms: The show's words in it; None for none.
    """

    sentence: Sentence
    terms: SentenceTerms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One rendering and what is wrong with it.

    Attributes:
        rendering: As the engine gave it, the show's words put right.
        faults: What is wrong; empty for nothing.
        is_mended: Whether words of the show had to be put in.
        lost: Words that have to stay and are not in it.
    """

    rendering: Rendering
    faults: tuple[Fault, ...] = ()
    is_mended: bool = False
    lost: tuple[str, ...] = ()

    @property
    def penalty(self) -> float:
        """What its faults count together, in nats per token."""
        return sum(fault.penalty for fault in self.faults) + LOST_PENALTY * bool(self.lost)

    @property
    def adequacy(self) -> float:
        """The engine's score less the penalties, in nats per token; 0 is best."""
        mending = MENDED_PENALTY if self.is_mended else 0.0
        return (self.rendering.score or 0.0) - self.penalty - mending


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a question.

    Attributes:
        candidates: The best first, no two alike; empty when the engine gave nothing.
        retries: How often it was asked again.
    """

    candidates: tuple[Candidate, ...] = ()
    retries: int = 0

    @property
    def acceptable(self) -> tuple[Candidate, ...]:
        """The best, and what has hardly more marks against it: any of them may be shown."""
        if not self.candidates:
            return ()
        limit = self.candidates[0].penalty + _TOLERATED_PENALTY
        return tuple(one for one in self.candidates if one.penalty <= limit)

    @property
    def offered(self) -> tuple[Candidate, ...]:
        """Those that a reviewer may want to see beside each other."""
        return tuple(one for one in self.candidates if one.penalty < SERIOUS_PENALTY)

    @property
    def is_sound(self) -> bool:
        """Whether the best candidate has nothing serious against it."""
        return bool(self.candidates) and self.candidates[0].penalty < SERIOUS_PENALTY

    @property
    def needs_words(self) -> bool:
        """Whether the best candidate has not all of the show's words by itself."""
        best = self.candidates[0] if self.candidates else None
        return best is None or best.is_mended or any(one.rule == TERM_RULE for one in best.faults)

    @property
    def lost(self) -> tuple[str, ...]:
        """Words that have to stay and are not in the best candidate."""
        return self.candidates[0].lost if self.candidates else ()

    @property
    def worst_fault(self) -> str:
        """What is most wrong with the best candidate, if it is worth asking again, else nothing."""
        if not self.candidates:
            return "no-translation"
        best = self.candidates[0]
        if best.penalty < RETRY_PENALTY or not best.faults:
            return ""
        return max(best.faults, key=lambda fault: fault.penalty).rule


def ranked(
    question: Question,
    renderings: Iterable[Rendering],
    pair: LanguagePair,
    known: Iterable[Candidate] = (),
    marks: tuple[Fault, ...] = (),
) -> tuple[Candidate, ...]:
    """Candidates out of renderings, and those known before, the best first.

    The order is adequacy; among equals an earlier one comes before a later one.

    Args:
        question: What was asked.
        renderings: What was answered.
        pair: The languages.
        known: Candidates of the same question.
        marks: What is known against the renderings from the way in which they were made.
    """
    candidates = {one.rendering.text: one for one in known}
    for rendering in renderings:
        if _says_something(rendering.text):
            candidate = _judged(question, rendering, pair)
            own = {one.rule for one in candidate.faults}
            more = (one for one in marks if one.rule not in own)
            candidate = replace(candidate, faults=(*candidate.faults, *more))
            candidates.setdefault(candidate.rendering.text, candidate)
    return tuple(sorted(candidates.values(), key=lambda one: -one.adequacy))


def _says_something(text: str) -> bool:
    """Whether a text is more than white space and marks; a figure may stand for a word."""
    return any(character.isalnum() for character in text)


def _judged(question: Question, rendering: Rendering, pair: LanguagePair) -> Candidate:
    source, terms = question.sentence.text, question.terms
    if terms is None:
        return Candidate(rendering=rendering, faults=faults_of(source, rendering.text, pair))
    mended = terms.enforced(rendering)
    kept = tuple(wanted for said, wanted in terms.wanted if said == wanted)
    faults = faults_of(source, mended.text, pair, kept)
    missed = terms.missed(mended.text)
    if missed:
        faults = (*faults, Fault(TERM_RULE, missed))
    return Candidate(
        rendering=mended,
        faults=faults,
        is_mended=mended.text != rendering.text,
        lost=terms.lost(mended.text),
    )
