"""What a model was trained on: kept beside the run, since it must travel with the model."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from translate.training.errors import InvalidRunError
from translate.training.pairs import SiftedPairs

_FILE = "provenance.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The data of a run.

    Attributes:
        attribution: What the data's licence wants to be said, in its own words.
        pairs: How many by target language.
        left_out: How many were read and not trained on, by reason.
        fine_tuned: Whether training started from another model.
    """

    attribution: str
    pairs: Mapping[str, int]
    left_out: Mapping[str, int]
    fine_tuned: bool


def provenance_of(sifted: SiftedPairs, attribution: str, *, fine_tuned: bool) -> Provenance:
    """The counts of what was sifted, with the attribution given."""
    return Provenance(
        attribution=" ".join(attribution.split()),
        pairs=dict(sorted(Counter(one.language for one in sifted.pairs).items())),
        left_out=dict(sorted(sifted.left_out.items())),
        fine_tuned=fine_tuned,
    )


def write_provenance(provenance: Provenance, run: Path) -> None:
    """Keep it beside a run that is being made."""
    content = json.dumps(asdict(provenance), ensure_ascii=False, indent=1)
    (run / _FILE).write_text(content + "\n", encoding="utf-8")


def read_provenance(run: Path) -> Provenance:
    """The provenance of a run.

    Raises:
        InvalidRunError: when it is missing or damaged.
    """
    try:
        return Provenance(**json.loads((run / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise InvalidRunError(str(run), f"{_FILE} is missing or damaged") from error
