"""The JSON interface of the words of projects."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from review.glossaries import StoredGlossary
from review.web.access import CurrentReach
from review.web.bodies import StrictBody
from review.web.glossary_pages import led_project, visible_project
from review.web.services import Parts
from subtitles.language import LanguageTag, parse_language
from translate.glossary.files import read_glossary
from translate.glossary.terms import CaseRule, Term, TermKind, TermStatus

router = APIRouter(prefix="/api/v1/projects/{project_id}", tags=["projects"])


class GlossaryTermAnswer(BaseModel):
    """A word of the show; its renderings by language, the preferred one first."""

    text: str
    language: LanguageTag
    kind: TermKind
    case: CaseRule
    status: TermStatus
    owner: str
    note: str
    renderings: dict[LanguageTag, tuple[str, ...]]


class GlossaryAnswer(BaseModel):
    """The words in force; none of them before any were stored."""

    revision: str
    stored_by: str
    stored_at: datetime | None
    terms: tuple[GlossaryTermAnswer, ...]


class GlossaryBody(StrictBody):
    """A file of words."""

    file_name: str = Field(max_length=200, description="Its ending names the format: .csv or .tbx.")
    text: str = Field(description="What is in the file.")
    language: str | None = Field(
        default=None, max_length=100, description="Of the terms, where the file does not say."
    )


@router.get("/glossary")
def api_glossary(parts: Parts, reach: CurrentReach, project_id: str) -> GlossaryAnswer:
    """The words of a project; ``none`` names the titles without one."""
    project = visible_project(parts, reach, project_id)
    return _answer(parts.backend.glossaries.latest(project.project_id))


@router.put("/glossary")
def api_store_glossary(
    parts: Parts, reach: CurrentReach, project_id: str, body: GlossaryBody
) -> GlossaryAnswer:
    """Put the words of a file in the place of those in force; all of them, or on a fault none."""
    project = led_project(parts, reach, project_id)
    language = None if body.language is None else parse_language(body.language)
    words = read_glossary(body.text.encode("utf-8", "surrogatepass"), body.file_name, language)
    stored = parts.backend.glossaries.store(project.project_id, words, by=reach.user.user_id)
    return _answer(stored)


def _answer(stored: StoredGlossary | None) -> GlossaryAnswer:
    if stored is None:
        return GlossaryAnswer(revision="", stored_by="", stored_at=None, terms=())
    return GlossaryAnswer(
        revision=stored.revision,
        stored_by=stored.stored_by,
        stored_at=stored.stored_at,
        terms=tuple(_term(term) for term in stored.glossary.terms),
    )


def _term(term: Term) -> GlossaryTermAnswer:
    return GlossaryTermAnswer(
        text=term.text,
        language=term.language,
        kind=term.kind,
        case=term.case,
        status=term.status,
        owner=term.owner,
        note=term.note,
        renderings={wording.language: wording.forms for wording in term.wordings},
    )
