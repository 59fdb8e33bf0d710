"""What is known of each translated sentence beyond its text: whence it came, how good it may be.

It stays with the track, so that a reviewer sees the runners-up and what memory offered beside the
cue, and so that a later run can say which sentences it touched.
"""

from dataclasses import dataclass
from enum import StrEnum

from translate.glossary.agreed import AgreedTerm
from translate.memory.port import MemoryHit


class Origin(StrEnum):
    """Where the text of a sentence came from.

    MACHINE: the engine.
    MEMORY: an approved translation of the same sentence.
    COPY: the sentence itself, since there is not a letter in it.
    NONE: nowhere; the cue shows a placeholder and has a finding of severity error.
    """

    MACHINE = "machine"
    MEMORY = "memory"
    COPY = "copy"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceDraft:
    """One sentence as it was translated.

    Attributes:
        source_text: The source sentence, styling off.
        text: Its translation as handed to the projection, before a language's own print.
        cue_ids: The target cues it runs through, in order; a cue may hold several sentences.
        origin: Where ``text`` came from.
        score: Mean natural log probability per target token (≤ 0); None without an engine's score.
        quality: Chance that a linguist leaves it as it is, 0…1; None where nothing tells.
        faults: Rules that ``text`` breaks, each also a finding; empty for a clean one.
        runners_up: Other ways to say it, best first, none with the same text as another.
        memory_hits: What approved work has to offer for it, best first.
        terms: Words of the show in it and how they may be rendered, in their order in the source.
        retries: How often the engine was asked again about it.
    """

    source_text: str
    text: str
    cue_ids: tuple[str, ...]
    origin: Origin
    score: float | None = None
    quality: float | None = None
    faults: tuple[str, ...] = ()
    runners_up: tuple[str, ...] = ()
    memory_hits: tuple[MemoryHit, ...] = ()
    terms: tuple[AgreedTerm, ...] = ()
    retries: int = 0
