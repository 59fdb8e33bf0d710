"""What a benchmark says: tables, and what must hold."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """Something that must hold, and whether it does."""

    what: str
    limit: str
    found: str
    holds: bool

    @property
    def row(self):
        return (self.what, self.limit, self.found, "holds" if self.holds else "DOES NOT HOLD")


def table(head, rows):
    """Lines of a Markdown table."""
    return [
        "| " + " | ".join(head) + " |",
        "|---|" + "--:|" * (len(head) - 1),
        *("| " + " | ".join(map(str, row)) + " |" for row in rows),
        "",
    ]
