"""Whether two words are forms of one: light rules by language family, as data.

A matter of endings alone: ``varinha`` and ``varinhas``, ``Stab`` and ``Stäbe``, ``Москва`` and
``Москвой`` are one word. Nothing here knows a lexicon, so "mouse" and "mice" are two.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from subtitles.language import LanguageTag, base_language

_MIN_STEM = 2
_MIN_OPEN_STEM = 3
_MIN_IN_COMPOUND = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WordForms:
    """The endings of one language, made once (`word_forms`); words here are folded (`words.fold`).

    Attributes:
        endings: Sets of endings that take each other's place.
        cut: Letters at the end of a word that its forms may have otherwise.
        grow: Letters that a form may have after that.
        prefixes: What is written onto words.
        umlaut: Letters that change within words, and what they are taken for.
        compounds: Whether words are joined without a space.
    """

    endings: tuple[tuple[str, ...], ...] = ()
    cut: int = 0
    grow: int = 0
    prefixes: tuple[str, ...] = ()
    umlaut: tuple[tuple[int, str], ...] = ()
    compounds: bool = False

    def stems(self, word: str) -> frozenset[str]:
        """Marks of a word: it and a text's word are forms of one when they share a mark."""
        return _marks(self, word, self.cut)

    def marks(self, word: str) -> frozenset[str]:
        """The marks of a word as it stands in a text; see `stems`."""
        return _marks(self, word, self.grow)

    def alike(self, word: str, shown: str) -> bool:
        """Whether ``shown``, as it stands in a text, is a form of ``word``."""
        return word == shown or not self.stems(word).isdisjoint(self.marks(shown))

    def joined(self, word: str, shown: str) -> bool:
        """Whether ``shown`` is a compound that begins or ends with ``word``."""
        if not self.compounds or len(word) < _MIN_IN_COMPOUND or len(shown) <= len(word):
            return False
        word, shown = self._plain(word), self._plain(shown)
        return shown.startswith(word) or shown.endswith(word)

    def _plain(self, word: str) -> str:
        return word.translate(dict(self.umlaut))


@cache
def word_forms(language: LanguageTag) -> WordForms:
    """The forms of a language; of one without an entry every word has the one form."""
    entry = _entries().get(base_language(language), {})
    return WordForms(
        endings=tuple(tuple(one) for one in entry.get("endings", ())),
        cut=entry.get("cut", 0),
        grow=entry.get("grow", 0),
        prefixes=tuple(entry.get("prefixes", ())),
        umlaut=tuple((ord(two[0]), two[1]) for two in entry.get("umlaut", "").split()),
        compounds=entry.get("compounds", False),
    )


@cache
def _entries() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files("translate.glossary") / "word_forms.toml").read_text("utf-8"))


@lru_cache(maxsize=65_536)
def _marks(forms: WordForms, word: str, tail: int) -> frozenset[str]:
    """Its marks when up to ``tail`` letters at its end may be its form's, not its own."""
    found = {word, *_by_endings(forms, word)}
    if forms.grow:
        shortest = min(_MIN_OPEN_STEM, len(word))
        ends = range(max(len(word) - tail, shortest), len(word) + 1)
        found |= {f"{word[:end]}-" for end in ends}
    for prefix in forms.prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= _MIN_OPEN_STEM:
            found |= _marks(_without_prefixes(forms), word[len(prefix) :], tail)
    return frozenset(found)


def _by_endings(forms: WordForms, word: str) -> Iterator[str]:
    plain = word.translate(dict(forms.umlaut))
    for number, endings in enumerate(forms.endings):
        for ending in endings:
            if plain.endswith(ending):
                stem = plain[: len(plain) - len(ending)]
                if len(stem) >= _MIN_STEM:
                    yield f"{stem}-{number}"


@cache
def _without_prefixes(forms: WordForms) -> WordForms:
    return replace(forms, prefixes=())
