"""Which translations of a title would come out otherwise today, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from flows.known_title import KnownTitle, known_title
from flows.pipeline import Pipeline
from flows.request import LocalizeRequest
from flows.stages.last_drafts import inputs_of, last_draft_ref
from flows.title import wanted_of
from subtitles.errors import PolycueError
from subtitles.language import LanguageTag


class Why(StrEnum):
    """What has changed since a draft was made."""

    SOURCE = "source"
    """What is translated: the transcript was corrected and approved, or is recognised otherwise."""
    WORDS = "words"
    """Words of the show that are said in it, or what was approved of the same sentences."""
    STYLE = "style"
    """The style profile."""
    ENGINE = "engine"
    """Who translates."""
    PICTURE = "picture"
    """Shot changes, frame rate, or length."""
    RULES = "rules"
    """How this version of Polycue translates, times and prints, or is asked to cut cues."""
    NEW = "new"
    """There is no draft yet."""
    UNKNOWN = "unknown"
    """Nobody wrote down what the draft was made from."""


_WHY: Mapping[str, Why] = MappingProxyType(
    {
        "source": Why.SOURCE,
        "aids": Why.WORDS,
        "profile": Why.STYLE,
        "translator": Why.ENGINE,
        "revision": Why.ENGINE,
        "picture": Why.PICTURE,
    }
)
"""By the names of `flows.stages.subtitling.target_stage`; all others are rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleLanguage:
    """A translation that would come out otherwise.

    Attributes:
        language: Into which.
        why: What has changed, each once; empty when it cannot be made at all.
        problem: Why it cannot be made today; empty when it can.
    """

    language: LanguageTag
    why: tuple[Why, ...] = ()
    problem: str = ""


def stale_languages(pipeline: Pipeline, request: LocalizeRequest) -> tuple[StaleLanguage, ...]:
    """Those whose last draft was not made from what holds today; computes nothing.

    Not what is stored decides but which draft was delivered last: words that were changed and
    changed back leave a stored result behind that nobody sees.

    Raises:
        PolycueError: what would stop the whole title.
    """
    known = known_title(pipeline, request)
    spoken = known.transcript.value.language if known.transcript else None
    wanted = known.title.targets if spoken is None else wanted_of(request, spoken)
    found = (_stale(pipeline, known, tag) for tag in wanted)
    return tuple(one for one in found if one is not None)


def _stale(pipeline: Pipeline, known: KnownTitle, target: LanguageTag) -> StaleLanguage | None:
    before = last_draft_ref(pipeline.store, known.title.request.source_file, target)
    if before is None:
        return StaleLanguage(language=target, why=(Why.NEW,))
    if known.translated is None:
        return StaleLanguage(language=target, why=(Why.SOURCE,))
    try:
        stage = pipeline.localizer.target_stage(known.title, known.translated, target)
    except PolycueError as error:
        return StaleLanguage(language=target, problem=str(error))
    if before.key == stage.key:
        return None
    inputs = inputs_of(pipeline.store, before)
    return StaleLanguage(language=target, why=_changed(inputs, stage.made_from))


def _changed(before: Mapping[str, object] | None, now: Mapping[str, object]) -> tuple[Why, ...]:
    if before is None:
        return (Why.UNKNOWN,)
    names = (name for name in now if before.get(name) != now[name])
    return tuple(dict.fromkeys(_WHY.get(name, Why.RULES) for name in names)) or (Why.UNKNOWN,)
