"""``polycue convert``: what it says, what it writes, and how it refuses."""

import pytest
from command import SAMPLES, InProcess
from subtitle_documents import document, subtitle

from subtitles.formats.registry import FORMATS

CZECH = "1\n00:00:01,000 --> 00:00:02,000\n<i>Příliš žluťoučký</i> kůň\n\n"
FAULTY = CZECH + "7\n00:00:03.5 -> 00:00:04,500\nPěl ódy\n"


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    return InProcess(tmp_path / "home", monkeypatch, capsys)


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "film.srt"
    path.write_bytes(FAULTY.encode("cp1250"))
    return path


def test_it_says_the_guess_every_repair_and_what_is_lost(polycue, tmp_path, faulty):
    done = polycue("convert", faulty, tmp_path / "film.txt", "--repair")
    assert done.code == 0, done.err
    mended = "'00:00:03.5 -> 00:00:04,500' -> '00:00:03,500 --> 00:00:04,500'"
    styling = "italics, bold, underline or other tags are left out"
    assert done.out.splitlines() == [
        f"{faulty}: SRT, cp1250 (guessed, 100 % likely), 2 subtitles",
        "repaired line 5: a wrong number: '7' -> '2'",
        f"repaired line 6: times written otherwise: {mended}",
        f"transcript does not carry styling (1 subtitle, first 1): {styling}",
        "transcript does not carry times: the file holds no times",
        f"{tmp_path / 'film.txt'}: transcript, 2 subtitles, written only",
    ]
    assert (tmp_path / "film.txt").read_text("utf-8") == "Příliš žluťoučký kůň\nPěl ódy\n"
    assert not (tmp_path / "home").exists()


def test_without_repair_the_line_of_the_fault_is_named_and_nothing_written(
    polycue, tmp_path, faulty
):
    done = polycue("convert", faulty, tmp_path / "film.vtt")
    assert done.code == 6
    assert "SRT, line 6: expected times" in done.err
    assert len(done.err.splitlines()) == 1
    assert not (tmp_path / "film.vtt").exists()


@pytest.mark.parametrize("extension", [name for name in FORMATS if FORMATS[name].readable])
def test_the_sample_goes_into_every_format_and_comes_back(polycue, tmp_path, extension):
    sample = SAMPLES / "sense_and_sensibility.en.srt"
    there, back = tmp_path / f"film.{extension}", tmp_path / "back.srt"
    done = polycue("convert", sample, there, "--lang", "en", "--frame-rate", "25")
    assert done.code == 0, done.err
    done = polycue("convert", there, back)
    assert done.code == 0, done.err
    words = [FORMATS["srt"].decode(path.read_text("utf-8")).document for path in (sample, back)]
    assert [one.span.duration_ms > 0 for one in words[1].subtitles] == [True] * len(
        words[0].subtitles
    )
    if extension != "scc":
        assert [one.lines for one in words[1].subtitles] == [
            one.lines for one in words[0].subtitles
        ]


def test_options_change_times_direction_and_add_a_language(polycue, tmp_path):
    arabic, english = tmp_path / "film.ar.vtt", tmp_path / "film.en.srt"
    arabic.write_text(FORMATS["vtt"].encode(document(subtitle("مرحبا!"), language="ar")), "utf-8")
    english.write_text(FORMATS["srt"].encode(document(subtitle("Hello!"))), "utf-8")
    out = tmp_path / "both.srt"
    done = polycue(
        "convert", arabic, out, "--bilingual", english, "--rtl-marks", "rlm",
        "--speed", "25/23.976", "--offset", "1000",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert out.read_text("utf-8") == ("1\n00:00:01,959 --> 00:00:02,918\nHello!\n\u200fمرحبا!\n\n")
    done = polycue("convert", out, tmp_path / "bare.srt")
    assert "direction marks are taken out" in done.out
    assert "\u200f" not in (tmp_path / "bare.srt").read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("missing.srt", "out.vtt"), 2, "cannot read"),
        (("film.srt", "out.docx"), 6, "unknown subtitle format"),
        (("film.srt", "out.vtt", "--repair", "--lang", "klingon"), 4, "unknown language"),
        (("film.srt", "out.vtt", "--from", "klingon"), 6, "klingon"),
        (("film.srt", "out.vtt", "--from", "utf-8"), 6, "line 3 is not text in UTF-8"),
        (("film.srt", "out.vtt", "--frame-rate", "0"), 2, "no frame rate"),
        (("film.srt", "out.vtt", "--speed", "25/x"), 2, "no frame rate"),
        (("film.srt", "out.vtt", "--repair", "--offset", "-5000"), 6, "before the film"),
        (("film.srt", "film.srt/out.vtt", "--repair"), 7, "cannot write"),
    ],
)
def test_a_refusal_is_one_line_and_a_documented_code(polycue, tmp_path, faulty, args, code, says):
    done = polycue("convert", *args)
    assert done.code == code, done.err
    assert says in done.err
    assert len(done.err.splitlines()) == 1
    assert faulty.read_bytes() == FAULTY.encode("cp1250")
    assert {path.name for path in tmp_path.iterdir()} == {"film.srt"}
