"""What a reviewer may put into a cue with one click: other renderings, and what memory has.

Alternatives are whole sentences. What is offered for a cue is the cue's text with its part of the
alternative in the place of its part of the sentence: cut where the projection would cut it, set in
the print and the rows of the language. Words of other sentences in the cue stay, also when a person
has changed them, as long as they can be told from the sentence's own.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from review.passages import Passage
from review.stretches import Stretch, shown_text, stretches_of
from review.tasks import ReviewCue
from subtitles.segmentation.linebreaks import break_lines_anyway
from subtitles.style.profile import StyleProfile
from translate.drafts import SentenceDraft
from translate.projection.shares import printed
from translate.projection.splitting import CueShare, split_translation
from translate.sentencing.markup import plain_cue
from translate.sentencing.sentences import opens_turn
from translate.translator import Rendering

MOST_OFFERS = 8
"""For one cue: more than anybody reads."""

_TURN = re.compile(r"[-–—‐‑]\s*")
_MARK_AT_END = re.compile(r"[^\w\s]\s*$")


class OfferKind(StrEnum):
    """Whence an alternative comes: another rendering by the machine, or approved work."""

    RENDERING = "rendering"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One text that may stand in a cue.

    Attributes:
        kind: Whence it comes.
        text: The whole cue with it, in rows, styling included.
        sentence: The alternative as a whole where it runs through several cues, else empty.
        score: For one from memory, how alike the sources are, 0…1; None for a rendering.
        origin: For one from memory, where it was approved; else empty.
        source_text: For one from memory, what it was approved for; else empty.
    """

    kind: OfferKind
    text: str
    sentence: str = ""
    score: float | None = None
    origin: str = ""
    source_text: str = ""


def offers_for(
    cue: ReviewCue, passage: Passage, cues: Mapping[str, ReviewCue], profile: StyleProfile
) -> tuple[Offer, ...]:
    """What is offered for a cue: each text once, none that is the machine's own.

    Of each sentence, what memory has comes first, the best first; then the machine's other
    renderings.

    Args:
        cue: As it stands now.
        passage: The sentences that run through it, and those that share cues with them.
        cues: It and those of the passage, by id.
        profile: Of the language.
    """
    found: dict[str, Offer] = {}
    for sentence in passage:
        stretches = stretches_of(sentence, passage, cues) if cue.cue_id in sentence.cue_ids else ()
        for alternative in _alternatives(sentence) if stretches else ():
            whole = printed(Rendering(text=alternative.text), profile).text
            text = _offered(cue, whole, stretches, profile)
            if text not in {"", cue.machine_text} and text not in found:
                shown = whole if len(stretches) > 1 else ""
                found[text] = replace(alternative, text=text, sentence=shown)
    return tuple(found.values())[:MOST_OFFERS]


def _alternatives(sentence: SentenceDraft) -> Iterator[Offer]:
    """Other ways to say a whole sentence."""
    for hit in sentence.memory_hits:
        yield Offer(
            kind=OfferKind.MEMORY,
            text=hit.text,
            score=hit.score,
            origin=hit.origin,
            source_text=hit.source_text,
        )
    for text in sentence.runners_up:
        yield Offer(kind=OfferKind.RENDERING, text=text)


def _offered(
    cue: ReviewCue, whole: str, stretches: tuple[Stretch, ...], profile: StyleProfile
) -> str:
    """The cue with its part of an alternative; empty where it has no part of it."""
    shares = tuple(
        CueShare(
            source_chars=stretch.letters,
            capacity=math.inf,
            is_owner=stretch.letters > 0,
            ends_with_mark=bool(_MARK_AT_END.search(stretch.text)),
        )
        for stretch in stretches
    )
    if not any(share.is_owner for share in shares):
        return ""
    parts = split_translation(whole, shares, profile)
    place = next(n for n, stretch in enumerate(stretches) if stretch.cue_id == cue.cue_id)
    if not parts[place]:
        return ""
    part = _as_turn(parts[place], stretches[place].text)
    rows = _rows(part, _around(stretches[place], shown_text(cue.text)), profile)
    return "\n".join(plain_cue(cue.text.split("\n")).styled(rows))


def _as_turn(part: str, instead_of: str) -> str:
    """The part with a speaker's dash where there is one, printed in the same way."""
    dash = _TURN.match(instead_of) if opens_turn(instead_of) else None
    body = _TURN.sub("", part, count=1) if opens_turn(part) else part
    return (dash.group() if dash else "") + body


def _around(stretch: Stretch, now: str) -> tuple[str, str]:
    """What stands before and after the stretch now, or in the machine's text if it is gone."""
    if stretch.text and now.count(stretch.text) == 1:
        before, after = now.split(stretch.text)
        return before, after
    return stretch.before, stretch.after


def _rows(part: str, around: tuple[str, str], profile: StyleProfile) -> tuple[str, ...]:
    """The rows of the cue; rows of other speakers stay as they are."""
    before, after = around
    is_turn = before.endswith("\n") or after.startswith("\n")
    if is_turn and before[-1:] in {"", "\n"} and after[:1] in {"", "\n"}:
        return tuple(row for row in (before + part + after).split("\n") if row.strip())
    joiner = "" if profile.breaks_anywhere else " "
    return break_lines_anyway((before + part + after).replace("\n", joiner), profile)
