"""Tables of what is known before a title is translated: approved sentences, agreed words."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from review.sql.schema_base import SERIAL, Base


class MemoryUnitRow(Base):
    """One approved sentence; ``task_id`` is None for those that came out of a file."""

    __tablename__ = "memory_units"
    __table_args__ = (Index(None, "language", "source_language"),)

    unit_id: Mapped[str] = mapped_column(primary_key=True)
    task_id: Mapped[str | None] = mapped_column(ForeignKey("tasks.task_id"), index=True)
    source_language: Mapped[str]
    language: Mapped[str]
    source_text: Mapped[str]
    text: Mapped[str]
    said_before: Mapped[str]
    said_after: Mapped[str]
    title: Mapped[str]
    role: Mapped[str]
    approved_at: Mapped[datetime | None]


class GlossaryRow(Base):
    """The words of a project as they were once stored; the latest is in force, none is changed."""

    __tablename__ = "glossaries"

    glossary_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.project_id"), index=True)
    csv: Mapped[str]
    sha256: Mapped[str]
    term_count: Mapped[int]
    stored_by: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    stored_at: Mapped[datetime]
