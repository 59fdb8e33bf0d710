"""Names of the source that a translation does not have, in whatever form."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import regex

from subtitles.language import LanguageTag, base_language
from subtitles.meaning.one_row import one_row
from subtitles.meaning.scripts import is_latin

# Inside a sentence, after a word and a space or a comma, since a first word has a capital anyway;
# several words on end are one name. After an article it is an institution, which is translated.
_NAME = regex.compile(
    r"(?<=[\p{Ll}\d,;]\s)(?<!\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Yy]our|[Tt]his)\s)"
    r"\p{Lu}[\p{Ll}\p{M}]{2,}(?:[- '’]\p{Lu}[\p{Ll}\p{M}]+)*"
)
_HINT = re.compile(r"[^\s.!?…:]\s[^\Wa-z\d_]")
"""Without it there is no name: the quick way."""
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")

# Languages that write every noun with a capital: no telling a name.
_CAPITAL_NOUNS = frozenset({"de", "lb", "nds"})
# Languages that spell foreign names by their own sound.
_RESPELLED = frozenset({"lv", "az", "uz", "tk", "sr", "bs", "vi", "eo"})

# Forms of one name share their beginning: London, Londres; Julia, Júlii.
_SHARED_PERCENT = 50
_MIN_SHARED = 3


def lost_names(
    source_text: str, text: str, source_language: LanguageTag, language: LanguageTag
) -> tuple[str, ...]:
    """Names inside the source's sentences of which the text has no word alike.

    Only between languages in Latin letters that keep foreign names as they are spelled; never the
    first word of a sentence, since its capital says nothing.
    """
    if not _HINT.search(source_text) or not can_tell_names(source_language, language):
        return ()
    words, endings = _no_names(base_language(source_language))
    names = [
        name
        for name in _NAME.findall(one_row(source_text))
        if not any(
            # One word that is no name, and all of it is translated: Moon Street.
            word in words or word.endswith(endings)
            for word in _WORD.findall(name.casefold())
        )
    ]
    if not names:
        return ()
    shown = {_plain(word) for word in _WORD.findall(one_row(text))}
    return tuple(dict.fromkeys(name for name in names if not _is_there(name, shown)))


@lru_cache(maxsize=256)
def can_tell_names(source_language: LanguageTag, language: LanguageTag) -> bool:
    """Whether names can be told in the first language and found in the second."""
    return (
        is_latin(source_language)
        and is_latin(language)
        and base_language(source_language) not in _CAPITAL_NOUNS
        and base_language(language) not in _RESPELLED
    )


@cache
def _no_names(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words with a capital that are no names, and endings of such words."""
    tables = tomllib.loads((files("subtitles.meaning") / "names.toml").read_text("utf-8"))
    table = tables.get(language, {})
    return frozenset(table.get("words", ())), tuple(table.get("endings", ()))


def _is_there(name: str, words: set[str]) -> bool:
    """Whether a word of the name is there; a first name alone will do."""
    return any(_has_form(_plain(part), words) for part in _WORD.findall(name))


def _has_form(name: str, words: set[str]) -> bool:
    needed = max(_MIN_SHARED, -(-len(name) * _SHARED_PERCENT // 100))
    return any(word.startswith(name[:needed]) for word in words)


@lru_cache(maxsize=8192)
def _plain(word: str) -> str:
    """Lower case without accents; the same words come again and again."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
