"""Which words of a transcript were not surely heard, for whoever corrects it."""

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from review.hearing import VERY_UNSURE_PERCENT, UnsureWord, unsure_words
from review.web.services import Parts
from review.web.wording import why_unsure

router = APIRouter(prefix="/api/v1")


class UnsureWordAnswer(BaseModel):
    """A word of a cue's source text; ``start`` and ``end`` in characters (code points)."""

    start: int
    end: int
    start_ms: int
    end_ms: int
    is_very: bool
    why: str


class UnsureCueAnswer(BaseModel):
    """A cue in which somebody should listen to some words."""

    cue_id: str
    words: tuple[UnsureWordAnswer, ...]


@router.get("/tasks/{task_id}/hearing")
def api_hearing(response: Response, parts: Parts, task_id: str) -> tuple[UnsureCueAnswer, ...]:
    """The cues of a transcript with unsure words; none of a translation, which was not heard."""
    task = parts.store.task(task_id)
    response.headers["Cache-Control"] = "private, no-cache"
    if task.language != task.source_language:
        return ()
    heard = parts.backend.timelines.words(task.media_id)
    found = (
        (cue.cue_id, unsure_words(cue.source_text, cue.span, heard))
        for cue in (parts.store.cues(task_id) if heard else ())
    )
    return tuple(
        UnsureCueAnswer(cue_id=cue_id, words=tuple(map(_answer, words)))
        for cue_id, words in found
        if words
    )


def _answer(word: UnsureWord) -> UnsureWordAnswer:
    heard = word.heard
    return UnsureWordAnswer(
        start=word.start,
        end=word.end,
        start_ms=heard.span.start_ms,
        end_ms=heard.span.end_ms,
        is_very=heard.percent < VERY_UNSURE_PERCENT or bool(heard.doubts),
        why=why_unsure(heard),
    )
