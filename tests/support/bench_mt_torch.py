"""One Marian folder in plain transformers and, converted to int8, in the adapter: tokens a second.

A program of its own, since PyTorch is in the way of everything else: argument is the folder, texts
come as JSON on standard input, the paces go as JSON to standard output.
"""

import json
import sys
import tempfile
import time
import warnings
from pathlib import Path

BEAM, THREADS, ROUNDS = 4, 2, 2
BATCHES = (16, 64)
MOST_TOKENS = 128


def main(folder: Path) -> None:
    """Measure both, in turn."""
    sys.path.insert(0, str(Path(__file__).parent))
    texts = json.load(sys.stdin)
    from translate.engines.subword_tokenizers import load_tokenizer
    from translate.training.exporting import convert

    with tempfile.TemporaryDirectory() as name:
        converted = Path(name) / "int8"
        convert(folder, converted)
        token = next(
            (one for one in json.loads((folder / "vocab.json").read_text("utf-8"))
             if one.startswith(">>es")), "",
        )  # fmt: skip
        tokenizer = load_tokenizer(converted)
        ways = {
            "adapter, int8": _adapter(converted),
            **{
                f"plain transformers, float32, batches of {size}": _plain(folder, token, size)
                for size in BATCHES
            },
        }
        for run in ways.values():
            run(texts[:8])
        paces: dict[str, dict[str, float]] = {way: {} for way in ways}
        for _ in range(ROUNDS):
            for way, run in ways.items():
                began, cpu = time.perf_counter(), time.process_time()
                said = run(texts)
                took, cpu_took = time.perf_counter() - began, time.process_time() - cpu
                tokens = sum(map(len, tokenizer.pieces(said)))
                for key, value in (("per_s", tokens / took), ("per_cpu_s", tokens / cpu_took)):
                    paces[way][key] = max(value, paces[way].get(key, 0.0))
    json.dump(paces, sys.stdout)


def _adapter(folder: Path):
    from translate_fakes import pair, sentence

    from translate.engines.ctranslate2_translator import CTranslate2Translator
    from translate.engines.decoding import Decoding

    wanted = pair("en", "es")
    translator = CTranslate2Translator(
        folder,
        model_name="bench",
        model_revision="bench",
        pairs=[pair("en", one) for one in ("es", "fr", "de")],
        decoding=Decoding(device="cpu", threads=THREADS, beam_size=BEAM),
    )
    return lambda texts: [
        one.text for one in translator.translate([sentence(text) for text in texts], wanted)
    ]


def _plain(folder: Path, token: str, size: int):
    """As the documents of transformers show it, longest sentences together."""
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    torch.set_num_threads(THREADS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokenizer = MarianTokenizer.from_pretrained(str(folder))
    model = MarianMTModel.from_pretrained(str(folder)).eval()

    def run(texts):
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        said = [""] * len(texts)
        for start in range(0, len(order), size):
            places = order[start : start + size]
            batch = tokenizer(
                [f"{token} {texts[place]}".strip() for place in places],
                return_tensors="pt",
                padding=True,
            )
            with torch.inference_mode():
                found = model.generate(**batch, num_beams=BEAM, max_new_tokens=MOST_TOKENS)
            decoded = tokenizer.batch_decode(found, skip_special_tokens=True)
            for place, text in zip(places, decoded, strict=True):
                said[place] = text
        return said

    return run


if __name__ == "__main__":
    main(Path(sys.argv[1]))
