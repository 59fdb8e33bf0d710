"""Room to read: where a line has none, another cut of it or another rendering, as it costs less.

What a linguist does about a cue that is too fast, and in the same order: let a word or two be read
in the cue beside it, then say it shorter. Every way to show a line that saves it a cue without room
is weighed against its best rendering as that is cut by itself; all costs are shares of the line's
text, so that they can be told by hand:

=====================  ============================================================================
a cue saved            worth `WORTH_A_CUE`: a seventh of the text may be given for it, no more.
shorter text           costs what is missing, as a share. It is the most honest sign of what was
                       left out: an engine's score per token is often better for a rendering that
                       has lost a clause than for one that says all.
a lower score          costs `_PER_NAT` for each nat per token, on top; a higher one earns nothing.
words in another cue   cost `_MOVED` of their share, for each cue border that they have passed.
=====================  ============================================================================

A line keeps its best rendering and its own cut where nothing earns more than it costs. The weights
were tried on four states of a small model from English into Spanish, French and German (chrF 24 to
40 on what `make bench-mt` builds for this, part room). Of the best one's 745 cues that were too
fast, 335 stayed, and whole sentences moved by -0.15 to -0.27 of chrF; other cuts left 489. With
0.16 for a cue, 306 stayed and French moved by -0.46; with 0.128, 376 and -0.19. A choice by score,
however much shorter, left as many on the weakest one and cost 0.4 to 1.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from translate.options import Option, Options
from translate.projection.cut_costs import NO_ROOM
from translate.projection.shares import Shares

WORTH_A_CUE = 0.145
"""Share of a line's text that may be given for one cue that can be read in time."""

_PER_NAT = 1.0
"""Candidates of a beam are 0.02 to 0.3 nats per token apart: as much as that part of the text."""

_MOVED = 0.75
"""Of a word's share, when it is read in the cue beside its own: hardly better than not at all."""

CUTS = (NO_ROOM, 24.0, 32.0, 45.0)
"""What a cue without room costs when a line is cut: as usual, when words up to 8 columns away are
moved for it, and pressed harder: up to 14, 17 and 22 (`translate.projection.cut_costs`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a line is shown.

    Attributes:
        options: Its options, what is shown first.
        no_room: What a cue without room costs when it is cut.
    """

    options: Options
    no_room: float = NO_ROOM


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to show a line, and what it earns: cues saved less all costs."""

    option: Option
    no_room: float
    gain: float = 0.0


def is_narrow(number: int, options: Options, shares: Shares) -> bool:
    """Whether the best rendering of the line of that number, cut as usual, lacks room somewhere."""
    return shares.crowded(number, shares.spread(number, options.best.rendering)) > 0


def fitted(number: int, options: Options, more: Options, shares: Shares) -> Fit:
    """How a line without room is shown, by the costs of this module.

    Args:
        number: Of the line in the track.
        options: Its options; the first of them lacks room.
        more: The same with shorter ones among them.
        shares: The room of all lines.
    """
    best = options.best
    crowded = shares.crowded(number, shares.spread(number, best.rendering))
    way = _Way(best, NO_ROOM)
    known = {one.rendering.text for one in options.showable}
    others = (one for one in more.showable if one.rendering.text not in known)
    for option in sorted((*options.showable, *others), key=lambda one: _loss(one, best)):
        loss = _loss(option, best)
        if WORTH_A_CUE * crowded - loss <= way.gain:
            break  # those that follow cost more than they could earn
        for no_room, parts in _cuts(number, option, shares):
            saved = crowded - shares.crowded(number, parts[-1])
            gain = WORTH_A_CUE * saved - loss - _MOVED * _moved(*parts)
            if saved > 0 and gain > way.gain:
                way = _Way(option, no_room, gain)
    return Fit(options=more.led_by(way.option), no_room=way.no_room)


def _cuts(
    number: int, option: Option, shares: Shares
) -> list[tuple[float, tuple[Sequence[str], Sequence[str]]]]:
    """The cuts of a rendering, each beside the usual one; none that leaves a cue bare signs."""
    usual = shares.spread(number, option.rendering)
    if not shares.crowded(number, usual) or len(usual) == 1:
        return [(NO_ROOM, (usual, usual))]
    others = (shares.spread(number, option.rendering, no_room) for no_room in CUTS)
    return [
        (no_room, (usual, parts))
        for no_room, parts in zip(CUTS, others, strict=True)
        if _wordless(parts) <= _wordless(usual)
    ]


def _wordless(parts: Sequence[str]) -> int:
    """How many cues show no letter and no figure."""
    return sum(not any(map(str.isalnum, part)) for part in parts)


def _loss(option: Option, best: Option) -> float:
    """What a rendering loses beside the best one, as a share of its text."""
    kept = len(option.rendering.text) / len(best.rendering.text)
    return max(0.0, 1.0 - kept) + _PER_NAT * max(0.0, best.adequacy - option.adequacy)


def _moved(usual: Sequence[str], parts: Sequence[str]) -> float:
    """Share of the text that stands in another cue than usual, counted at each cue border."""
    ours, theirs = ([*accumulate(map(len, some))] for some in (parts, usual))
    passed = sum(abs(one - other) for one, other in zip(ours, theirs, strict=True))
    return passed / max(1, theirs[-1])
