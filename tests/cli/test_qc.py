"""``polycue qc``: what it finds, how it ends, and what it writes."""

import csv
import io
import json
from fractions import Fraction

import pytest
from command import SAMPLES, VIDEO, InProcess
from quality_reports import Page

from flows.cli.shot_list import parse_shots
from flows.file_names import language_in_name, title_in_name
from subtitles.formats.malformed import MalformedSubtitleError

GOOD = "1\n00:00:01,000 --> 00:00:03,000\nNobody asked me.\n"
FAST = "1\n00:00:01,000 --> 00:00:02,000\nNobody has ever asked me about it.\n"
THREE_ROWS = "1\n00:00:01,000 --> 00:00:04,000\nNobody\nasked\nme.\n"


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    return InProcess(tmp_path / "home", monkeypatch, capsys)


@pytest.fixture
def written(tmp_path):
    def write(text, name="film.en.srt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return write


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        (GOOD, "warning", 0),
        (FAST, "error", 0),
        (FAST, "warning", 11),
        (THREE_ROWS, "error", 11),
        (THREE_ROWS, "warning", 11),
        (THREE_ROWS, "never", 0),
    ],
)
def test_the_exit_code_says_whether_the_file_is_accepted(polycue, written, text, fail_on, code):
    done = polycue("qc", written(text), "--fail-on", fail_on)
    assert done.code == code, done.err
    assert bool(done.err) == bool(code)
    assert done.err.count("\n") <= 1


def test_the_table_names_rules_counts_and_the_worst_cues(polycue, written):
    done = polycue("qc", written(FAST + "\n" + THREE_ROWS.replace("00:00:0", "00:01:0")))
    assert done.code == 11
    assert done.err.startswith("polycue: film.en.srt breaks rules of en/adult/subtitle: 1 error, 1")
    rows = {line.split()[0]: line for line in done.out.splitlines() if line.strip()}
    assert rows["reading-speed"].split()[1:3] == ["warning", "1"]
    assert "34 chars/s (limit 20)" in rows["reading-speed"]
    assert rows["line-count"].split()[1] == "error"
    assert "Nobody has ever asked me about it." in done.out
    assert "film.en.srt: SRT, UTF-8" in done.out
    assert "English, style en/adult/subtitle" in done.out
    assert max(map(len, done.out.splitlines())) <= 100


def test_the_style_is_that_of_language_client_audience_and_kind(polycue, written):
    file = written(GOOD, "film.srt")
    options = ("--lang", "fr", "--client", "ted", "--fail-on", "never")
    assert "style ted+fr/adult/subtitle" in polycue("qc", file, *options).out
    options = ("--lang", "es", "--audience", "children", "--kind", "sdh", "--fail-on", "never")
    assert "style es/children/sdh" in polycue("qc", file, *options).out


@pytest.mark.parametrize(
    ("name", "language", "title"),
    [
        ("film.pt-BR.srt", "pt-BR", "film"),
        ("film.2024.pt_br.vtt", "pt-BR", "film.2024"),
        ("film.en.sdh.srt", "en", "film"),
        ("film.en.hi.srt", "en", "film"),
        ("film.hi.srt", "hi", "film"),
        ("film.en.forced.default.srt", "en", "film"),
        ("film.de.draft.srt", "de", "film"),
        ("film.srt", None, "film"),
        ("de.srt", None, "de"),
        ("A.B.mp4.srt", None, "A.B.mp4"),
        ("film.final cut.srt", None, "film.final cut"),
        ("film", None, "film"),
    ],
)
def test_a_files_name_tells_its_language_and_title(name, language, title):
    assert (language_in_name(name), title_in_name(name)) == (language, title)


def test_a_file_says_its_language_itself_when_its_name_does_not(polycue, written):
    ttml = (
        '<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="de"><body><div>'
        '<p begin="1s" end="3s">Mich hat keiner gefragt.</p></div></body></tt>'
    )
    assert "style de/" in polycue("qc", written(ttml, "film.ttml")).out
    done = polycue("qc", written(ttml, "film.en.ttml"), "--fail-on", "never")
    assert "film.en.ttml says that it is in de; it is checked as en" in done.out


def test_a_language_that_nobody_knows_is_asked_for(polycue, written):
    done = polycue("qc", written(GOOD, "film.srt"))
    assert (done.code, done.out) == (2, "")
    assert "--lang pt-BR" in done.err
    done = polycue("qc", written(GOOD), "--source", written(GOOD, "source.srt"))
    assert done.code == 2
    assert "--source-lang pt-BR" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("none.en.srt",), 2, "cannot read"),
        (("broken.en.srt",), 6, "line"),
        (("good.en.srt", "--lang", "xx-klingon"), 4, "xx-klingon"),
        (("good.en.srt", "--client", "nobody"), 1, "nobody"),
        (("good.en.srt", "--media", "broken.en.srt"), 3, "broken.en.srt"),
        (("good.en.srt", "--shots", "broken.en.srt"), 6, "shot changes, line 1"),
        (("good.en.srt", "--frame-rate", "fast"), 2, "fast"),
        (("good.en.srt", "--find-shots"), 2, "--media"),
        (("good.en.srt", "--out", "report.pdf"), 2, "html, json, csv"),
    ],
)
def test_bad_input_ends_in_one_line_and_the_documented_code(
    polycue, written, monkeypatch, arguments, code, says
):
    monkeypatch.chdir(written(GOOD, "good.en.srt").parent)
    written("not at all --> a subtitle\n", "broken.en.srt")
    done = polycue("qc", *arguments)
    assert done.code == code, done.err
    assert says in done.err
    assert done.err.count("\n") == 1


