"""The Marian network itself: built, opened, scored and saved; all that knows its layers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import MarianConfig, MarianMTModel

from translate.training.batches import Batch
from translate.training.errors import InvalidStartModelError
from translate.training.loss import smoothed_cross_entropy
from translate.training.plan import Shape
from translate.training.vocabulary import Vocabulary

CONFIG_FILE = "config.json"


def new_network(shape: Shape, vocabulary: Vocabulary, *, dropout: float, seed: int) -> Any:  # noqa: ANN401 -- untyped
    """A Marian network with random weights, the same for the same seed."""
    pad = vocabulary.size - 1
    config = MarianConfig(
        vocab_size=vocabulary.size,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.inner_width,
        decoder_ffn_dim=shape.inner_width,
        max_position_embeddings=shape.max_positions,
        activation_function="relu",
        dropout=dropout,
        scale_embedding=True,
        # What Glorot's rule gives for a square layer; with the embedding scale, inputs of size one.
        init_std=shape.width**-0.5,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=vocabulary.end,
        forced_eos_token_id=vocabulary.end,
    )
    torch.manual_seed(seed)
    return MarianMTModel(config)


def opened_network(folder: Path, vocabulary: Vocabulary, *, dropout: float) -> Any:  # noqa: ANN401 -- untyped
    """The network of a Marian folder, in float32.

    Raises:
        InvalidStartModelError: when the folder holds none, or one for another vocabulary.
    """
    try:
        network, found = MarianMTModel.from_pretrained(
            str(folder),
            local_files_only=True,
            dropout=dropout,
            dtype=torch.float32,
            output_loading_info=True,
        )
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise InvalidStartModelError(str(folder), "its weights cannot be read") from error
    if found["missing_keys"]:
        raise InvalidStartModelError(str(folder), "weights are missing")
    if network.config.vocab_size != vocabulary.size:
        raise InvalidStartModelError(str(folder), "weights and vocabulary are of different sizes")
    return network


def batch_loss(network: Any, batch: Batch, smoothing: float) -> torch.Tensor:  # noqa: ANN401 -- untyped
    """Mean loss of a batch in nats per target token; padding is neither read nor predicted."""
    pad = network.config.pad_token_id
    sources = torch.from_numpy(batch.sources.astype(np.int64))
    targets = torch.from_numpy(batch.targets.astype(np.int64))
    shifted = torch.full_like(targets, network.config.decoder_start_token_id)
    shifted[:, 1:] = targets[:, :-1]
    states = network.model(
        input_ids=sources,
        attention_mask=sources.ne(pad).long(),
        decoder_input_ids=shifted,
        use_cache=False,
    ).last_hidden_state
    counted = targets.ne(pad)
    # Padding is the last token, and no answer: the converted model does not have it either.
    weight, bias = network.lm_head.weight[:pad], network.final_logits_bias[0, :pad]
    return smoothed_cross_entropy(states[counted], weight, bias, targets[counted], smoothing)


def trained_weights(network: Any) -> dict[str, torch.Tensor]:  # noqa: ANN401 -- untyped
    """The weights that training changes, by name; those that are tied come once."""
    return {name: one for name, one in network.named_parameters() if one.requires_grad}


def copy_weights(source: Mapping[str, torch.Tensor], target: Mapping[str, torch.Tensor]) -> None:
    """Overwrite weights with others of the same names and shapes."""
    with torch.no_grad():
        for name, values in target.items():
            values.copy_(source[name])


def save_network(network: Any, folder: Path) -> None:  # noqa: ANN401 -- untyped
    """Write a network as a Marian folder, without its tokenizer."""
    # The decoder starts from padding and must never answer with it.
    network.generation_config.bad_words_ids = [[network.config.pad_token_id]]
    network.save_pretrained(str(folder))
