"""BENCHMARKS.md: one section per benchmark, each rewritten by its own script."""

import os
import platform
import re


def machine():
    """What the numbers were measured on."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def write_section(path, title, lines):
    """Replace (or add) the section of this title, leaving the others as they are."""
    text = path.read_text("utf-8") if path.exists() else "# Benchmarks\n"
    section = f"## {title}\n\n" + "\n".join(lines) + "\n"
    pattern = re.compile(rf"## {re.escape(title)}\n.*?(?=\n## |\Z)", re.DOTALL)
    if pattern.search(text):
        text = pattern.sub(lambda _: section, text)
    else:
        text = text.rstrip() + "\n\n" + section
    path.write_text(text, "utf-8")
