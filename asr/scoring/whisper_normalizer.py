"""Whisper's own text normalisers, which its published error rates are made with.

The home of ``transformers`` in this room; neither torch nor a model is needed.
"""

import os
from collections.abc import Callable
from functools import cache
from typing import cast

from subtitles.language import LanguageTag, base_language


def normalized(text: str, language: LanguageTag) -> str:
    """The text as Whisper's normaliser of the language leaves it; may be empty.

    British spellings are not made American: that table travels with Whisper's tokenizer, and both
    sides of a comparison are read alike anyway.
    """
    return _normalizer(base_language(language) == "en")(text).strip()


@cache
def _normalizer(is_english: bool) -> Callable[[str], str]:  # noqa: FBT001  (a key of the cache)
    # Imported on use: transformers takes seconds to import. It advises to install torch, which
    # text does not need; its warnings stay on.
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    from transformers.models.whisper.english_normalizer import (  # noqa: PLC0415
        BasicTextNormalizer,
        EnglishTextNormalizer,
    )

    made = EnglishTextNormalizer({}) if is_english else BasicTextNormalizer()
    return cast("Callable[[str], str]", made)
