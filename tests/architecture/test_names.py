"""Guards around our import names, which other distributions also use (ARCHITECTURE.md, "Names")."""

import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ("asr", "flows", "review", "subtitles", "translate")


def test_nobody_else_owns_our_import_names():
    owners = packages_distributions()
    assert {name: set(owners.get(name, ["polycue"])) for name in OURS} == {
        name: {"polycue"} for name in OURS
    }


def test_no_file_in_flows_is_named_like_a_package_of_ours():
    stems = {path.stem for path in (ROOT / "flows").rglob("*.py")}
    # `flows/cli/review.py` lies a level deeper, where no loader ever puts a folder on the path.
    assert not stems & set(OURS) - {path.stem for path in (ROOT / "flows" / "cli").glob("*.py")}
    assert not {path.stem for path in (ROOT / "flows").glob("*.py")} & set(OURS)


def test_tests_are_no_packages():
    assert not list((ROOT / "tests").rglob("__init__.py"))


HEAVY = ("numpy", "av", "faster_whisper", "ctranslate2", "transformers", "sqlalchemy", "alembic",
         "fastapi", "prefect", "pydantic", "torch")  # fmt: skip


def modules_of(*packages):
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__")


def loaded_after_importing(modules):
    code = f"import sys\nimport {', '.join(modules)}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_subtitles_loads_no_heavy_library():
    assert not loaded_after_importing(list(modules_of("subtitles"))) & set(HEAVY)


def test_importing_the_queues_words_loads_no_heavy_library():
    light = ["review.tasks", "review.store", "review.people", "review.errors"]
    assert not loaded_after_importing(light) & set(HEAVY)


def test_the_command_itself_loads_no_heavy_library():
    assert not loaded_after_importing(["flows.cli.main"]) & set(HEAVY)
