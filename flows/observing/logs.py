"""Log lines that say what they are about: one line each, whatever titles and texts hold."""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TextIO

from flows.observing.context import working_on
from flows.settings import Settings

ROOMS = ("flows", "asr", "translate", "review", "subtitles")
"""Loggers of this project; others are passed on from level warning on."""


def start_logging(settings: Settings, stream: TextIO | None = None) -> None:
    """Write log lines to the error output as POLYCUE_LOG and POLYCUE_LOG_LEVEL say.

    Without POLYCUE_LOG everything stays as it is: warnings alone, as plain text.
    """
    if not settings.log:
        return
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if settings.log == "json" else TextLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for room in ROOMS:
        logging.getLogger(room).setLevel(settings.log_level.upper())


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, and the ids of the work."""

    def format(self, record: logging.LogRecord) -> str:
        """See the class."""
        fields: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **ids(),
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        # Escaped beyond ASCII, too: other line ends (U+2028), and text that no UTF-8 can hold.
        return json.dumps(fields)


class TextLines(logging.Formatter):
    """``TIME LEVEL logger: message [run_id=… title=…]``."""

    def format(self, record: logging.LogRecord) -> str:
        """See the class."""
        named = "".join(f" {name}={_quoted(value)}" for name, value in ids().items())
        text = one_line(record.getMessage())
        if record.exc_info:
            text += f" | {one_line(self.formatException(record.exc_info))}"
        where = f" [{named[1:]}]" if named else ""
        return f"{_time(record)} {record.levelname} {record.name}: {text}{where}"


def ids() -> Mapping[str, str | int]:
    """What the line is about, as far as it is about anything."""
    at = working_on()
    named: dict[str, str | int] = {
        "run_id": at.run_id,
        "title": at.title,
        "language": at.language,
        "chunk": at.chunk,
        "stage": at.stage,
    }
    return {name: value for name, value in named.items() if value}


def one_line(text: str) -> str:
    """The text with everything that is not printed escaped, so that it stays one line."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def _quoted(value: str | int) -> str:
    """As a JSON string where it is not a plain word: an id cannot look like another id."""
    text = str(value)
    is_plain = text.isascii() and text.replace("-", "").replace("_", "").isalnum()
    return text if is_plain else json.dumps(text)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
