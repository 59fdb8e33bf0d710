"""Words of projects in SQLite or PostgreSQL."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from review.access.log import AccessEventKind
from review.glossaries import StoredGlossary
from review.sql.access_log import record, require_user
from review.sql.database import reading, writing
from review.sql.outbox import tell_of_words
from review.sql.projects import derive_project_id, require_project
from review.sql.schema_memory import GlossaryRow
from review.store import Clock
from translate.glossary.files import read_glossary, write_glossary
from translate.glossary.glossary import Glossary

_FILE_NAME = "words.csv"
"""Names the format in which words are kept: the one that holds everything a term can be."""


class SqlGlossaries:
    """Implements `review.glossaries.Glossaries`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def latest(self, project_id: str) -> StoredGlossary | None:
        """See the port."""
        with reading(self._engine) as session:
            require_project(session, project_id)
            return _latest(session, project_id)

    def latest_of(self, project_name: str) -> StoredGlossary | None:
        """See the port."""
        with reading(self._engine) as session:
            return _latest(session, derive_project_id(project_name))

    def store(self, project_id: str, glossary: Glossary, *, by: str) -> StoredGlossary:
        """See the port."""
        csv = write_glossary(glossary, _FILE_NAME).decode("utf-8-sig")
        with writing(self._engine) as session:
            project = require_project(session, project_id, lock=True)
            now, person = self._clock(), require_user(session, by)
            before = _latest(session, project_id)
            if before is not None and before.revision == glossary.revision:
                return before
            session.add(
                GlossaryRow(
                    project_id=project_id,
                    csv=csv,
                    sha256=glossary.revision,
                    term_count=len(glossary.terms),
                    stored_by=by,
                    stored_at=now,
                )
            )
            detail = f"{len(glossary.terms)} terms, {glossary.revision[:12]}"
            stored = AccessEventKind.GLOSSARY_STORED
            record(session, stored, project.name, detail, by=by, now=now)
            tell_of_words(session, project_id, now)
        return StoredGlossary(
            project_id=project_id,
            glossary=glossary,
            revision=glossary.revision,
            stored_by=person.name,
            stored_at=now,
        )


def _latest(session: Session, project_id: str) -> StoredGlossary | None:
    stored = select(GlossaryRow).where(GlossaryRow.project_id == project_id)
    row = session.scalars(stored.order_by(GlossaryRow.glossary_id.desc()).limit(1)).first()
    if row is None:
        return None
    return StoredGlossary(
        project_id=project_id,
        glossary=read_glossary(row.csv.encode(), _FILE_NAME),
        revision=row.sha256,
        stored_by=require_user(session, row.stored_by).name,
        stored_at=row.stored_at,
    )
