"""Whisper's language codes and ours (BCP 47), both ways (pure)."""

from subtitles.errors import LanguageError
from subtitles.language import LanguageTag, base_language, language_name, parse_language

# What Whisper calls otherwise than BCP 47 does today, and members of macrolanguages that it was
# trained on under the common code.
_CODE_OF_BASE = {"jv": "jw", "nb": "no", "fil": "tl", "cmn": "zh", "arb": "ar", "iw": "he"}


class UnheardLanguageError(LanguageError):
    """A language the recognition model was not trained on."""

    def __init__(self, language: str, model_name: str) -> None:
        super().__init__(language, model_name)
        self.language, self.model_name = language, model_name

    def __str__(self) -> str:
        return (
            f"the recognition model {self.model_name!r} does not understand "
            f"{language_name(LanguageTag(self.language))} ({self.language}): "
            "choose a multilingual model, or another spoken language"
        )


def tag_of(code: str) -> LanguageTag:
    """The tag for a code that Whisper detected."""
    return parse_language(code)  # which knows the withdrawn codes jw and tl


def code_of(language: LanguageTag, *, supported: frozenset[str], model_name: str) -> str:
    """Whisper's code for a tag; script and region do not matter to it.

    Raises:
        UnheardLanguageError: when the model has no such code.
    """
    base = base_language(language)
    code = _CODE_OF_BASE.get(base, base)
    # Cantonese has its own code in large-v3 only; older models wrote it as Chinese.
    if code == "yue" and code not in supported:
        code = "zh"
    if code not in supported:
        raise UnheardLanguageError(language, model_name)
    return code
