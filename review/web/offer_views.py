"""What may be put into a cue with one click, in words."""

from dataclasses import dataclass

from review.errors import UnknownTaskError
from review.measuring import profile_of
from review.offers import Offer, OfferKind, offers_for
from review.passages import cue_ids_of
from review.store import ReviewStore
from review.tasks import ReviewTask


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """An offer as a page shows it; all but the label is hostile text.

    Attributes:
        text: The whole cue with it.
        label: Whence it comes: "Other rendering", "From memory, 87 %".
        sentence: The whole sentence, where it runs through several cues; else empty.
        origin: Where it was approved; may be empty.
        source_text: What it was approved for, where that is another sentence; else empty.
    """

    text: str
    label: str
    sentence: str
    origin: str
    source_text: str


def offer_views(store: ReviewStore, task: ReviewTask, cue_id: str) -> tuple[OfferView, ...]:
    """What is offered for a cue of a task.

    Args:
        store: Of the task.
        task: The task.
        cue_id: Of one of its cues.

    Raises:
        UnknownTaskError: there is no such cue.
    """
    passage = store.passage(task.task_id, cue_id)
    cue_ids = (cue_id, *cue_ids_of(passage))
    by_id = {cue.cue_id: cue for cue in store.cues(task.task_id, cue_ids)}
    if cue_id not in by_id:  # a step took it away since the passage was read
        raise UnknownTaskError("cue", cue_id)
    offers = offers_for(by_id[cue_id], passage, by_id, profile_of(task))
    return tuple(map(_view, offers))


def _view(offer: Offer) -> OfferView:
    is_other = offer.score is not None and offer.score < 1
    return OfferView(
        text=offer.text,
        label=_label(offer),
        sentence=offer.sentence,
        origin=offer.origin,
        source_text=offer.source_text if is_other else "",
    )


def _label(offer: Offer) -> str:
    if offer.kind is OfferKind.RENDERING or offer.score is None:
        return "Other rendering"
    # Never "100 %" of what is not quite the same.
    return f"From memory, {int(100 * offer.score + 1e-9)} %"
