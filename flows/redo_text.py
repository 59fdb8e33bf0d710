"""What redoing has to tell, as text for people and as JSON for programs."""

import json
from collections.abc import Iterator

from flows.markdown import markdown_row
from flows.redoing import RedoneTitle, RedoReport
from flows.staleness import StaleLanguage


def lines_of(report: RedoReport) -> Iterator[str]:
    """One line a title, those that are up to date last and as a number."""
    told = [one for one in report.titles if one.languages or one.problem]
    for one in told:
        yield f"{_shown(one.title)}: {one.outcome.value}{_in_brackets(one)}"
    untouched = len(report.titles) - len(told)
    if untouched or not told:
        yield f"{untouched} titles up to date"


def markdown_table(report: RedoReport) -> str:
    """A table of the titles that are not up to date."""
    rows = [
        (_shown(one.title), one.outcome.value, _languages(one), _shown(one.problem))
        for one in report.titles
        if one.languages or one.problem
    ]
    if not rows:
        return "Every draft is up to date."
    head = ("title", "outcome", "languages", "problem")
    return "\n".join(map(markdown_row, (head, ("---",) * len(head), *rows))) + "\n"


def report_json(report: RedoReport) -> str:
    """Everything, for programs."""
    titles = [
        {
            "media_id": one.media_id,
            "title": one.title,
            "outcome": one.outcome.value,
            "problem": one.problem,
            "languages": [
                {"language": tag.language, "why": list(tag.why), "problem": tag.problem}
                for tag in one.languages
            ],
        }
        for one in report.titles
    ]
    return json.dumps({"titles": titles}, ensure_ascii=False, indent=2)


def _in_brackets(one: RedoneTitle) -> str:
    parts = [part for part in (_languages(one), _shown(one.problem)) if part]
    return f" ({'; '.join(parts)})" if parts else ""


def _languages(one: RedoneTitle) -> str:
    return ", ".join(map(_language, one.languages))


def _language(one: StaleLanguage) -> str:
    return f"{one.language}: {'+'.join(one.why) or _shown(one.problem)}"


def _shown(text: str) -> str:
    """Titles come from file names, and terminals obey what they are shown."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
