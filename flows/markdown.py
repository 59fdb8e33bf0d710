"""Hostile text in Markdown: titles and messages bring no markup of their own."""

import re
from collections.abc import Sequence


def markdown_row(cells: Sequence[str]) -> str:
    """One row; text that is hostile brings neither markup nor rows of its own."""
    return "| " + " | ".join(markdown_text(cell) for cell in cells) + " |"


def markdown_text(text: str) -> str:
    """The text as it is to be read, in one line."""
    # Titles come from file names: no markup and no new rows from there.
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", text.replace("\n", " "))
