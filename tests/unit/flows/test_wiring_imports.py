"""What wiring the engines of a title loads, before any of them is needed."""

import subprocess
import sys

SLOW = ("langcodes", "sqlalchemy", "alembic", "prefect", "numpy", "av")
LOOKING = "flows.cli.run_table, flows.cli.status_table, flows.runs.opening, review.sql.overview"
HEAVY = ("sqlalchemy", "alembic", "prefect", "fastapi", "ctranslate2", "transformers", "torch")


def test_wiring_a_title_loads_no_database_and_no_engine():
    code = f"import sys, flows.wiring; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_look_at_runs_and_titles_loads_no_database_and_no_tables_of_languages():
    code = f"import sys, {LOOKING}; print([name for name in {SLOW!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
