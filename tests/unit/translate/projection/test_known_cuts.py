"""The sentences that the projection is measured on, and that links of their words help."""

from bench_mt_projection import cut_at_commas, cut_sentences, joined_clauses, projected, track_of
from word_links import WordLinks

PAIRS = (
    ("The old dog sleeps.", "El viejo perro duerme todo el día."),
    ("My sister sings every day.", "Mi hermana canta."),
    ("The cat drinks cold milk.", "El gato bebe leche fría por la mañana."),
    ("My old brother reads.", "Mi viejo hermano lee libros y más libros."),
    ("The dog drinks milk.", "El perro bebe leche."),
    ("My sister sleeps every day.", "Mi hermana duerme."),
)


def test_joined_clauses_know_what_each_cue_should_show():
    known = joined_clauses(PAIRS * 3, "es", count=6)
    assert all(len(one.source) == len(one.target) > 1 for one in known)
    assert known[0].source[0].endswith(",")
    assert known[0].target[0].endswith(",")
    assert known[3].target[-1].startswith("y ")
    cues = track_of(known, "en").cues
    assert [" ".join(cue.lines) for cue in cues] == [part for one in known for part in one.source]


def test_links_of_words_find_cuts_that_proportions_miss():
    links = WordLinks(PAIRS).links
    known = joined_clauses(PAIRS * 3, "es", count=6)
    blind, guided = projected(known, "es", None), projected(known, "es", links)
    assert guided.exact > blind.exact
    assert guided.chrf > blind.chrf
    assert guided.misplaced < blind.misplaced


def test_longer_sentences_are_cut_at_their_commas_or_like_rows():
    said = "When the old dog sleeps at night, my sister sings in the garden"
    shown = "Cuando el viejo perro duerme de noche, mi hermana canta en el jardín"
    (one,) = cut_at_commas([(said, shown)], marks=False)
    assert list(one.target) == shown.split(", ")
    (other,) = cut_sentences([(said, shown)], "es")
    assert " ".join(other.source) == said
    assert " ".join(other.target) == shown
    assert len(other.source) == len(other.target) == 2
