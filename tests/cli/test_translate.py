"""``polycue translate`` with the starter model: files, report, review, and every way it refuses."""

import json

import pytest
from command import InProcess
from review_desks import sql_desk
from subtitle_files import write_srt

from flows.review_wiring import open_review
from flows.settings import Settings
from subtitles.formats.srt import SrtFormat

LINES = [
    "I never said that\nyou could take",
    "the old car to the city.",
    "<i>Did you see 42 birds?</i>",
    "- Yes.\n- No, I did not.",
]


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    return InProcess(tmp_path / "home", monkeypatch, capsys)


@pytest.fixture
def film(tmp_path):
    return write_srt(tmp_path / "film.en.srt", LINES)


def subtitles(path):
    return SrtFormat().decode(path.read_text("utf-8")).document.subtitles


@pytest.mark.engine
def test_a_file_is_translated_cue_for_cue_and_the_second_time_nothing_is(polycue, film, tmp_path):
    out = tmp_path / "out"
    done = polycue("translate", film, "--to", "pt-BR,en", "--out", out, "--json")
    assert done.code == 0, done.err
    report = json.loads(done.out)
    assert (report["title"], report["source_language"]) == ("film", "en")
    (language,) = report["languages"]
    assert (language["task_id"], language["cached"]) == (None, False)
    assert language["translation"]["asked"] == language["translation"]["sentences"] == 4
    names = {"film.pt-BR.srt", "film.pt-BR.vtt", "film.report.html", "film.report.json"}
    assert {path.name for path in out.iterdir()} == {*names, "film.pt-BR.delivery.json"}
    made = subtitles(out / "film.pt-BR.srt")
    assert [one.span.start_ms for one in made] == [0, 3_000, 6_000, 9_000]
    assert made[2].lines[0].startswith("<i>")
    assert "42" in made[2].lines[0]
    assert [row[:2] for row in made[3].lines] == ["- ", "- "]
    assert not (tmp_path / "home" / "review.db").exists()

    before = {path.name: path.read_bytes() for path in out.iterdir()}
    done = polycue("translate", film, "--to", "pt-BR", "--out", out)
    assert done.code == 0, done.err
    assert "0 asked anew, cues changed: 0" in done.out
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.engine
def test_drafts_are_reviewed_when_asked_and_a_glossary_holds(polycue, film, tmp_path):
    glossary = tmp_path / "show.csv"
    glossary.write_text("term,language,kind,pt-BR\ncity,en,term,metrópole\n", "utf-8")
    options = ("--to", "pt-BR", "--formats", "vtt", "--review", "--glossary", glossary)
    done = polycue("translate", film, *options)
    assert done.code == 0, done.err
    assert "1 of 1 terms as agreed" in done.out
    assert "metrópole" in (tmp_path / "film.pt-BR.vtt").read_text("utf-8")
    (task,) = open_review(Settings(home=polycue.home)).tasks()
    assert (task.title, task.source_language, task.language) == ("film", "en", "pt-BR")
    assert (task.cue_count, task.media_path) == (4, "")


@pytest.mark.engine
def test_what_was_approved_is_used_in_the_next_file_unless_it_is_not_wanted(
    polycue, film, tmp_path
):
    done = polycue("translate", film, "--to", "pt-BR", "--review", "--quiet")
    assert done.code == 0, done.err
    with sql_desk(Settings(home=polycue.home).review_database_url) as desk:
        (task,) = desk.store.tasks()
        desk.write(task, "Viste 42 passarinhos?", cue=2)
        desk.approved(task)
    other = write_srt(tmp_path / "other.en.srt", ["Nobody is here.", "Did you see 42 birds?"])
    for options, is_used in (((), True), (("--no-memory",), False)):
        done = polycue("translate", other, "--to", "pt-BR", *options)
        assert done.code == 0, done.err
        assert ("1 from memory" in done.out) == is_used
        text = (tmp_path / "other.pt-BR.srt").read_text("utf-8")
        assert ("Viste 42 passarinhos?" in text) == is_used


@pytest.mark.engine
def test_cues_at_the_same_time_are_told_apart_or_made_one_and_that_is_said(polycue, tmp_path):
    rows = [
        ("00:00:01,000 --> 00:00:04,000", "One."),
        ("00:00:03,000 --> 00:00:05,000", "Two."),
        ("00:00:03,100 --> 00:00:06,000", "Sign."),
    ]
    text = "\n".join(f"{n}\n{time}\n{line}\n" for n, (time, line) in enumerate(rows, 1))
    (tmp_path / "film.en.srt").write_text(text, "utf-8")
    done = polycue("translate", tmp_path / "film.en.srt", "--to", "pt-BR", "--quiet")
    assert done.code == 0, done.err
    spans = [one.span for one in subtitles(tmp_path / "film.pt-BR.srt")]
    assert [span.start_ms for span in spans] == [1_000, 3_000]
    assert "1 made to end where the next begins (1)" in done.err
    assert "1 made one with those that are shown at the same time (2)" in done.err


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        ((), 2, "name a language to translate en into"),
        (("--to", "en"), 2, "name a language to translate en into"),
        (("--to", "zz"), 4, "unknown language"),
        (("--to", "ko"), 4, "en→ko is not served here"),
        (("--to", "pt-BR", "--from", "pt"), 2, "name a language"),
        (("--to", "pt-BR", "--formats", "docx"), 6, "unknown subtitle format"),
        (("--to", "pt-BR", "--client", "nobody"), 1, "nobody"),
        (("--to", "pt-BR", "--translation-model", "nowhere"), 5, "nowhere"),
        (("--to", "pt-BR", "--glossary", "nowhere.csv"), 2, "nowhere.csv"),
        (("--to", "pt-BR", "--media", "nowhere.mp4"), 3, "nowhere.mp4"),
        (("--to", "pt-BR", "--find-shots"), 2, "--media"),
        (("--to", "pt-BR", "--encoding", "klingon"), 6, "klingon"),
    ],
)
def test_bad_options_end_with_one_line_and_no_subtitles(polycue, film, options, code, says):
    done = polycue("translate", film, *options, "--quiet")
    assert done.code == code, done.err
    assert says in done.err
    assert done.err.count("polycue:") == len(done.err.strip().splitlines()) == 1
    assert not list(film.parent.glob("film.pt-BR.*"))


@pytest.mark.parametrize(
    ("name", "text", "code", "says"),
    [
        ("film.srt", "1\n00:00:01,000 --> 00:00:02,000\nHi\n", 2, "--from pt-BR"),
        ("film.en.srt", "", 6, "film.en.srt"),
        ("film.en.srt", "1\n00:00:09,000 --> 00:00:02,000\nHi\n", 6, "line 2"),
        ("film.en.vtt", "WEBVTT\n", 6, "no subtitles"),
    ],
)
def test_files_that_are_no_source_are_refused(polycue, tmp_path, name, text, code, says):
    (tmp_path / name).write_text(text, "utf-8")
    done = polycue("translate", tmp_path / name, "--to", "pt-BR", "--quiet")
    assert done.code == code, done.err
    assert says in done.err


def test_a_file_is_never_written_over_itself(polycue, tmp_path):
    file = write_srt(tmp_path / "film.pt-BR.srt", LINES)
    before = file.read_bytes()
    done = polycue("translate", file, "--from", "en", "--to", "pt-BR", "--quiet")
    assert (done.code, "overwrite itself" in done.err) == (2, True)
    assert file.read_bytes() == before
