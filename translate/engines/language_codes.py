"""From BCP 47 to the names that multilingual models give to languages."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from importlib import resources

import langcodes

from subtitles.language import LanguageTag, base_language


class ModelFamily(StrEnum):
    """How a model is told the languages, and which of its tokens name them."""

    MARIAN = "marian"
    M2M100 = "m2m100"
    NLLB = "nllb"
    MADLAD = "madlad"


_TOKENS = {
    ModelFamily.MARIAN: re.compile(r">>[^<>]+<<"),
    ModelFamily.M2M100: re.compile(r"__[a-z]{2,3}__"),
    ModelFamily.NLLB: re.compile(r"[a-z]{3}_[A-Z][a-z]{3}"),
    ModelFamily.MADLAD: re.compile(r"<2[A-Za-z_-]+>"),
}


_Names = Mapping[str, str | Sequence[str]]
"""For a tag its name, or its names in the order in which they are looked for."""


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, _Names]:
    """The tables of language_codes.toml; the refused regions stand apart."""
    return tomllib.loads(
        resources.files("translate.engines")
        .joinpath("language_codes.toml")
        .read_text(encoding="utf-8")
    )


def language_token(
    family: ModelFamily, language: LanguageTag, vocabulary: Collection[str]
) -> str | None:
    """The token of the vocabulary that names the language, None when the model does not know it.

    A region is served by its language's own token, unless its written standard is another one
    (European Portuguese); a script other than the language's usual one needs its own token.
    """
    for code in _codes(family, language):
        for token in _forms(family, code):
            if token in vocabulary:
                return token
    return None


def is_language_token(family: ModelFamily, token: str) -> bool:
    """Whether a token is one that names a language."""
    return _TOKENS[family].fullmatch(token) is not None


def has_language_tokens(family: ModelFamily, vocabulary: Collection[str]) -> bool:
    """Whether the vocabulary names languages the way this family does."""
    if family is ModelFamily.MARIAN:
        return any(token.startswith(">>") and token.endswith("<<") for token in vocabulary)
    return any(token in vocabulary for token in _forms(family, _codes_of_english(family)))


def _codes_of_english(family: ModelFamily) -> str:
    return "eng_Latn" if family is ModelFamily.NLLB else "en"


def _codes(family: ModelFamily, language: LanguageTag) -> Iterator[str]:
    """Candidate names, the most exact first."""
    names = _tables().get(family.value, {})
    parsed = langcodes.Language.get(language)
    script = parsed.maximize().script
    base = base_language(language)
    exact = [str(language), f"{base}-{script}"]
    is_usual_script = script == langcodes.Language.get(base).maximize().script
    if language in _tables()["refused"]["regions"]:
        yield from _named(family, names, exact)
        return
    yield from _named(family, names, [tag for tag in exact if tag != base])
    if family is ModelFamily.MARIAN:
        yield f"{parsed.to_alpha3()}_{script}"
    if is_usual_script:
        yield from _named(family, names, [base])
        if family is ModelFamily.MARIAN:
            yield parsed.to_alpha3()


def _named(family: ModelFamily, names: _Names, tags: Sequence[str]) -> Iterator[str]:
    """The table's names; a family without a full table calls a language by its tag."""
    for tag in tags:
        if tag in names:
            listed = names[tag]
            yield from [listed] if isinstance(listed, str) else listed
        elif family is not ModelFamily.NLLB:
            yield tag


def _forms(family: ModelFamily, code: str) -> tuple[str, ...]:
    """The tokens that may stand for a code."""
    underscored = code.replace("-", "_")
    match family:
        case ModelFamily.NLLB:
            return (code,)
        case ModelFamily.M2M100:
            return (f"__{code}__",)
        case ModelFamily.MADLAD:
            return (f"<2{code}>", f"<2{underscored}>")
        case ModelFamily.MARIAN:
            return (f">>{code}<<", f">>{underscored}<<", f">>{underscored.lower()}<<")
