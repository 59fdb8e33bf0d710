"""Asking for a type loads no database, no web server and no model."""

import pickle
import subprocess
import sys
from dataclasses import replace

import pytest
from review_drafts import draft_of
from sentence_drafts import sentence

import review.errors as refusals
from review.machine_drafts import Draft, DraftCue
from subtitles.cues import InvalidCueError
from subtitles.errors import PolycueError
from subtitles.span import Span

HEAVY = (
    *("sqlalchemy", "alembic", "pwdlib", "argon2", "fastapi", "starlette", "prefect", "pydantic"),
    *("numpy", "transformers", "ctranslate2", "faster_whisper", "av"),
)
LIGHT = (
    *("store", "tasks", "people", "outbox", "errors", "workflow", "texts", "edits", "drafts"),
    *("measuring", "files", "machine_drafts", "passages", "approved_units", "offers"),
    *("access.roles", "access.projects", "access.members", "access.tokens", "access.identity"),
    "access.log",
)


def test_the_modules_without_a_database_load_nothing_heavy():
    imports = "".join(
        f"import review.{module}; heavy += [('{module}', name) for name in {HEAVY!r}"
        " if name in sys.modules]\n"
        for module in LIGHT
    )
    code = f"import sys\nheavy = []\n{imports}print(heavy)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "error",
    [
        refusals.UnknownTaskError("task", "t"),
        refusals.TaskHeldError("t", "Ana", "12:00 UTC"),
        refusals.LeaseLostError("t"),
        refusals.StaleCueError("c", 1, 2, "text"),
        refusals.NotAllowedError("why"),
        refusals.InvalidEditError("why"),
        refusals.ReviewDatabaseError("what"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_refusal_survives_the_way_between_processes(error):
    back = pickle.loads(pickle.dumps(error))
    assert isinstance(back, PolycueError)
    assert (type(back), back.args, str(back)) == (type(error), error.args, str(error))
    assert "\n" not in str(back)


def test_a_draft_with_the_same_cue_twice_is_refused():
    cue = DraftCue(cue_id="c", span=Span(0, 1), text="A", source_text="A", confidence=1.0)
    fields = {
        name: name
        for name in (
            *("media_id", "title", "media_path", "frame_rate", "source_language", "language"),
            *("draft_id", "made_by"),
        )
    }
    with pytest.raises(InvalidCueError, match="twice"):
        Draft(**fields, cues=(cue, cue))


@pytest.mark.parametrize("cue_ids", [(), ("c", "d")])
def test_a_draft_with_a_sentence_in_no_cue_of_it_is_refused(cue_ids):
    draft = draft_of("Ja.")
    strange = sentence("Yes.", "Ja.", *cue_ids)
    with pytest.raises(InvalidCueError, match="a sentence names it"):
        replace(draft, sentences=(strange,))
