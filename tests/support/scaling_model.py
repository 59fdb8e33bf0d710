"""How long a title keeps a worker, by what was measured; docs/SCALING.md says where and how.

Every figure is of the whole command on a machine of two cores, the starter tier, no GPU.
"""

from dataclasses import dataclass
from random import Random

# `polycue transcribe`, seconds of wall time (BENCHMARKS.md, "Recognition"): three commands, and the
# plane through them. (minutes of film, minutes of speech in it, seconds)
RECOGNIZED = ((10, 1, 34.0), (180, 18, 295.0), (30.7, 30.7, 127.3))
START_S, FILM_MINUTE_S, SPEECH_MINUTE_S = 18.65, 1.312, 2.230

ORCHESTRATION_S = 2.5
"""What Prefect adds to a title that is stored (BENCHMARKS.md, "Orchestration")."""

QUEUE_MS = 225
"""For a batch to put a title into the queue of Prefect's server on SQLite (BENCHMARKS.md, "Many
titles")."""

# `polycue translate` of 100 and of 900 cues into Brazilian Portuguese: 3.40 s and 8.68 s. What a
# language costs in a run that has begun is less: the start of the process is in these.
LANGUAGE_S, CUE_S = 2.74, 0.0066

CUES_A_MINUTE = 418 / 28.4
"""Of speech (BENCHMARKS.md, "Subtitle craft on real speech")."""

AGAIN_MS = round(1_000 * (START_S + ORCHESTRATION_S + 5 * SPEECH_MINUTE_S))
"""What a crash can cost at most: starting, and a chunk of five minutes."""

SILENT_MS = 90_000
"""After which a run that was lost with its worker is taken for crashed."""


@dataclass(frozen=True, kw_only=True)
class Film:
    """One title, in minutes."""

    minutes: float
    speech_minutes: float
    languages: int

    @property
    def work_ms(self) -> int:
        """For how long it keeps a worker."""
        cues = CUES_A_MINUTE * self.speech_minutes
        seconds = START_S + FILM_MINUTE_S * self.minutes + SPEECH_MINUTE_S * self.speech_minutes
        seconds += ORCHESTRATION_S + self.languages * (LANGUAGE_S + CUE_S * cues)
        return round(1_000 * seconds)


def catalogue(titles: int, *, languages: int, seed: int) -> list[Film]:
    """Films of 20 to 120 minutes, six tenths of it speech: what is planned for, not measured."""
    luck = Random(seed)
    lengths = [luck.uniform(20, 120) for _ in range(titles)]
    return [Film(minutes=m, speech_minutes=0.6 * m, languages=languages) for m in lengths]
