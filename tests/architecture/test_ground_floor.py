"""The ground floor stays light: no module of `subtitles` loads a heavy library."""

import pkgutil
import subprocess
import sys

import pytest

import subtitles

HEAVY = (
    *("numpy", "av", "faster_whisper", "ctranslate2", "transformers", "sentencepiece", "torch"),
    *("sqlalchemy", "alembic", "fastapi", "starlette", "pydantic", "prefect", "httpx"),
)

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(subtitles.__path__, prefix="subtitles.")
)


def loaded_after_importing(*modules: str) -> set[str]:
    """Top-level packages in a fresh interpreter that imported these."""
    code = (
        f"import {', '.join(modules)}, sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return set(done.stdout.split())


def test_every_module_of_the_ground_floor_is_found() -> None:
    assert {
        "subtitles.segmentation.segmenter",
        "subtitles.formats.srt",
        "subtitles.profiles",
    } <= set(MODULES)


def test_the_ground_floor_loads_no_heavy_library() -> None:
    assert not loaded_after_importing(*MODULES) & set(HEAVY)


def test_only_the_srt_module_and_what_uses_it_load_pysrt() -> None:
    others = [
        module
        for module in MODULES
        if module.removeprefix("subtitles.formats.")
        not in {"srt", "registry", "sniffing", "reading"}
    ]
    assert "pysrt" not in loaded_after_importing(*others)
    assert "pysrt" in loaded_after_importing("subtitles.formats.srt")


@pytest.mark.parametrize("heavy", ["numpy", "pydantic"])
def test_this_test_would_notice_a_heavy_library(heavy: str) -> None:
    assert heavy in loaded_after_importing("subtitles.segmentation.segmenter", heavy)
