"""What a full stop means in each language."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from subtitles.language import LanguageTag, base_language


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRules:
    """When a full stop does not end a sentence.

    Attributes:
        before_name: Abbreviations that a name follows, lower case, without the last stop.
        before_number: Abbreviations that a figure follows.
        has_ordinal_dot: Whether "3." means "third".
        marks: Characters that end a sentence in this language and in no other.
    """

    before_name: frozenset[str]
    before_number: frozenset[str]
    has_ordinal_dot: bool
    marks: str = ""


@lru_cache(maxsize=64)
def stop_rules(language: LanguageTag) -> StopRules:
    """The rules of a language; one without an entry gets the general ones."""
    tables = tomllib.loads(
        resources.files("translate.sentencing")
        .joinpath("sentence_rules.toml")
        .read_text(encoding="utf-8")
    )
    general, own = tables["general"], tables.get(base_language(language), {})
    return StopRules(
        before_name=frozenset(general["before_name"]) | frozenset(own.get("before_name", ())),
        before_number=frozenset(general["before_number"]) | frozenset(own.get("before_number", ())),
        has_ordinal_dot=bool(own.get("ordinal_dot", False)),
        marks=str(own.get("marks", "")),
    )
