"""The short quality table of a run, for terminals and for Prefect's artifacts."""

import re

from flows.markdown import markdown_row, markdown_text
from flows.report import LanguageReport, TitleReport
from flows.translation_summary import redone_text, summary_text

HEADINGS = ("language", "cues", "chars/s (max)", "in limits", "errors", "warnings", "review")
"""``chars/s`` is the mean over the cues; ``in limits`` the share without error or warning."""


def rows(report: TitleReport) -> list[tuple[str, ...]]:
    """One row a language, in the order of `HEADINGS`."""
    return [_row(one) for one in report.languages]


def _row(one: LanguageReport) -> tuple[str, ...]:
    quality = one.quality
    if quality is None:
        return (one.language, "", "", "", "", "", "failed")
    return (
        one.language,
        str(quality.cues),
        f"{quality.mean_chars_per_second:.1f} ({quality.max_chars_per_second:.1f})",
        f"{quality.share_within_limits:.0%}",
        str(quality.errors),
        str(quality.warnings),
        _review(one),
    )


def _review(one: LanguageReport) -> str:
    if one.task_id is None:
        return ""
    return "new task" if one.task_is_new else "in queue"


def translation_lines(report: TitleReport) -> list[str]:
    """How each language was translated, a line each."""
    return [
        f"{one.language}: {summary_text(one.translation)}; {redone_text(one.translation)}"
        for one in report.languages
        if one.translation is not None
    ]


def markdown_table(report: TitleReport) -> str:
    """The table as Markdown, with the failures under it."""
    lines = [markdown_row(HEADINGS), markdown_row(["---"] * len(HEADINGS))]
    lines += [markdown_row(row) for row in rows(report)]
    lines += [f"- {markdown_text(line)}" for line in translation_lines(report)]
    lines += [
        f"- **{one.language} failed**: {markdown_text(one.error or '')}" for one in report.failed
    ]
    return "\n".join([f"# {markdown_text(report.title)}", "", *lines])


def artifact_slug(title: str) -> str:
    """The key of a title's quality table among Prefect's artifacts."""
    return f"quality-{slug(title)}"


def slug(text: str) -> str:
    """As Prefect wants artifact keys: lower case letters, digits and dashes only."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "title"
