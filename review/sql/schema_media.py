"""The table of what is known of a film itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from review.sql.schema_base import Base


class TimelineRow(Base):
    """Waveform, shots and speech of one film; half a megabyte for three hours."""

    __tablename__ = "timelines"

    media_id: Mapped[str] = mapped_column(primary_key=True)
    duration_ms: Mapped[int]
    peaks_hz: Mapped[int]
    peaks: Mapped[str]
    shot_changes_ms: Mapped[list[int]] = mapped_column(JSON)
    speech: Mapped[list[list[int]]] = mapped_column(JSON)
    kept_at: Mapped[datetime]


class HeardWordsRow(Base):
    """Every word heard in one film, as text, in and out, percent, doubts, speaker if known."""

    __tablename__ = "heard_words"

    media_id: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[list[list[Any]]] = mapped_column(JSON)
