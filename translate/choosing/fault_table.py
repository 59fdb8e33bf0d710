"""What can be wrong with a rendering, how much that counts, and what is tried next: one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType


class Remedy(Enum):
    """What is tried when no rendering of a sentence is good enough.

    OTHER_SETTINGS: the engine is asked again with other decoding settings (``Ask.attempt``).
    IN_PARTS: its clauses are translated one by one and joined; the engine sees less to lose.
    ALONE: it is asked with nothing beside it, for engines that mix up what is in a batch.
    """

    OTHER_SETTINGS = auto()
    IN_PARTS = auto()
    ALONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """One way for a rendering to be wrong.

    Attributes:
        penalty: What it takes off a rendering's score when renderings are compared, in the score's
            unit (nats per token). Two good renderings of a sentence are a few tenths apart.
        remedies: What is tried, in turn; nothing for what a person tells best.
    """

    penalty: float
    remedies: tuple[Remedy, ...] = ()


RETRY_PENALTY = 0.5
"""From here on a rendering is worth asking again."""

SERIOUS_PENALTY = 2.0
"""From here on nobody should be offered it beside others."""

MAX_RETRIES = 2
"""How often a sentence is asked again at most."""

_OTHER, _PARTS, _ALONE = Remedy.OTHER_SETTINGS, Remedy.IN_PARTS, Remedy.ALONE

FAULT_KINDS: Mapping[str, FaultKind] = MappingProxyType(
    {
        # Nothing, or nothing that is a translation: anything else is better.
        "no-translation": FaultKind(penalty=10.0, remedies=(_OTHER, _ALONE)),
        "untranslated": FaultKind(penalty=5.0, remedies=(_OTHER, _PARTS)),
        "wrong-script": FaultKind(penalty=5.0, remedies=(_OTHER, _PARTS)),
        "translation-loop": FaultKind(penalty=5.0, remedies=(_OTHER, _PARTS)),
        # Something left out or made up: beam search does it to long sentences, so cut them.
        "translation-too-short": FaultKind(penalty=2.5, remedies=(_PARTS, _OTHER)),
        "translation-too-long": FaultKind(penalty=2.5, remedies=(_OTHER, _PARTS)),
        "left-in-source": FaultKind(penalty=2.0, remedies=(_OTHER, _PARTS)),
        "term-missed": FaultKind(penalty=1.0, remedies=(_OTHER,)),
        "foreign-text-lost": FaultKind(penalty=1.0, remedies=(_OTHER,)),
        "missing-numbers": FaultKind(penalty=1.0, remedies=(_OTHER, _PARTS)),
        "negation-lost": FaultKind(penalty=1.0, remedies=(_OTHER, _PARTS)),
        "extra-numbers": FaultKind(penalty=0.5, remedies=(_OTHER,)),
        "symbol-lost": FaultKind(penalty=0.5, remedies=(_OTHER, _PARTS)),
        # Often right: good translations join and part sentences, and names have other forms.
        "sentence-count": FaultKind(penalty=0.3),
        # It is there, but nobody knows how it fits into what is said around it.
        "term-placed": FaultKind(penalty=0.4),
        "name-lost": FaultKind(penalty=0.1),
    }
)
"""By rule, as in `subtitles.rules`."""
