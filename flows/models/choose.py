"""Which model serves: by tier and language, from the registry alone.

Rules for speech: of the tier's models the first that knows the language; when the language is not
known yet, the first that knows more than one. For translation: of the tier's models that serve the
pair, those with a commit before those that a person still has to pin, bilingual before
multilingual, then in the registry's order; those whose licence forbids commercial use only when
that is allowed. No tier stands in for another unasked.

A tag is served by a model that lists it; by one that lists its bare language, unless the tag asks
for a script that is not the language's usual one or for a region the model does not write; and a
bare language by a model that lists it with its likeliest region (``pt`` by one for ``pt-BR``). The
loaded model has the last word.
"""

import contextlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import langcodes

from flows.models.entries import ModelEntry, ModelTier, Registry, Room
from flows.models.errors import NonCommercialModelError, NoSpeechModelError
from subtitles.language import LanguageTag, base_language
from translate.translator import LanguagePair, UnsupportedPairError

PIVOT = LanguageTag("en")
"""The language between: the one that most models translate from or into."""

_PIVOT_LANGUAGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How a pair is translated.

    Attributes:
        models: One that serves it, or one into `PIVOT` and one out of it.
    """

    models: tuple[ModelEntry, ...]

    @property
    def is_direct(self) -> bool:
        """Whether one model goes all the way."""
        return len(self.models) == 1


def speech_model(registry: Registry, tier: str, language: LanguageTag | None) -> ModelEntry:
    """The model that recognises the language, or that can tell which it is (None).

    Raises:
        NoSpeechModelError: none of the tier does; names those of other tiers that do.
    """
    able = [entry for entry in registry.of_room(Room.ASR) if _recognises(entry, language)]
    for entry in able:
        if tier in entry.tiers:
            return entry
    raise NoSpeechModelError(language or "every language", tier, _named(able))


def translation_route(
    registry: Registry,
    pair: LanguagePair,
    tier: str,
    *,
    allow_noncommercial: bool = False,
    pinned: Collection[str] = (),
) -> Route:
    """The best model that serves the pair, else the best two that do through `PIVOT`.

    Args:
        registry: Both registries.
        pair: From which language into which.
        tier: Of which tier.
        allow_noncommercial: Whether a licence that forbids commercial use will do.
        pinned: As in `translation_models`.

    Raises:
        UnsupportedPairError, NonCommercialModelError: as `translation_models`, for the pair itself.
    """

    def best(leg: LanguagePair) -> ModelEntry:
        return translation_models(
            registry, leg, tier, allow_noncommercial=allow_noncommercial, pinned=pinned
        )[0]

    try:
        return Route(models=(best(pair),))
    except (UnsupportedPairError, NonCommercialModelError):
        legs = pivot_legs(pair)
        with contextlib.suppress(UnsupportedPairError, NonCommercialModelError):
            if legs:
                return Route(models=tuple(map(best, legs)))
        raise  # about the pair that was asked for, not about a leg


def pivot_legs(pair: LanguagePair) -> tuple[LanguagePair, ...]:
    """The way through `PIVOT`; none where either end is that, or both are one language."""
    if len({PIVOT, base_language(pair.source), base_language(pair.target)}) < _PIVOT_LANGUAGES:
        return ()
    return LanguagePair(pair.source, PIVOT), LanguagePair(PIVOT, pair.target)


def translation_models(
    registry: Registry,
    pair: LanguagePair,
    tier: str,
    *,
    allow_noncommercial: bool = False,
    pinned: Collection[str] = (),
) -> tuple[ModelEntry, ...]:
    """The models that serve the pair, best first; never none.

    Args:
        registry: Both registries.
        pair: From which language into which.
        tier: Of which tier.
        allow_noncommercial: Whether a licence that forbids commercial use will do.
        pinned: Names with a pin of this workspace (`flows.models.pins.read_pins`).

    Raises:
        UnsupportedPairError: none of the tier does; names those of other tiers that do.
        NonCommercialModelError: only models do that the licence rule shuts out.
    """
    able = [entry for entry in registry.of_room(Room.TRANSLATE) if translates(entry, pair)]
    of_tier = [entry for entry in able if tier in entry.tiers]
    allowed = [entry for entry in of_tier if entry.commercial_use or allow_noncommercial]
    if allowed:
        return tuple(
            sorted(allowed, key=lambda entry: (_lacks_pin(entry, pinned), not entry.pairs))
        )
    free = [entry for entry in able if entry.commercial_use]
    if of_tier:
        refused = of_tier[0]
        raise NonCommercialModelError(refused.name, refused.licence, _named(free))
    others = able if allow_noncommercial else free
    raise UnsupportedPairError(pair.source, pair.target, _named(others))


def translates(entry: ModelEntry, pair: LanguagePair) -> bool:
    """Whether the registry says that a translation model serves the pair."""
    if entry.pairs:
        return any(
            _serves((one.source,), pair.source) and _serves((one.target,), pair.target)
            for one in entry.pairs
        )
    if base_language(pair.source) == base_language(pair.target):
        return False
    return all(
        _serves(entry.languages, tag) and tag not in entry.not_languages
        for tag in (pair.source, pair.target)
    )


def _lacks_pin(entry: ModelEntry, pinned: Collection[str]) -> bool:
    return entry.hub is not None and entry.hub.revision is None and entry.name not in pinned


def _recognises(entry: ModelEntry, language: LanguageTag | None) -> bool:
    if language is None:
        return len(entry.languages) > 1
    # What is written in which script or region does not matter to the ear.
    return base_language(language) in entry.languages


def _serves(listed: Iterable[LanguageTag], tag: LanguageTag) -> bool:
    names = frozenset(listed)
    if tag in names:
        return True
    base = base_language(tag)
    likeliest = langcodes.Language.get(base).maximize()
    if base in names:
        return langcodes.Language.get(tag).maximize().script == likeliest.script
    return tag == base and f"{base}-{likeliest.territory}" in names


def _named(entries: Iterable[ModelEntry]) -> tuple[str, ...]:
    """For messages: each with the first tier a title can be made with."""
    return tuple(
        f"{entry.name} (tier {entry.tiers[0]})"
        for entry in entries
        if ModelTier.TEST not in entry.tiers
    )
