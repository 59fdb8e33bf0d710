"""What of a chat model's reply is used: nothing that is not plainly a translation of its sentence.

A reply is one JSON object, alone or in one code fence. It is refused as a whole when it is anything
else, holds a further key, or numbers a sentence that was not asked: then which text belongs to
which sentence cannot be told. A sentence that it names twice or not at all has no reply. A
rendering is refused that

- is blank, or much longer than any translation of its sentence could be;
- holds markup, code, an address or a control or direction sign that its sentence does not hold;
- repeats a stretch of what the model was told.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

_FENCED = re.compile(r"\s*```(?:json)?\s*\n(?P<inside>.*)\n\s*```\s*", re.DOTALL)
_MARKUP = re.compile(r"</?[A-Za-z!?][^<>]*>|\{\\|```|https?://|www\.|&#?\w+;", re.IGNORECASE)
_DIRECTION_SIGNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_WORDS = re.compile(r"\w+")
_TOLD_WORDS = 6
# From Chinese into a language of long words a text grows four times; short ones grow by more.
_MAX_GROWTH = 6
_SPARE_CHARS = 60


class Reply(BaseModel):
    """What is said for one sentence."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: int
    renderings: list[str]


class Replies(BaseModel):
    """What is said for several; its JSON schema is what the model is asked to keep to."""

    model_config = ConfigDict(extra="forbid", strict=True)

    translations: list[Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRules:
    """By what a reply is judged.

    Attributes:
        asked: The texts that were to be translated, by their numbers.
        told: The system text.
    """

    asked: Mapping[int, str]
    told: str

    def usable(self, said: str) -> dict[int, tuple[str, ...]]:
        """For each number that has any its usable renderings, best first, no two alike.

        Args:
            said: The model's message, as it came.
        """
        fenced = _FENCED.fullmatch(said)
        try:
            replies = Replies.model_validate_json(fenced["inside"] if fenced else said)
        except ValidationError:
            return {}
        times = Counter(one.id for one in replies.translations)
        if not times.keys() <= self.asked.keys():
            return {}
        told = _stretches(self.told)
        found = {
            one.id: _kept(one.renderings, self.asked[one.id], told)
            for one in replies.translations
            if times[one.id] == 1
        }
        return {number: kept for number, kept in found.items() if kept}


def _kept(renderings: Collection[str], source: str, told: Set[str]) -> tuple[str, ...]:
    """The usable ones, line breaks and repeated spaces made one space."""
    plain = (" ".join(one.split()) for one in renderings)
    return tuple(dict.fromkeys(one for one in plain if _is_usable(one, source, told)))


def _is_usable(text: str, source: str, told: Set[str]) -> bool:
    if not text or len(text) > _MAX_GROWTH * len(source) + _SPARE_CHARS:
        return False
    if not _marks(text) <= _marks(source):
        return False
    return not _stretches(text) & told - _stretches(source)


def _marks(text: str) -> frozenset[str]:
    """Markup and invisible signs: what a translation has only where its sentence has it."""
    signs = {
        character
        for character in text
        if unicodedata.category(character) in {"Cc", "Co", "Cs"}
        or unicodedata.bidirectional(character) in _DIRECTION_SIGNS
    }
    return frozenset(signs | {match.casefold() for match in _MARKUP.findall(text)})


def _stretches(text: str) -> frozenset[str]:
    """Every run of so many words as no two texts share by chance."""
    words = _WORDS.findall(text.casefold())
    runs = range(len(words) - _TOLD_WORDS + 1)
    return frozenset(" ".join(words[at : at + _TOLD_WORDS]) for at in runs)
