"""`make bench-flows`: what orchestration costs, and how soon an approval is published.

Usage: bench_flows.py. Writes its section of BENCHMARKS.md and ends with an error when something
that must hold does not. Of the environment:

- BENCH_PARTS: which of ``overhead approval drain``; the other parts keep their last measurement.
- BENCH_MINUTES: of speech in the title of ``overhead`` (30).
- BENCH_TITLES: in ``drain`` (20).

Every part has a workspace and a Prefect server of its own, and leaves neither.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import prefect  # noqa: E402
from bench_flows_parts import approval, drain, overhead  # noqa: E402
from bench_sections import Benchmark, wanted_parts  # noqa: E402

CACHE = ROOT / ".cache" / "bench-flows"
TITLES = {
    "overhead": "What Prefect adds",
    "approval": "From approval to file",
    "drain": "Many titles",
}


def measured(name):
    """(lines, promises) of one part."""
    if name == "overhead":
        return overhead(minutes=float(os.environ.get("BENCH_MINUTES") or 30))
    if name == "approval":
        return approval()
    return drain(titles=int(os.environ.get("BENCH_TITLES") or 20))


def main():
    benchmark = Benchmark(
        name="Orchestration",
        intro="Repeat with `make bench-flows`.",
        titles=TITLES,
        cache=CACHE,
        made_by=("prefect", prefect.__version__),
    )
    return benchmark.run(wanted_parts(TITLES), measured)


if __name__ == "__main__":
    sys.exit(main())