def test_faults_of_a_file_are_mended_and_listed_only_when_asked(polycue, written):
    file = written(GOOD + "\n2\n00:00:06,000 --> 00:00:05,000\nSwapped times here.\n")
    assert polycue("qc", file).code == 6
    done = polycue("qc", file, "--repair")
    assert done.code == 0, done.err
    assert "repaired line 6" in done.out


def test_overlaps_are_findings_and_no_refusal(polycue, written):
    file = written(GOOD + "\n2\n00:00:02,500 --> 00:00:05,000\nAt the same time.\n")
    done = polycue("qc", file)
    assert done.code == 11
    assert "overlap " in done.out


def test_a_translation_is_compared_with_its_source(polycue, written):
    source = written(GOOD.replace("Nobody asked me.", "Nobody asked in 1987."))
    target = written(GOOD.replace("Nobody asked me.", "Mich fragte keiner."), "film.de.srt")
    done = polycue("qc", target, "--source", source, "--report", "json")
    (language,) = json.loads(done.out)["languages"]
    assert "missing-numbers" in {one["rule"] for one in language["findings"]}
    assert language["cues"][0]["source_lines"] == ["Nobody asked in 1987."]


def test_the_film_gives_frame_rate_and_length_and_the_cuts_once_they_are_known(polycue, tmp_path):
    file = SAMPLES / "sense_and_sensibility.en.srt"
    check = ("qc", file, "--media", VIDEO, "--report", "json")

    def report(*more):
        done = polycue(*check, *more)
        assert done.code == 0, done.err
        return json.loads(done.out)

    before = report()
    assert (before["frame_rate"], before["shot_changes"]) == ("24", 0)
    assert before["length_ms"] > 30_000
    assert any("no shot changes" in one for one in before["remarks"])
    searched = report("--find-shots")
    assert searched["shot_changes"] > 0
    assert report()["shot_changes"] == searched["shot_changes"]
    listed = tmp_path / "cuts.txt"
    listed.write_text("# by hand\n3.84\n\n00:00:10.000\n", "utf-8")
    assert report("--shots", listed, "--frame-rate", "25")["shot_changes"] == 2


@pytest.mark.parametrize(
    ("text", "rate", "at_ms"),
    [
        ("75.48\n3,5\n", None, (3500, 75_480)),
        ("00:01:15.480\n0:01:15,480\n", None, (75_480,)),
        ("00:00:01:12", Fraction(25), (1480,)),
        ("01:00:00:00", Fraction(24000, 1001), (3_603_600,)),
        ("0\n0.0\n", None, ()),
        ("\ufeff# heading\n1\r\n2\r\n", None, (1000, 2000)),
    ],
)
def test_lists_of_shot_changes_are_read_as_editors_write_them(text, rate, at_ms):
    assert parse_shots(text, rate) == at_ms


@pytest.mark.parametrize("line", ["soon", "-1", "1:75", "00:00:01:12", "1e9", "٣"])
def test_a_line_that_is_no_time_is_named(line):
    with pytest.raises(MalformedSubtitleError, match="line 2"):
        parse_shots(f"1.5\n{line}\n", None)


def test_reports_go_to_a_file_beside_the_table_or_alone_to_standard_output(
    polycue, written, tmp_path
):
    file = written(FAST, "fïlm <b>.en.srt")
    page = tmp_path / "report.html"
    done = polycue("qc", file, "--out", page)
    assert f"report: {page}" in done.out
    assert "reading-speed" in done.out
    first = page.read_bytes()
    assert Page(first.decode("utf-8")).texts.count("fïlm <b>") == 1
    polycue("qc", file, "--out", page)
    assert page.read_bytes() == first

    done = polycue("qc", file, "--report", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out, newline="")))
    assert "reading-speed" in {row["rule"] for row in rows}
    assert "SRT, UTF-8" in done.err

    table = tmp_path / "findings.csv"
    polycue("qc", file, "--report", "csv", "--out", table)
    assert table.read_bytes().startswith(b"\xef\xbb\xbftitle,language")

    done = polycue("qc", file, "--report", "html", "--out", "-")
    assert done.out.startswith("<!doctype html>")


def test_a_report_that_cannot_be_written_ends_with_code_7(polycue, written, tmp_path):
    file = written(GOOD)
    done = polycue("qc", file, "--out", file / "report.json")
    assert done.code == 7
    assert done.err.count("\n") == 1


def test_terminals_see_no_control_characters_of_a_file(polycue, written):
    text = GOOD.replace("Nobody", "\x1b[31mNobody\x07 [bold]")
    done = polycue("qc", written(text + "\n" + FAST), "--fail-on", "never", "--repair")
    assert "\x1b" not in done.out + done.err
    assert "\x07" not in done.out + done.err
