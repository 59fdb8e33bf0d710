"""What `polycue models list` shows of a pair."""

import pytest
from model_entries import translator
from typer.testing import CliRunner

from flows.cli import model_table
from flows.cli.models import app
from flows.models.entries import ModelTier, Registry

LEGS = (
    translator("de-en", pairs=[("de", "en")], tiers=(ModelTier.STANDARD,)),
    translator("en-ko", pairs=[("en", "ko")], tiers=(ModelTier.STANDARD,)),
)
DIRECT = translator("many", languages=("de", "ko"), tiers=(ModelTier.STUDIO,))


@pytest.fixture
def listed(monkeypatch, tmp_path):
    monkeypatch.setenv("POLYCUE_WORKSPACE", str(tmp_path))

    def shown(models, *arguments):
        monkeypatch.setattr(model_table, "load_registry", lambda: Registry(entries=models))
        return CliRunner().invoke(app, ["list", *arguments])

    return shown


@pytest.mark.parametrize("arguments", [("--pair", "de,ko"), ("--pair", "de", "ko")])
def test_two_models_in_a_row_are_shown_for_a_tier_without_one(listed, arguments):
    output = listed((*LEGS, DIRECT), *arguments).output
    assert "many" in output
    assert "tier standard, through en: de-en, then en-ko" in output
    assert "tier studio" not in output


def test_a_pair_that_nothing_serves_shows_nothing(listed):
    output = listed(LEGS, "--pair", "de", "ja").output
    assert "through" not in output
    assert "de-en" not in output


def test_one_language_is_no_pair(listed):
    result = listed(LEGS, "--pair", "de")
    assert result.exit_code != 0
    assert "is no pair of languages" in str(result.exception)
