"""What a line may be shown as: its candidates with the subtitler's signs put back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from translate.choosing.candidates import Answer, Candidate
from translate.drafts import Origin
from translate.lines import Line
from translate.projection.projection import CONTINUATION
from translate.sentencing.engine_text import assembled
from translate.sentencing.offsets import carried, places
from translate.translator import LanguagePair, Rendering


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to show a line.

    Attributes:
        rendering: As the projection gets it: signs put back, its alignment over the whole sentence.
        candidate: The engine's rendering that it was made of; None when no engine made it.
    """

    rendering: Rendering
    candidate: Candidate | None = None

    @property
    def adequacy(self) -> float:
        """How good it is, in nats per token; 0 for what no engine made."""
        return self.candidate.adequacy if self.candidate else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """All ways to show a line.

    Attributes:
        origin: Where they came from.
        showable: The best first; any of them may be shown, and there is at least one.
        offered: Other texts that a reviewer may like to see, best first.
    """

    origin: Origin
    showable: tuple[Option, ...]
    offered: tuple[str, ...] = ()

    @property
    def best(self) -> Option:
        """What is shown where there is room for it."""
        return self.showable[0]

    def led_by(self, option: Option) -> "Options":
        """The same with this one first."""
        others = (one for one in self.showable if one.rendering.text != option.rendering.text)
        return replace(self, showable=(option, *others))


def options_of(line: Line, answer: Answer | None, pair: LanguagePair) -> Options:
    """What a line may be shown as; `CONTINUATION` where nobody has a translation.

    Args:
        line: The line.
        answer: The engine's; None when it was not asked.
        pair: The languages.
    """
    if not line.shown.core:
        return _single(assembled(line.shown, "", pair.target), Origin.COPY)
    if line.recalled is not None:
        others = (hit.text for hit in line.hits[1:] if hit.is_exact)
        return replace(_single(line.recalled.text, Origin.MEMORY), offered=tuple(others))
    if answer is None or not answer.candidates:
        return _single(CONTINUATION, Origin.NONE)
    options = _assembled(line, answer.candidates, pair)
    acceptable, offered = answer.acceptable, answer.offered
    return Options(
        origin=Origin.MACHINE,
        showable=tuple(option for option in options if option.candidate in acceptable),
        offered=tuple(option.rendering.text for option in options if option.candidate in offered),
    )


def _single(text: str, origin: Origin) -> Options:
    return Options(origin=origin, showable=(Option(rendering=Rendering(text=text)),))


def _assembled(
    line: Line, candidates: Iterable[Candidate], pair: LanguagePair
) -> tuple[Option, ...]:
    """Each candidate with its signs, those left out that are the same with them or are empty."""
    found: dict[str, Option] = {}
    for candidate in candidates:
        rendering = candidate.rendering
        text = assembled(line.shown, rendering.text, pair.target)
        if text and text not in found:
            shown = replace(rendering, text=text, alignment=())
            if rendering.alignment:
                links = carried(
                    rendering.alignment,
                    places(line.shown.core, line.sentence.text),
                    places(rendering.text, text),
                )
                shown = replace(shown, alignment=tuple(links))
            found[text] = Option(rendering=shown, candidate=candidate)
    return tuple(found.values())
