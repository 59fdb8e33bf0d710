"""What the pipeline puts into the queue: a machine draft of one title in one language."""

from dataclasses import dataclass

from subtitles.cues import InvalidCueError
from subtitles.findings import Finding
from subtitles.language import LanguageTag
from subtitles.span import Span
from subtitles.style.profile import Audience, Kind
from translate.drafts import SentenceDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCue:
    """A machine cue on its way into the queue, with the source text it renders.

    Attributes:
        cue_id: As in the cue track.
        span: In-time and out-time.
        text: Rows joined by line breaks.
        source_text: The source cue's rows joined by line breaks; the text itself on a source track.
        confidence: Lowest probability of what the cue was made from, 0…1.
    """

    cue_id: str
    span: Span
    text: str
    source_text: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole machine draft of one title in one language, ready to be parked.

    Attributes:
        media_id: SHA-256 of the media file's bytes.
        title: For people, such as the file's stem.
        media_path: Where this machine can play the media from.
        frame_rate: As ``24000/1001``; None without video.
        source_language: Of the speech.
        language: Of the cues.
        draft_id: Content hash of the cues: a new machine draft has a new one.
        made_by: Printed engine signature.
        cues: In order.
        findings: What the checks found on this draft.
        sentences: What the machine knows of each of its sentences, in order; empty for subtitles
            in the language spoken.
        audience: Who reads: with ``language`` and ``kind`` it names the style profile.
        kind: Translation subtitles, SDH or a template.
        client: Whose house style it keeps, part of the profile's name; empty for none.
        project: Name of the project the title belongs to; empty leaves it where it is.

    Raises:
        InvalidCueError: when two cues share an id, since edits name their cue by it; when a
            sentence names no cue, or one that is not there.
    """

    media_id: str
    title: str
    media_path: str
    frame_rate: str | None
    source_language: LanguageTag
    language: LanguageTag
    draft_id: str
    made_by: str
    cues: tuple[DraftCue, ...]
    findings: tuple[Finding, ...] = ()
    audience: Audience = "adult"
    kind: Kind = "subtitle"
    client: str = ""
    project: str = ""
    sentences: tuple[SentenceDraft, ...] = ()

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for cue in self.cues:
            if cue.cue_id in seen:
                raise InvalidCueError(cue.cue_id, "it is twice in the draft")
            seen.add(cue.cue_id)
        # A sentence without cues names the empty id, which no cue has.
        for cue_id in (name for sentence in self.sentences for name in sentence.cue_ids or ("",)):
            if cue_id not in seen:
                raise InvalidCueError(cue_id, "a sentence names it, and it is not in the draft")
