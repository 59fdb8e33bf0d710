"""Projects in SQLite or PostgreSQL."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from review.access.log import AccessEventKind
from review.access.projects import Project
from review.access.roles import reaches
from review.errors import InvalidEditError, NotAllowedError, UnknownTaskError
from review.events import EventKind
from review.sql.access_log import record
from review.sql.database import reading, writing
from review.sql.opening import open_if_ready, open_project
from review.sql.rows import require_known
from review.sql.schema import ProjectRow, TaskRow
from review.sql.work import Work, begin_work
from review.store import Clock
from review.tasks import Role
from review.texts import clean_name, name_key
from subtitles.cues import derive_cue_id


class SqlProjects:
    """Implements `review.access.projects.Projects`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def projects(self) -> tuple[Project, ...]:
        """See the port."""
        counted = (
            select(ProjectRow, func.count(TaskRow.task_id))
            .outerjoin(TaskRow, TaskRow.project_id == ProjectRow.project_id)
            .group_by(ProjectRow.project_id)
        )
        with reading(self._engine) as session:
            listed = [_project_of(row, count) for row, count in session.execute(counted)]
        return tuple(sorted(listed, key=lambda one: name_key(one.name)))

    def names(self) -> Mapping[str, str]:
        """See the port."""
        with reading(self._engine) as session:
            listed = session.execute(select(ProjectRow.project_id, ProjectRow.name))
            return {row.project_id: row.name for row in listed}

    def project(self, project_id: str) -> Project:
        """See the port."""
        with reading(self._engine) as session:
            return _counted(session, require_project(session, project_id))

    def add(self, name: str, *, two_stages: bool, source_first: bool, by: str) -> Project:
        """See the port."""
        shown, now = clean_name(name), self._clock()
        try:
            with writing(self._engine) as session:
                row = _new_project(shown, now)
                row.two_stages, row.source_first = two_stages, source_first
                session.add(row)
                session.flush()
                record(
                    session, AccessEventKind.PROJECT_ADDED, shown, _in_words(row), by=by, now=now
                )
        except IntegrityError as error:
            raise InvalidEditError(
                f"there is a project {shown!r} already: choose another"
            ) from error
        return _project_of(row, 0)

    def change(self, project_id: str, *, two_stages: bool, source_first: bool, by: str) -> Project:
        """See the port."""
        with writing(self._engine) as session:
            row = require_project(session, project_id, lock=True)
            if (row.two_stages, row.source_first) != (two_stages, source_first):
                row.two_stages, row.source_first = two_stages, source_first
                session.flush()
                record(
                    session,
                    AccessEventKind.PROJECT_CHANGED,
                    row.name,
                    _in_words(row),
                    by=by,
                    now=self._clock(),
                )
                open_project(session, project_id, self._clock)
            return _counted(session, row)

    def move(self, task_id: str, project_id: str, *, by: str) -> None:
        """See the port."""
        with writing(self._engine) as session:
            work = begin_work(session, task_id, by, self._clock)
            if not reaches(work.person.role, Role.LEAD):
                raise NotAllowedError("only a lead moves a task into another project: ask one")
            move_task(work, require_project(session, project_id))
            if open_if_ready(work):
                work.log(EventKind.TASK_OPENED, implicit=True)


def move_task(work: Work, project: ProjectRow) -> None:
    """Put a task into a project; nothing to do where it is there already."""
    if work.task.project_id == project.project_id:
        return
    work.task.project_id = project.project_id
    work.log(EventKind.TASK_MOVED, project.name)
    work.session.flush()


def project_named(session: Session, name: str, now: datetime) -> ProjectRow:
    """The project of that name, made when it is new; InvalidEditError for what is no name."""
    shown = clean_name(name)
    row = session.get(ProjectRow, derive_project_id(shown))
    if row is not None:
        return row
    row = _new_project(shown, now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # another process was faster
        return session.get_one(ProjectRow, row.project_id)
    record(session, AccessEventKind.PROJECT_ADDED, shown, by=None, now=now)
    return row


def derive_project_id(name: str) -> str:
    """Look-alikes are the same project (`review.texts.name_key`)."""
    return derive_cue_id("project", name_key(name))


def require_project(session: Session, project_id: str, *, lock: bool = False) -> ProjectRow:
    """A project's row; UnknownTaskError."""
    require_known("project", project_id)
    row = session.get(ProjectRow, project_id, with_for_update=lock)
    if row is None:
        raise UnknownTaskError("project", project_id)
    return row


def _new_project(name: str, now: datetime) -> ProjectRow:
    return ProjectRow(project_id=derive_project_id(name), name=name, created_at=now)


def _counted(session: Session, row: ProjectRow) -> Project:
    tasks = select(func.count()).where(TaskRow.project_id == row.project_id)
    return _project_of(row, session.scalars(tasks).one())


def _project_of(row: ProjectRow, task_count: int) -> Project:
    return Project(
        project_id=row.project_id,
        name=row.name,
        two_stages=row.two_stages,
        source_first=row.source_first,
        created_at=row.created_at,
        task_count=task_count,
    )


def _in_words(row: ProjectRow) -> str:
    """How its titles are reviewed, for the log."""
    stages = "two people" if row.two_stages else "one person"
    return f"{stages}, {'transcript first' if row.source_first else 'all languages at once'}"
