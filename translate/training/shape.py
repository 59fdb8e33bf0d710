"""How large a new network is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A Marian network. The defaults are the starter model's: 6 million weights.

    Attributes:
        width: Of embeddings and layers.
        inner_width: Of the feed-forward layers.
        encoder_layers: Read the source; cheap, since they run once a sentence.
        decoder_layers: Write the target, once a token.
        heads: Of every attention layer; ``width`` is a multiple.
        max_positions: Longest sequence, in tokens.
    """

    width: int = 256
    inner_width: int = 768
    encoder_layers: int = 4
    decoder_layers: int = 2
    heads: int = 4
    max_positions: int = 512
