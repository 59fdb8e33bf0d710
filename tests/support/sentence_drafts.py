"""Sentences as the machine drafted them, for tests of what becomes of them in review."""

from dataclasses import replace

from review.machine_drafts import Draft
from translate.drafts import Origin, SentenceDraft
from translate.glossary.agreed import AgreedTerm
from translate.memory.port import MemoryHit


def sentence(source_text: str, text: str, *cue_ids: str, **more) -> SentenceDraft:
    """One sentence by the machine."""
    fields = {"source_text": source_text, "text": text, "cue_ids": cue_ids} | more
    return SentenceDraft(**{"origin": Origin.MACHINE} | fields)


def hit(text: str, score: float = 1.0, **more) -> MemoryHit:
    """Something approved before."""
    fields = {"source_text": "Said before.", "is_exact": False, "origin": "Older film"} | more
    return MemoryHit(text=text, score=score, **fields)


WAND = AgreedTerm(said="wand", forms=("Zauberstab",))


def with_sentences(draft: Draft, *sentences: SentenceDraft) -> Draft:
    """The draft with sentences whose cue ids are places of its cues, such as ``0``."""
    ids = [cue.cue_id for cue in draft.cues]
    return replace(
        draft,
        sentences=tuple(
            replace(one, cue_ids=tuple(ids[int(place)] for place in one.cue_ids))
            for one in sentences
        ),
    )


def with_sources(draft: Draft, *source_texts: str) -> Draft:
    """The draft with these source texts."""
    cues = tuple(
        replace(cue, source_text=text) for cue, text in zip(draft.cues, source_texts, strict=True)
    )
    return replace(draft, cues=cues)
