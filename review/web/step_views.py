"""Steps on cues in words, for the history."""

from collections.abc import Mapping
from types import MappingProxyType

from review.events import STEP_KINDS, Event, EventKind
from review.steps.records import CueChange, StepRecord, from_json
from subtitles.report.timecode import clock

_MOST_CHARS_TOLD = 300
"""Of texts that are gone: enough to know them again. The log has them whole."""

_WHAT: Mapping[EventKind, str] = MappingProxyType(
    {
        EventKind.CUE_SPLIT: "split the cue",
        EventKind.CUES_MERGED: "merged {cues} into one",
        EventKind.WORDS_MOVED: "moved words to the {to} cue",
        EventKind.CUE_RETIMED: "set other times",
        EventKind.TRACK_SHIFTED: "shifted {cues} by {by_ms:+d} ms",
        EventKind.CUE_INSERTED: "inserted the cue",
        EventKind.CUES_DELETED: "deleted {cues}",
        EventKind.TEXTS_REPLACED: "replaced in {cues}",
        EventKind.CUES_CONFIRMED: "confirmed {cues} at once",
        EventKind.CUES_RESEGMENTED: "cut {cues} anew",
        EventKind.STEP_UNDONE: "undid a step on {cues}",
    }
)
# With what somebody asked for (`StepRecord.step`), and how many cues it touched.


def concerns(event: Event, cue_id: str) -> bool:
    """Whether an event is about a cue, or a step that touched it."""
    if event.cue_id == cue_id:
        return True
    # The quick way first: records of long films are long.
    is_named = event.kind in STEP_KINDS and bool(cue_id) and cue_id in event.detail
    return is_named and cue_id in from_json(event.detail).cue_ids


def step_words(event: Event, cue_id: str) -> tuple[str, str, str]:
    """What somebody did, the name of the detail, and the detail.

    Args:
        event: Of one of `STEP_KINDS`.
        cue_id: In whose history it stands; empty for that of the whole task.
    """
    record = from_json(event.detail)
    told = cue_id or event.cue_id
    change = next((one for one in record.cues if one.cue_id == told), None)
    cues = "1 cue" if len(record.cues) == 1 else f"{len(record.cues)} cues"
    return (
        _WHAT[event.kind].format_map({**record.step, "cues": cues}),
        *_detail(event.kind, record, change),
    )


def _detail(kind: EventKind, record: StepRecord, change: CueChange | None) -> tuple[str, str]:
    if kind is EventKind.CUES_DELETED:
        texts = [str(one.before["text"]) for one in record.cues if one.before]
        told = " / ".join(text.replace("\n", " ") for text in texts)
        return "text", told if len(told) <= _MOST_CHARS_TOLD else f"{told[:_MOST_CHARS_TOLD]}…"
    if change is None or change.before is None or change.after is None:
        return "", ""
    if "text" in change.before:
        return "before", str(change.before["text"])
    if "span" in change.before and kind is not EventKind.TRACK_SHIFTED:
        span = change.before["span"]
        return "shown before", f"{clock(span['start_ms'])} – {clock(span['end_ms'])}"
    return "", ""
