"""Sentences of several language pairs asked at once."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from translate.translator import PLAIN, Ask, LanguagePair, Sentence, Translation, Translator

Item = tuple[Sentence, LanguagePair]
"""A sentence, and from which language into which it goes."""


@runtime_checkable
class MixedTranslator(Protocol):
    """What an engine has beside the Translator port when one batch may hold several pairs."""

    def translate_mixed(self, items: Sequence[Item], ask: Ask = PLAIN) -> tuple[Translation, ...]:
        """One per item, in order, each as `Translator.translate` would give it alone.

        Raises:
            UnsupportedPairError: one of the pairs is not served; nothing is translated then.
        """
        ...


def translate_items(
    translator: Translator, items: Sequence[Item], ask: Ask
) -> tuple[Translation, ...]:
    """One per item, in order: at once where the engine can, else pair by pair.

    An engine that gives another number of translations than it got sentences is asked for each
    alone: which answer belongs to which cannot be told any more.
    """
    if isinstance(translator, MixedTranslator):
        said = translator.translate_mixed(items, ask)
        return said if len(said) == len(items) else _alone(translator, items, ask)
    found: dict[int, Translation] = {}
    for pair in dict.fromkeys(pair for _, pair in items):
        numbers = [number for number, (_, other) in enumerate(items) if other == pair]
        some = translator.translate([items[number][0] for number in numbers], pair, ask)
        if len(some) != len(numbers):
            some = _alone(translator, [items[number] for number in numbers], ask)
        found |= zip(numbers, some, strict=True)
    return tuple(found[number] for number in range(len(items)))


def _alone(translator: Translator, items: Sequence[Item], ask: Ask) -> tuple[Translation, ...]:
    answers = [translator.translate((sentence,), pair, ask) for sentence, pair in items]
    return tuple(some[0] if len(some) == 1 else Translation(text="") for some in answers)
