"""A benchmark in parts: which are measured, what is kept of the others, and its section."""

import json
import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench_promises import table
from benchmark_file import machine, write_section

ROOT = Path(__file__).parents[2]
FILE = ROOT / "BENCHMARKS.md"


def wanted_parts(titles):
    """The parts that BENCH_PARTS names; all of them where it is not set."""
    wanted = (os.environ.get("BENCH_PARTS") or " ".join(titles)).split()
    unknown = set(wanted) - set(titles)
    if unknown:
        sys.exit(f"BENCH_PARTS: {', '.join(sorted(unknown))}: one of {', '.join(titles)}")
    return wanted


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """One section of BENCHMARKS.md.

    Attributes:
        name: Its heading.
        intro: What was measured, and how to repeat it.
        titles: Of its parts, by their names, in order.
        cache: Where measured parts are kept.
        made_by: What a part must have been measured with to be kept: (name of the field, value).
    """

    name: str
    intro: str
    titles: dict
    cache: Path
    made_by: tuple

    @property
    def _file(self):
        return self.cache / "parts.json"

    def _kept(self):
        known = json.loads(self._file.read_text("utf-8")) if self._file.is_file() else {}
        field, value = self.made_by
        return {name: part for name, part in known.items() if part.get(field) == value}

    def run(self, wanted, measured):
        """Measure parts, write the section; 1 when something that must hold does not, else 0.

        ``measured`` gives for the name of a part (lines, promises).
        """
        self.cache.mkdir(parents=True, exist_ok=True)
        field, value = self.made_by
        kept = {}
        for name in wanted:
            lines, promises = measured(name)
            kept = self._kept()  # another part may have been measured meanwhile
            kept[name] = {
                field: value,
                "when": f"{date.today()} on {machine()}",  # noqa: DTZ011
                "lines": lines,
                "promises": [promise.row for promise in promises],
            }
            self._file.write_text(json.dumps(kept), "utf-8")
            _show(lines)
        lines = self.section(kept)
        write_section(FILE, self.name, lines)
        _show(lines)
        return int(any(row[-1] != "holds" for name in wanted for row in kept[name]["promises"]))

    def section(self, kept):
        """Every part that was ever measured, in order, and what must hold on top."""
        promises = [row for name in self.titles if name in kept for row in kept[name]["promises"]]
        missing = [title for name, title in self.titles.items() if name not in kept]
        lines = [self.intro, "", *table(("must hold", "limit", "found", ""), promises)]
        for name, title in self.titles.items():
            if name in kept:
                lines += [f"### {title}", "", f"Measured {kept[name]['when']}.", ""]
                lines += kept[name]["lines"]
        if missing:
            lines += [f"Not measured: {', '.join(missing)}.", ""]
        return lines[:-1]


def _show(lines):
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
