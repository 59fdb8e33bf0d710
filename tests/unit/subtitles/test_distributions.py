"""How a track spreads around its limits."""

from timed_text import cue, profile, track

from subtitles.checks.track import check_track
from subtitles.distributions import SPEED_STEP, distributions
from subtitles.picture import NO_PICTURE
from subtitles.rules import LIMIT_RULES

ENGLISH = profile("en")
CUES = [
    cue("x" * 20, 0, 2000, cue_id="10 a second"),
    cue("y" * 21, 3000, 5000, cue_id="10.5 a second"),
    cue("z" * 60, 6000, 8000, cue_id="too fast, too wide"),
    cue("Well...", 9000, 9700, cue_id="too short"),
    cue("Two  spaces", 11_000, 13_000, cue_id="untidy"),
]


def test_histograms_count_every_cue_and_know_the_limits() -> None:
    spread = distributions(track(CUES), ENGLISH, ())
    speed, duration = spread.reading_speed, spread.duration
    assert (speed.unit, speed.lowest, speed.highest) == ("chars/s", None, 20)
    assert (duration.unit, duration.lowest, duration.highest) == ("ms", 833, 7000)
    assert sum(speed.counts) == sum(duration.counts) == len(CUES)
    assert speed.counts[10] == 3
    assert speed.counts[30] == 1
    assert len(speed.counts) == 31
    assert (speed.median, speed.percentile_95) == (10, 30)
    assert duration.counts[8] == 4
    assert (duration.counts[2], duration.median) == (1, 2000)


def test_the_last_bar_holds_what_lies_beyond_all_bars() -> None:
    spread = distributions(track([cue("x" * 200, 0, 1000)]), ENGLISH, ())
    assert spread.reading_speed.counts[-1] == 1
    assert len(spread.reading_speed.counts) * SPEED_STEP == 60


def test_conformity_is_stated_limit_by_limit() -> None:
    made = track(CUES)
    spread = distributions(made, ENGLISH, check_track(made, ENGLISH, picture=NO_PICTURE))
    by_rule = {one.rule: one for one in spread.conformity}
    assert by_rule.keys() == LIMIT_RULES
    assert (by_rule["reading-speed"].broken, by_rule["reading-speed"].share) == (1, 0.8)
    assert (by_rule["reading-speed"].limit, by_rule["reading-speed"].unit) == (20, "chars/s")
    assert (by_rule["short-duration"].broken, by_rule["overlap"].share) == (1, 1)
    assert by_rule["gap"].limit is None


def test_the_worst_cues_come_first_each_with_its_worst_finding_first() -> None:
    made = track(CUES)
    found = check_track(made, ENGLISH, picture=NO_PICTURE)
    spread = distributions(made, ENGLISH, found, worst=2)
    assert [one.cue_id for one in spread.worst] == ["too fast, too wide", "too short"]
    assert [one.weight for one in spread.worst] == [20, 20]
    assert len(distributions(made, ENGLISH, found).worst) == 3


def test_a_track_without_cues_has_empty_distributions() -> None:
    spread = distributions(track([]), ENGLISH, ())
    assert spread.worst == ()
    assert spread.reading_speed.counts == ()
    assert spread.reading_speed.median == 0
    assert all(one.share == 1 for one in spread.conformity)
