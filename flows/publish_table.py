"""What publishing did, as a table for people."""

from collections.abc import Iterator

from flows.markdown import markdown_row
from flows.publish_report import PublishReport, TaskPublication

HEADINGS = ("title", "language", "outcome", "version", "file")


def rows(report: PublishReport) -> tuple[tuple[str, ...], ...]:
    """Cells under `HEADINGS`."""
    return tuple(
        (_shown(one.title), one.language, one.outcome.value, str(one.version or "–"), _where(one))
        for one in report.publications
    )


def remarks(report: PublishReport) -> Iterator[str]:
    """What people should know, one line each: what failed, what there cannot be, what stays."""
    for one in report.publications:
        name = f"{_shown(one.title)} {one.language}"
        yield from (f"{name}: {_shown(remark)}" for remark in one.remarks)
        if one.error:
            yield f"{name} failed: {_shown(one.error)}"
    if report.waiting_count:
        yield f"{report.waiting_count} more wait; run the command again"


def markdown_table(report: PublishReport) -> str:
    """The table in Markdown."""
    cells = (HEADINGS, tuple("---" for _ in HEADINGS), *rows(report))
    return "\n".join(map(markdown_row, cells)) + "\n"


def _where(one: TaskPublication) -> str:
    return _shown(one.error or (str(one.files[0]) if one.files else "–"))


def _shown(text: str) -> str:
    """Titles come from file names, and terminals obey what they are shown."""
    return "".join(char if char.isprintable() else "�" for char in text)
