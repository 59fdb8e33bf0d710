"""The words of a project: seen by everybody who sees the project, put in by its leads."""

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from starlette.responses import Response

from review.access.projects import Project
from review.access.roles import Reach, reaches
from review.errors import UnknownTaskError
from review.tasks import Role
from review.web.access import CurrentReach
from review.web.access_bodies import project_id_of, project_segment
from review.web.file_routes import attachment
from review.web.problems import ForbiddenError, status_of
from review.web.rendering import page, see
from review.web.services import Parts, Services
from subtitles.errors import PolycueError
from subtitles.language import language_name, parse_language
from translate.glossary.files import read_glossary, write_glossary
from translate.glossary.glossary import Glossary, glossary_of
from translate.glossary.terms import Term

router = APIRouter(prefix="/projects/{project_id}")

MOST_SHOWN = 500
"""Terms on a page; more are found by looking for them, or in the file."""

_TYPES = {"csv": "text/csv", "tbx": "application/x-tbx"}


@router.get("/glossary")
def glossary_page(
    request: Request,
    parts: Parts,
    reach: CurrentReach,
    project_id: str,
    find: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The words in force, those that hold ``find`` first of all."""
    project = visible_project(parts, reach, project_id)
    return _glossary(request, parts, reach, project, find=find)


@router.post("/glossary")
def store_glossary(
    request: Request,
    parts: Parts,
    reach: CurrentReach,
    project_id: str,
    file: Annotated[UploadFile, File()],
    language: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Put the words of a file in the place of those in force."""
    project = led_project(parts, reach, project_id)
    try:
        wanted = parse_language(language) if language.strip() else None
        words = read_glossary(file.file.read(), file.filename or "", wanted)
        parts.backend.glossaries.store(project.project_id, words, by=reach.user.user_id)
    except PolycueError as problem:
        return _glossary(request, parts, reach, project, problem=problem)
    return see(f"/projects/{project_segment(project.project_id)}/glossary", "saved")


@router.get("/glossary.{extension}")
def glossary_file(
    parts: Parts, reach: CurrentReach, project_id: str, extension: Literal["csv", "tbx"]
) -> Response:
    """The words in force as a file."""
    project = visible_project(parts, reach, project_id)
    name = f"{project.name or 'words'}.{extension}"
    return Response(
        write_glossary(words_of(parts, project), f"words.{extension}"),
        media_type=f"{_TYPES[extension]}; charset=utf-8",
        headers={"Content-Disposition": attachment(name)},
    )


def visible_project(parts: Services, reach: Reach, segment: str) -> Project:
    """A project that this person sees; UnknownTaskError for any other."""
    project_id = project_id_of(segment)
    if not reach.sees_project(project_id):
        raise UnknownTaskError("project", segment)
    return parts.backend.projects.project(project_id)


def led_project(parts: Services, reach: Reach, segment: str) -> Project:
    """A project that this person leads; ForbiddenError for one they only see."""
    project = visible_project(parts, reach, segment)
    if not reaches(reach.role_in_project(project.project_id), Role.LEAD):
        raise ForbiddenError(Role.LEAD)
    return project


def words_of(parts: Services, project: Project) -> Glossary:
    """The words in force; without any, none."""
    stored = parts.backend.glossaries.latest(project.project_id)
    return glossary_of(()) if stored is None else stored.glossary


def _glossary(
    request: Request,
    parts: Services,
    reach: Reach,
    project: Project,
    *,
    find: str = "",
    problem: PolycueError | None = None,
) -> Response:
    stored = parts.backend.glossaries.latest(project.project_id)
    terms = () if stored is None else stored.glossary.terms
    found = [term for term in terms if _holds(term, find)]
    languages = sorted({one.language for term in terms for one in term.wordings})
    context = {
        "project": project,
        "segment": project_segment(project.project_id),
        "stored": stored,
        "terms": found[:MOST_SHOWN],
        "found_count": len(found),
        "term_count": len(terms),
        "languages": {tag: language_name(tag) for tag in languages},
        "find": find,
        "leads": reaches(reach.role_in_project(project.project_id), Role.LEAD),
        "problem": str(problem) if problem else None,
    }
    status = status_of(problem) if problem else 200
    return page(request, "glossary.html", context, status_code=status)


def _holds(term: Term, find: str) -> bool:
    """Whether a term, a rendering or a note of it holds the text, however it is cased."""
    wanted = find.strip().casefold()
    forms = (form for wording in term.wordings for form in wording.forms)
    return any(wanted in text.casefold() for text in (term.text, term.note, *forms))
