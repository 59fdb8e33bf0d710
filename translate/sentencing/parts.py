"""A sentence translated clause by clause, for engines that lose the thread of a long one."""

from collections.abc import Sequence
from dataclasses import replace

from subtitles.language import is_unspaced
from translate.sentencing.engine_text import assembled, engine_text, has_letters
from translate.sentencing.offsets import carried, places
from translate.sentencing.pieces import clauses_of
from translate.translator import LanguagePair, Link, Rendering, Sentence, Translation


def parts_of(sentence: Sentence) -> tuple[Sentence, ...]:
    """The sentence's clauses as sentences of their own, in order; itself where it has only one."""
    clauses = [clause.strip() for clause in clauses_of(sentence.text)]
    if not all(map(has_letters, clauses)):
        return (sentence,)
    around = (sentence.before, *clauses, sentence.after)
    return tuple(
        replace(
            sentence,
            text=clause,
            cue_ids=sentence.cue_ids[:1],
            cue_lengths=(len(clause),),
            before=around[number],
            after=around[number + 2],
        )
        for number, clause in enumerate(clauses)
    )


def joined(
    sentence: Sentence, parts: Sequence[Sentence], said: Sequence[Translation], pair: LanguagePair
) -> Rendering:
    """The clauses' translations as one rendering; without text when one of them has none.

    Its score is the clauses' mean by length, None when one of them has no score.
    """
    texts = [
        assembled(engine_text(part.text, pair.source), one.text, pair.target)
        for part, one in zip(parts, said, strict=True)
    ]
    if not all(texts):
        return Rendering(text="")
    joiner = "" if is_unspaced(pair.target) else " "
    links: list[Link] = []
    source = target = 0
    for part, one, text in zip(parts, said, texts, strict=True):
        source = sentence.text.index(part.text, source)
        here = range(source, source + len(part.text) + 1)
        there = [target + place for place in places(one.text, text)] if one.alignment else ()
        links += carried(one.alignment, here, there)
        target += len(text) + len(joiner)
    return Rendering(text=joiner.join(texts), score=_mean(said, texts), alignment=tuple(links))


def _mean(said: Sequence[Translation], texts: Sequence[str]) -> float | None:
    """The mean score by length."""
    weighted = [
        one.score * len(text)
        for one, text in zip(said, texts, strict=True)
        if one.score is not None
    ]
    return sum(weighted) / sum(map(len, texts)) if len(weighted) == len(said) else None
