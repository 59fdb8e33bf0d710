"""Language tags: BCP 47, canonical case, one way in."""

from functools import lru_cache
from typing import NewType

from subtitles.errors import LanguageError

# langcodes compiles its tables when it is imported; who only shows tags need not wait for that.

LanguageTag = NewType("LanguageTag", str)
"""A canonical BCP 47 tag such as ``en`` or ``pt-BR``; made only by `parse_language`."""

# Codes that are valid BCP 47 and yet name no language one could translate into.
_NO_LANGUAGE = frozenset({"und", "mis", "mul", "zxx"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})


class UnknownLanguageError(LanguageError):
    """A text that is no language tag we know."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return (
            f"unknown language {self.text[:40]!r}: "
            "use a BCP 47 tag such as en, pt-BR, es-419 or zh-Hans"
        )


def parse_language(text: str) -> LanguageTag:
    """Return the canonical form of a tag: ``pt_br`` and ``por-BR`` are both ``pt-BR``.

    Raises:
        UnknownLanguageError: for anything that names no language.
    """
    import langcodes  # noqa: PLC0415

    try:
        tag = langcodes.standardize_tag(text.strip())
        parsed = langcodes.Language.get(tag)
    except (ValueError, AttributeError) as error:  # langcodes' tag errors are ValueErrors
        raise UnknownLanguageError(text) from error
    if (
        parsed.language is None
        or parsed.language in _NO_LANGUAGE
        or parsed.private
        or not parsed.is_valid()
        or "nknown" in parsed.display_name()
    ):
        raise UnknownLanguageError(text)
    return LanguageTag(tag)


def base_language(tag: LanguageTag) -> str:
    """The language subtag alone: ``pt`` of ``pt-BR``."""
    return tag.partition("-")[0]


@lru_cache(maxsize=512)
def language_name(tag: LanguageTag) -> str:
    """English display name for people, such as ``Portuguese (Brazil)``."""
    import langcodes  # noqa: PLC0415

    return str(langcodes.Language.get(tag).display_name())


def same_language(one: LanguageTag, other: LanguageTag) -> bool:
    """Whether two tags name the same language, whatever script or region they add."""
    return base_language(one) == base_language(other)


UNSPACED = frozenset({"zh", "yue", "wuu", "ja", "th", "lo", "km", "my", "bo", "dz"})
"""Languages written without spaces between words (Korean has them)."""


def is_unspaced(tag: LanguageTag) -> bool:
    """Whether a language is written without spaces between words."""
    return base_language(tag) in UNSPACED


def is_right_to_left(tag: LanguageTag) -> bool:
    """Whether a language is usually written from right to left."""
    import langcodes  # noqa: PLC0415

    return langcodes.Language.get(tag).maximize().script in _RIGHT_TO_LEFT_SCRIPTS
