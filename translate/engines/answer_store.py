"""The port of what engines have answered before, and the key that an answer is found by."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Protocol

from subtitles.signature import EngineSignature
from translate.translator import Ask, LanguagePair, Sentence, Translation

_KEY_VERSION = 1


class AnswerStore(Protocol):
    """Answers under their keys; may forget any of them, and never fails its callers.

    Safe for several threads and processes.
    """

    def read(self, keys: Sequence[str]) -> Mapping[str, Translation]:
        """Those that are there; a damaged one counts as absent."""
        ...

    def write(self, answers: Mapping[str, Translation]) -> None:
        """Keep them; on return they outlive this process."""
        ...


def answer_key(
    signature: EngineSignature,
    pair: LanguagePair,
    ask: Ask,
    sentence: Sentence,
    *,
    in_context: bool,
) -> str:
    """SHA-256 (hex) of all that can change what an engine answers, and nothing else.

    Args:
        signature: Of the engine; counts with the whole revision of its model.
        pair: From which language into which.
        ask: How it is asked.
        sentence: What it is asked: the text and where cues end in it, since a long one may be cut
            there, wherever in whatever title it stands.
        in_context: Whether the engine also sees what is said around it, and the show's words.
    """
    said: tuple[object, ...] = (sentence.text, sentence.cue_lengths[:-1])
    if in_context:
        said = (*said, sentence.before, sentence.after, sentence.terms)
    parts = (
        _KEY_VERSION,
        str(signature),
        signature.model_revision,
        (pair.source, pair.target),
        (ask.candidates, ask.brevity, ask.attempt, ask.wants_alignment),
        said,
    )
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()
