"""Profile files: how they are laid over each other, explained, and refused."""

import pickle
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from subtitles.findings import Severity
from subtitles.language import parse_language
from subtitles.style.files import FOLDER
from subtitles.style.layers import explain, known_clients, layered
from subtitles.style.profile import InvalidProfileError, UnservedStyleError, load_profile

Layer = Callable[..., dict[str, object]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile folder with the shipped base, sources and French, and nothing else."""
    for name in ("base.toml", "sources.toml", "fr.toml"):
        shutil.copy(FOLDER / name, tmp_path / name)
    (tmp_path / "clients").mkdir()
    return tmp_path


@pytest.fixture
def values(folder: Path) -> Layer:
    """Loads the values of a language from that folder."""

    def load(tag: str = "fr", *, client: str = "", kind: str = "subtitle") -> dict[str, object]:
        _, _, found = layered(
            parse_language(tag), audience="adult", kind=kind, client=client, folder=folder
        )
        return {name: one.value for name, one in found.items()}

    return load


HEAD = 'checked_on = 2026-11-22\nsource = "own"\n'
CLIENT = 'title = "A house."\n' + HEAD


def test_base_language_script_region_client_and_its_language_override_in_that_order(
    folder: Path, values: Layer
) -> None:
    for name, width in (("sr", 31), ("sr-Cyrl", 32), ("sr-RS", 33)):
        text = f"{HEAD}[style]\nmax_chars_per_line = {width}\n"
        (folder / f"{name}.toml").write_text(text)
    assert values("cy")["max_chars_per_line"] == 42
    assert values("sr-Latn-ME")["max_chars_per_line"] == 31
    assert values("sr")["max_chars_per_line"] == 32  # the likely script
    assert values("sr-RS")["max_chars_per_line"] == 33
    (folder / "clients" / "house.toml").write_text(
        CLIENT
        + "[style]\nmax_chars_per_line = 34\nmax_lines = 3\n"
        + "[language.sr-RS.style]\nmax_chars_per_line = 35\n"
    )
    assert values("sr", client="house")["max_chars_per_line"] == 34
    narrowest = values("sr-RS", client="house")
    assert (narrowest["max_chars_per_line"], narrowest["max_lines"]) == (35, 3)


def test_a_changed_file_counts_at_the_next_call(folder: Path, values: Layer) -> None:
    french = folder / "fr.toml"
    assert values()["max_chars_per_second"] == 17
    text = french.read_text("utf-8").replace("adult = 17, children = 13", "adult = 16.5")
    french.write_text(text, "utf-8")
    assert values()["max_chars_per_second"] == 16.5


def test_explaining_a_style_names_file_source_date_and_whether_it_is_advice() -> None:
    found = {one.name: one for one in explain(parse_language("ko"), client="ted")}
    width, counting, gap = (
        found[name] for name in ("max_chars_per_line", "counting", "min_gap_frames")
    )
    assert (width.value, width.file, width.advisory) == (21, "clients/ted.toml", True)
    assert (counting.file, counting.advisory) == ("ko.toml", False)
    assert "216001127" in counting.source
    assert (gap.value, gap.file, gap.checked_on.year) == (2, "base.toml", 2026)
    profile = load_profile(parse_language("ko"), client="ted")
    assert {one.name: one.source for one in found.values()}.items() <= dict(profile.sources).items()
    assert {one.name for one in found.values() if one.advisory} == profile.advisory_values


def test_what_a_house_changes_of_the_rules_reaches_the_profile() -> None:
    relaxed = load_profile(parse_language("fr"), client="netflix-marketing")
    assert dict(relaxed.severities)["reading-speed"] == "info"
    names = [one.name for one in explain(parse_language("fr"), client="netflix-marketing")]
    assert "severity:reading-speed" in names
    japanese = load_profile(parse_language("ja"))
    assert japanese.severity("dash-style", Severity.WARNING) is None
    assert "Subtitle Edit" in japanese.source("severity:dash-style")


@pytest.mark.parametrize(
    ("tag", "kind", "client", "says"),
    [
        ("fr", "subtitle", "arte", "no style for language fr: it serves de, en"),
        ("ja", "subtitle", "shorts", "no style for script Jpan of ja: it serves scripts Latn, "),
        ("en", "template", "bbc", "no style for kind template: it serves kinds subtitle, sdh"),
        ("pt-BR", "sdh", "une-153010", "no style for language pt-BR: it serves es"),
    ],
)
def test_a_client_refuses_what_it_does_not_serve_in_one_line(
    tag: str, kind: str, client: str, says: str
) -> None:
    with pytest.raises(UnservedStyleError) as caught:
        load_profile(parse_language(tag), kind=kind, client=client)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_published_values_of_the_house_styles() -> None:
    def style(tag: str, client: str, kind: str = "subtitle") -> tuple[float, ...]:
        one = load_profile(parse_language(tag), kind=kind, client=client)
        return (
            *(one.max_chars_per_line, one.max_lines, one.max_chars_per_second),
            *(one.min_duration_ms, one.max_duration_ms, one.min_gap_frames),
        )

    assert style("de", "ted") == (42, 2, 21, 833, 7000, 2)
    assert style("ko", "ted") == (21, 2, 10, 833, 7000, 2)
    assert style("ar", "iwslt") == (42, 2, 21, 833, 7000, 2)
    assert style("en-GB", "bbc") == (37, 2, 18, 833, 7000, 2)
    assert style("ar", "amazon") == (42, 2, 20, 1000, 7000, 2)
    assert style("pt-BR", "amazon") == (42, 2, 17, 1000, 7000, 2)
    assert style("de", "arte") == (40, 2, 20, 1000, 10000, 5)
    assert style("nl", "sdi-nl") == (37, 2, 18.75, 1320, 7000, 4)
    assert [style("fr", f"french-sw{n}")[-1] for n in (2, 3, 4)] == [3, 4, 6]
    assert style("fr", "french-sw3")[:5] == (40, 2, 25, 800, 5000)
    assert style("es", "une-153010", "sdh")[2] == 15
    assert style("en", "broadcast-608", "sdh") == (32, 4, 20, 1000, 7000, 2)
    assert style("it", "hbo") == style("it", "disney-dvd") == (40, 2, 17, 833, 7000, 2)
    assert style("en", "shorts") == (24, 2, 25, 700, 5000, 0)
    assert style("da", "danish-professional")[:4] == (40, 2, 15, 2000)
    assert style("zh-HK", "pixelogic")[0] == 18
    assert load_profile(parse_language("en"), client="bbc").max_words_per_minute == 180
    assert all(len(title) <= 80 for _, title in known_clients())


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"max_lines = ", "no TOML in UTF-8"),
        (b"\xff\xfe", "no TOML in UTF-8"),
        ('source = "own"', "checked_on has to be a date"),
        ('checked_on = 2026-11-22T10:00:00\nsource = "own"', "checked_on has to be a date"),
        ("checked_on = 2026-11-22", "source is '' and has to be one of sources.toml"),
        ('checked_on = 2026-11-22\nsource = "hearsay"', "source is 'hearsay'"),
        (HEAD + "max_lines = 2", "max_lines is no part of such a file"),
        (HEAD + 'title = "x"', "title is no part of such a file"),
        (HEAD + "[style]\nmax_line = 2", "style.max_line is no value of a style"),
        (HEAD + "style = 3", "style has to be a table"),
        (HEAD + "[style]\nmax_lines = 0", "style.max_lines is '0' and has to be a whole number"),
        (HEAD + "[style]\nmax_lines = true", "style.max_lines is 'True'"),
        (HEAD + "[style]\nmax_lines = 2.5", "style.max_lines is '2.5'"),
        (HEAD + '[style]\ncounting = "words"', "has to be one of grapheme, japanese, korean"),
        (HEAD + '[style]\nbreaks_anywhere = "no"', "has to be true or false"),
        (HEAD + "[chars_per_second]\nsubtitle = 17", "chars_per_second.subtitle has to be a table"),
        (HEAD + "[chars_per_second]\nsubtitle = { teens = 17 }", "has to be a table such as"),
        (HEAD + "[chars_per_second]\nsubtitle = { adult = 0 }", "subtitle.adult is '0'"),
        (HEAD + "[chars_per_second]\nsubtitle = { adult = nan }", "subtitle.adult is 'nan'"),
        (HEAD + "[chars_per_second]\nkaraoke = { adult = 9 }", "chars_per_second.karaoke is no"),
        (HEAD + '[typography]\ndash = "E"', "has to be one of A, B, C, D"),
        (HEAD + "[typography]\ncontinuation = true", "has to be one of 0, 1, 2"),
        (HEAD + '[typography]\nquotes = ["«", "»"]', "has to be a list of 4 texts"),
        (HEAD + "[typography]\ninterruption = 3", "has to be a text"),
        (HEAD + '[words]\nbreak_before = ["Et"]', "a list of words in lower case"),
        (HEAD + '[words]\nbreak_before = ["et", "et"]', "('et' stands there twice)"),
        (HEAD + '[severity]\noverlapp = "info"', "severity.overlapp is no value of a style"),
        (HEAD + '[severity]\noverlap = "fatal"', "has to be one of off, error, warning, info"),
        (HEAD + '[sources]\ndash = "own"', "sources.dash is no value that stands in this file"),
        (
            HEAD + '[style]\nmax_lines = 2\n[sources]\nmax_lines = "x"',
            "sources.max_lines is 'x' and has to be one of sources.toml",
        ),
    ],
)
def test_a_wrong_file_is_refused_in_one_line_with_its_name_and_the_key(
    folder: Path, values: Layer, body: str | bytes, says: str
) -> None:
    (folder / "it.toml").write_bytes(body if isinstance(body, bytes) else body.encode())
    with pytest.raises(InvalidProfileError) as caught:
        values("it")
    assert str(caught.value).startswith("style profile it.toml: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (HEAD, "title has to say in a line"),
        (CLIENT + 'languages = "fr"', "languages has to be a list of texts"),
        (CLIENT + 'kinds = ["karaoke"]', "kinds names 'karaoke'"),
        (CLIENT + "[language.fr.style]\nmax_lines = 0", "language.fr.style.max_lines is '0'"),
        (CLIENT + "[language.fr]\nmax_lines = 3", "language.fr.max_lines is no part"),
        (CLIENT + "language = 3", "language has to be a table"),
        (CLIENT + "[language]\nfr = 3", "language.fr has to be a table"),
        (CLIENT + '[language.fr.sources]\ndash = "own"', "language.fr.sources.dash is no value"),
    ],
)
def test_a_wrong_client_file_is_refused_in_one_line(
    folder: Path, values: Layer, body: str, says: str
) -> None:
    (folder / "clients" / "house.toml").write_text(body)
    with pytest.raises(InvalidProfileError) as caught:
        values("fr", client="house")
    assert str(caught.value).startswith("style profile clients/house.toml: ")
    assert says in str(caught.value)


@pytest.mark.parametrize("entry", ["[own]", "own = 3", '[own]\ntitle = "x"\nadvisory = "yes"'])
def test_a_source_without_a_title_is_refused(folder: Path, values: Layer, entry: str) -> None:
    (folder / "sources.toml").write_text(entry)
    (folder / "it.toml").write_text(HEAD)
    with pytest.raises(InvalidProfileError, match=r"sources\.toml"):
        values("it")


def test_values_that_contradict_each_other_name_both_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "it.toml").write_text(f"{HEAD}[style]\nmax_duration_ms = 500\n")
    monkeypatch.setattr("subtitles.style.profile.layered", partial(layered, folder=folder))
    with pytest.raises(InvalidProfileError) as caught:
        load_profile(parse_language("it"))
    assert "min_duration_ms 833 does not lie in 0…max_duration_ms 500" in str(caught.value)
    assert "min_duration_ms in base.toml, max_duration_ms in it.toml" in str(caught.value)


def test_a_base_file_that_leaves_a_value_out_is_refused(folder: Path, values: Layer) -> None:
    base = folder / "base.toml"
    base.write_text(base.read_text("utf-8").replace("max_lines = 2\n", ""), "utf-8")
    with pytest.raises(InvalidProfileError, match=r"base\.toml: 'max_lines' is not stated"):
        values("cy")
