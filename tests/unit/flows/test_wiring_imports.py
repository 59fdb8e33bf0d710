"""What wiring the engines of a title loads, before any of them is needed."""

import subprocess
import sys

HEAVY = ("sqlalchemy", "alembic", "prefect", "fastapi", "ctranslate2", "transformers", "torch")


def test_wiring_a_title_loads_no_database_and_no_engine():
    code = f"import sys, flows.wiring; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
