"""Files made to hurt: entities, depth, sheer size; each ends in one clear error."""

import subprocess
import sys
import tracemalloc
from itertools import repeat

import pytest

from subtitles.formats.document import MAX_REPAIRS
from subtitles.formats.entries import MAX_SUBTITLES, Entry, limited
from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.reading import read_subtitles
from subtitles.formats.registry import FORMATS
from subtitles.formats.xml_tree import parse_xml

TT = '<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><body><div>{}</div></body></tt>'
P = '<p begin="1s" end="2s">{}</p>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 2 if n else "ha"}">' for n in range(30))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"<!DOCTYPE tt [{LAUGHS}]>\n" + TT.format(P.format("&l29;")), "document type"),
        (
            '<!DOCTYPE tt [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + TT.format(P.format("&x;")),
            "document type",
        ),
        ('<!DOCTYPE tt SYSTEM "http://127.0.0.1:9/x.dtd">' + TT.format(""), "document type"),
        (TT.format(P.format("&nbsp;")), "well-formed"),
        (TT.format(P.format("<span>" * 1000)), "nested"),
        (TT.format("<p>")[:-20], "well-formed"),
        ("<svg/>", "tt element"),
        (TT.format('<p begin="soon" end="2s">x</p>'), "no time"),
        (TT.format('<p begin="1s">x</p>'), "without an end"),
        (TT.format('<p begin="2s" end="1s">x</p>'), "ends before"),
        (TT.format('<p begin="1s" end="1s">x</p>'), "no time at all"),
        (
            TT.replace(
                "<tt ", '<tt xmlns:t="http://www.w3.org/ns/ttml#parameter" t:frameRate="0" '
            ),
            "frame rate",
        ),
        (
            TT.replace("<tt ", '<tt xmlns:t="http://www.w3.org/ns/ttml#parameter" t:tickRate="x" '),
            "tick rate",
        ),
    ],
)
def test_hostile_xml_is_refused(text: str, why: str) -> None:
    with pytest.raises(MalformedSubtitleError, match=why):
        FORMATS["ttml"].decode(text)


def test_more_elements_than_any_file_has_are_refused() -> None:
    with pytest.raises(MalformedSubtitleError, match="more than 1000 elements"):
        parse_xml(TT.format("<br/>" * 1000), "TTML", max_elements=1000)


def test_a_document_type_that_a_format_needs_says_nothing_and_brings_nothing() -> None:
    plain = '<!DOCTYPE tmx SYSTEM "file:///etc/passwd"><tmx>text</tmx>'
    assert parse_xml(plain, "TMX", doctype="tmx").text == "text"
    with pytest.raises(MalformedSubtitleError, match="document type"):
        parse_xml(plain.replace("tmx", "tbx"), "TMX", doctype="tmx")
    with pytest.raises(MalformedSubtitleError, match="entity"):
        parse_xml(plain.replace("text", "&text;"), "TMX", doctype="tmx")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[" * 100_000, "no JSON"),
        ('{"format": "polycue-subtitles", "version": 2}', "version 2"),
        ('{"format": "other"}', "polycue-subtitles"),
        ("[]", "polycue-subtitles"),
        ('{"format": "polycue-subtitles", "version": 1, "subtitles": [NaN]}', "no JSON"),
        ('{"format": "polycue-subtitles", "version": 1, "subtitles": {}}', "a list"),
        ('{"format": "polycue-subtitles", "version": 1,\n "subtitles": [\n[]]}', "an object"),
        (
            (
                '{"format": "polycue-subtitles", "version": 1, "subtitles": '
                '[{"span": {"start_ms": 1.5, "end_ms": 2}, "lines": ["x"]}]}'
            ),
            "expected int",
        ),
        (
            (
                '{"format": "polycue-subtitles", "version": 1, "subtitles": '
                '[{"span": {"start_ms": 5, "end_ms": 2}, "lines": ["x"]}]}'
            ),
            "cannot run from 5 ms to 2 ms",
        ),
        (
            (
                '{"format": "polycue-subtitles", "version": 1, "subtitles": '
                '[{"span": {"start_ms": 1, "end_ms": 2}, "lines": ["x"], "shout": true}]}'
            ),
            "unknown field 'shout'",
        ),
        ('{"format": "polycue-subtitles", "version": 1, "cues": []}', "a track needs one"),
        ('{"format": "polycue-subtitles", "version": 1, "frame_rate": "1/0"}', "no fraction"),
        ('{"format": "polycue-subtitles", "version": ' + "9" * 5000 + "}", "no JSON"),
    ],
)
def test_json_that_is_not_ours_is_refused(text: str, why: str) -> None:
    with pytest.raises(MalformedSubtitleError, match=why):
        FORMATS["json"].decode(text)


def test_more_subtitles_than_any_film_has_are_refused() -> None:
    entry = Entry(line=9, times_line=9, start_ms=0, end_ms=1, rows=("x",))
    assert len(list(limited(repeat(entry, MAX_SUBTITLES), "SRT"))) == MAX_SUBTITLES
    with pytest.raises(MalformedSubtitleError, match="more than 100000 subtitles"):
        list(limited(repeat(entry, MAX_SUBTITLES + 1), "SRT"))


def test_more_faults_than_any_film_has_subtitles_are_no_file_to_repair() -> None:
    fault = "00:00:01.5 > 00:00:02.5\nx\n" * (MAX_REPAIRS // 2 + 1)
    with pytest.raises(MalformedSubtitleError, match="more than 20000 faults"):
        FORMATS["srt"].decode(fault, repair=True)


BIG = {
    "srt": "1\n00:00:01,000 --> 00:00:02,000\n" + "x" * 50_000_000,
    "vtt": "WEBVTT\n\n" + "x\n" * 25_000_000,
    "ass": "[Script Info]\n[Events]\n" + "Dialogue: x\n" * 4_000_000,
    "scc": "Scenarist_SCC V1.0\n\n" + "00:00:01;00\t9420\n" * 2_900_000,
    "ttml": '<tt xmlns="http://www.w3.org/ns/ttml">' + "<p>" * 16_000_000,
    "json": '{"format": "polycue-subtitles", "version": 1, "x": ' + "[" * 50_000_000,
}


@pytest.mark.parametrize("extension", ["srt", "ttml", "json"])
def test_fifty_malformed_megabytes_take_no_more_memory_than_their_text(extension: str) -> None:
    data = BIG[extension].encode()
    tracemalloc.start()
    with pytest.raises(MalformedSubtitleError):
        read_subtitles(data, f"film.{extension}")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * len(data)


PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
from subtitles.errors import FormatError
from subtitles.formats.reading import ReadingOptions, read_subtitles
data = open(sys.argv[1], "rb").read()
for repair in (False, True):
    try:
        read_subtitles(data, sys.argv[1], ReadingOptions(repair=repair))
    except FormatError as error:
        print("refused:", error)
"""


@pytest.mark.slow
@pytest.mark.parametrize("extension", BIG)
def test_fifty_malformed_megabytes_fit_into_a_small_machine(extension: str, tmp_path) -> None:
    path = tmp_path / f"film.{extension}"
    path.write_text(BIG[extension], "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout.count("refused:") == 2
