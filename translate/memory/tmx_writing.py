"""A translation memory as a Translation Memory eXchange file, TMX 1.4b."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from translate.memory.units import MemoryUnit

BEFORE, AFTER = "x-context-pre", "x-context-post"
"""Properties that hold what was said around a sentence; other tools know them by these names."""

TITLE, TASK, ROLE = "x-polycue-title", "x-polycue-task", "x-polycue-role"
"""Properties that hold where a unit comes from."""

_HEADER = """\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="Polycue" creationtoolversion="1" segtype="sentence" o-tmf="Polycue" \
adminlang="en" srclang="*all*" datatype="plaintext"/>
<body>
"""
_FOOTER = "</body>\n</tmx>\n"


def encode_tmx(units: Iterable[MemoryUnit]) -> str:
    """The units as a file, in this order; `decode_tmx` gives them back.

    No document type is written, and nothing personal: units hold none.
    """
    return "".join((_HEADER, *map(_unit, units), _FOOTER))


def _unit(unit: MemoryUnit) -> str:
    source = unit.pair.source
    changed = f" changedate={quoteattr(_time(unit.approved_at))}" if unit.approved_at else ""
    opening = f'<tu tuid="{unit.unit_id}" srclang={quoteattr(source)}{changed}>\n'
    variants = _variant(source, unit.source_text) + _variant(unit.pair.target, unit.text)
    return opening + "".join(_properties(unit)) + variants + "</tu>\n"


def _properties(unit: MemoryUnit) -> Iterator[str]:
    told = {
        TITLE: unit.title,
        TASK: unit.task_id,
        ROLE: unit.role,
        BEFORE: unit.before,
        AFTER: unit.after,
    }
    for name, text in told.items():
        if text:
            yield f'<prop type="{name}">{escape(text)}</prop>\n'


def _variant(language: str, text: str) -> str:
    return f"<tuv xml:lang={quoteattr(language)}><seg>{escape(text)}</seg></tuv>\n"


def _time(at: datetime) -> str:
    basic = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    return basic.replace("-", "").replace(":", "") + "Z"
