"""``polycue export --formats``: reviewed text in any format, made from what the queue holds."""

import pytest
from command import InProcess
from review_drafts import draft_of

from flows.review_wiring import open_review
from subtitles.formats.registry import FORMATS


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    home = tmp_path / "home"
    home.mkdir()
    command = InProcess(home, monkeypatch, capsys)
    open_review().park(draft_of("Guten <i>Tag</i>.", "Wo ist\ner?", title="Film"))
    return command


def test_a_draft_leaves_the_queue_in_every_format_asked_for(polycue, tmp_path):
    out = tmp_path / "out"
    done = polycue("export", "--draft", "--formats", "srt,ttml json", "--out", out)
    assert done.code == 0, done.err
    names = [f"Film.draft.de.{extension}" for extension in ("srt", "ttml", "json")]
    assert done.out.split() == [str(out / name) for name in names]
    rows = []
    for name in names:
        form = FORMATS[name.rpartition(".")[2]]
        rows.append(
            [one.lines for one in form.decode((out / name).read_text("utf-8")).document.subtitles]
        )
    assert rows == [[("Guten <i>Tag</i>.",), ("Wo ist", "er?")]] * 3
    assert 'ttp:frameRateMultiplier="1000 1001"' in (out / names[1]).read_text("utf-8")
    assert 'xml:lang="de"' in (out / names[1]).read_text("utf-8")


def test_an_unknown_format_is_refused_before_anything_is_written(polycue, tmp_path):
    done = polycue("export", "--draft", "--format", "srt,docx", "--out", tmp_path / "out")
    assert done.code == 6
    assert "unknown subtitle format 'docx'" in done.err
    assert not (tmp_path / "out").exists()
