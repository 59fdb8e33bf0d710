"""Units of translation memories for tests."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from subtitles.language import parse_language
from subtitles.plain_text import clean_text
from translate.memory.units import MemoryUnit
from translate.translator import LanguagePair

EN_DE = LanguagePair(parse_language("en"), parse_language("de"))


def pair_of(source: str, target: str) -> LanguagePair:
    return LanguagePair(parse_language(source), parse_language(target))


def unit_of(source_text: str, text: str, **more) -> MemoryUnit:
    """A unit from English into German unless told otherwise; ``day`` is when it was approved."""
    day = more.pop("day", None)
    at = None if day is None else datetime(2026, 1, day, 12, tzinfo=UTC)
    return MemoryUnit(
        **{"pair": EN_DE, "source_text": source_text, "text": text, "approved_at": at} | more
    )


_rows = st.text(max_size=40).map(clean_text)
_texts = _rows.filter(bool)
_times = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))


def units() -> st.SearchStrategy[MemoryUnit]:
    """Any unit that there can be."""
    return st.builds(
        MemoryUnit,
        pair=st.sampled_from(
            [EN_DE, pair_of("en-GB", "pt-BR"), pair_of("ja", "zh-Hant"), pair_of("ar", "es-419")]
        ),
        source_text=_texts,
        text=_texts,
        before=_rows,
        after=_rows,
        title=_rows,
        task_id=_rows,
        role=_rows,
        approved_at=st.none() | _times,
    )
