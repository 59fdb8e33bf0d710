"""The show's words in a cue, as JSON: what was agreed for what is said there."""

from fastapi import APIRouter
from pydantic import BaseModel

from review.errors import UnknownTaskError
from review.passages import terms_of
from review.web.services import Parts
from translate.glossary.missed import said_in

router = APIRouter(prefix="/api/v1")


class TermAnswer(BaseModel):
    """A word of the show as it is said, and how it may be rendered, the preferred way first."""

    said: str
    forms: tuple[str, ...]
    is_fixed: bool


@router.get("/tasks/{task_id}/cues/{cue_id}/terms")
def api_terms(parts: Parts, task_id: str, cue_id: str) -> tuple[TermAnswer, ...]:
    """The show's words in the source text of one cue, each once."""
    for cue in parts.store.cues(task_id, [cue_id]):
        agreed = said_in(terms_of(parts.store.passage(task_id, cue_id), cue_id), cue.source_text)
        found = {one.said: one for one in agreed}
        return tuple(
            TermAnswer(said=one.said, forms=one.forms, is_fixed=one.is_fixed)
            for one in found.values()
        )
    raise UnknownTaskError("cue", cue_id)
