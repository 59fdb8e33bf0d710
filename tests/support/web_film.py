"""A realistic review task: thirty cues from English into Brazilian Portuguese, on a real film."""

from dataclasses import replace
from pathlib import Path

from review.machine_drafts import Draft, DraftCue
from subtitles.counting import visible_text
from subtitles.cues import derive_cue_id
from subtitles.findings import Finding, Severity
from subtitles.language import parse_language
from subtitles.plain_text import clean_text
from subtitles.span import Span
from translate.drafts import Origin, SentenceDraft
from translate.memory.port import MemoryHit

FILM = Path(__file__).parents[2] / "sample_media" / "sense_and_sensibility.mp4"

# (start ms, end ms, English, Portuguese, confidence); written for these tests.
CUES = (
    (400, 2300, "The harbour wakes before the town.", "O porto acorda antes da cidade.", 0.97),
    (
        2500,
        4600,
        "My grandfather kept the light\nfor forty-one years.",
        "Meu avô cuidou do farol\npor quarenta e um anos.",
        0.95,
    ),
    (4800, 6100, "Never once late.", "Nunca se atrasou.", 0.99),
    (
        6300,
        8000,
        "<i>He said the sea keeps count.</i>",
        "<i>Ele dizia que o mar faz as contas.</i>",
        0.93,
    ),
    (
        8200,
        9100,
        "Did you believe him?",
        "Você acreditava mesmo em cada uma das coisas que ele dizia?",
        0.71,
    ),
    (
        9300,
        11500,
        "- I was nine.\n- That is not an answer.",
        "- Eu tinha nove anos.\n- Isso não é resposta.",
        0.96,
    ),
    (11700, 13700, "It was the only answer I had.", "Era a única resposta que eu tinha.", 0.98),
    (13900, 15600, "Look, the tide has turned.", "Olhe, a maré virou.", 0.96),
    (
        15800,
        18200,
        "We should have left an hour ago, while the channel was still deep enough.",
        "Devíamos ter saído há uma hora, enquanto o canal ainda estava fundo o bastante.",
        0.88,
    ),
    (18400, 20100, "The engine won't like this cold.", "O motor não vai gostar desse frio.", 0.94),
    (20300, 21500, "Try it again.", "Tente de novo.", 0.99),
    (
        21700,
        23900,
        "Gently. She is older than you are.",
        "Com calma. Ela é mais velha que você.",
        0.92,
    ),
    (24100, 26000, "There. Hear that?", "Pronto. Está ouvindo?", 0.97),
    (
        26200,
        28700,
        "That knock means the pump is going.",
        "Essa batida quer dizer que a bomba está no fim.",
        0.83,
    ),
    (28900, 30700, "We have until the lighthouse.", "Temos até o farol.", 0.95),
    (30900, 33100, "And after the lighthouse?", "E depois do farol?", 0.98),
    (33300, 35600, "After the lighthouse we row.", "Depois do farol, a gente rema.", 0.96),
    (35800, 38300, "You brought one oar.", "Você trouxe um remo só.", 0.97),
    (
        38500,
        40800,
        "I brought one oar and a great deal\nof optimism.",
        "Eu trouxe um remo\ne muito otimismo.",
        0.9,
    ),
    (
        41000,
        43300,
        "<i>Control to Marlin, do you read?</i>",
        "<i>Controle para Marlim, na escuta?</i>",
        0.78,
    ),
    (43500, 45500, "Marlin here. Loud and clear.", "Aqui é o Marlim. Alto e claro.", 0.94),
    (
        45700,
        48000,
        "Weather from the west by nightfall.",
        "Mau tempo vindo do oeste ao anoitecer.",
        0.91,
    ),
    (48200, 50400, "How much weather?", "Quanto mau tempo?", 0.97),
    (50600, 53000, "Enough to be home for.", "O bastante para estar em casa.", 0.89),
    (53200, 55300, "Then home it is.", "Para casa, então.", 0.98),
    (
        55500,
        57500,
        "Tell my mother not to wait supper.",
        "Diga à minha mãe para não esperar com o jantar.",
        0.95,
    ),
    (57700, 59200, "She always waits.", "Ela sempre espera.", 0.99),
    (59400, 61700, "I know. Tell her all the same.", "Eu sei. Diga mesmo assim.", 0.97),
    (
        61900,
        64000,
        "♪ <i>The light goes round, the light goes round</i> ♪",
        "♪ <i>A luz dá voltas, a luz dá voltas</i> ♪",
        0.69,
    ),
    (64200, 66500, "There she is.", "Lá está ela.", 0.99),
)


def scene_draft() -> Draft:
    """The first eight cues, of a film that is not on this machine: a page that is quickly there."""
    return replace(film_draft(8), media_path="/nowhere/scene.mp4")


def film_draft(cue_count: int = len(CUES)) -> Draft:
    """The task, with an error on cue 5 and warnings on cues 9 and 29 (as far as it goes)."""
    cues = tuple(
        DraftCue(
            cue_id=derive_cue_id("lamp", number),
            span=Span(start_ms, end_ms),
            text=text,
            source_text=source,
            confidence=confidence,
        )
        for number, (start_ms, end_ms, source, text, confidence) in enumerate(CUES[:cue_count], 1)
    )
    faults = (
        (5, "reading-speed", Severity.ERROR, 65.6, 17.0, "chars/s"),
        (9, "line-length", Severity.WARNING, 79.0, 42.0, "characters"),
        (29, "low-confidence", Severity.WARNING, 0.69, 0.75, "probability"),
    )
    return Draft(
        media_id="ab" * 32,
        title="The Lamp of Porto Claro",
        media_path=str(FILM),
        frame_rate="24",
        source_language=parse_language("en"),
        language=parse_language("pt-BR"),
        draft_id=derive_cue_id("lamp", cue_count),
        made_by="engine:scripted|model:-|rev:-|v:1",
        cues=cues,
        findings=tuple(
            Finding(
                rule=rule,
                severity=severity,
                cue_id=cues[number - 1].cue_id,
                measured=measured,
                limit=limit,
                unit=unit,
                source="test",
            )
            for number, rule, severity, measured, limit, unit in faults
            if number <= cue_count
        ),
        sentences=tuple(map(_sentence, cues)),
    )


# What else could stand in a cue, by its Portuguese text; the hit was approved for another sentence.
_ALTERNATIVES = {
    "Nunca se atrasou.": (("Nem uma vez atrasado.", "Jamais se atrasou."), ()),
    CUES[4][3]: (
        ("Você acreditava nele?", "Acreditava nele?"),
        (
            MemoryHit(
                text="Você acreditou nela?",
                source_text="Did you believe her?",
                score=0.875,
                is_exact=False,
                origin="The Tide of Porto Claro",
            ),
        ),
    ),
}


def _sentence(cue: DraftCue) -> SentenceDraft:
    """A cue's text as one sentence."""
    runners_up, memory_hits = _ALTERNATIVES.get(cue.text, ((), ()))
    return SentenceDraft(
        source_text=clean_text(visible_text(cue.source_text)),
        text=clean_text(visible_text(cue.text)),
        cue_ids=(cue.cue_id,),
        origin=Origin.MACHINE,
        quality=round(2 * cue.confidence - 1, 2),
        runners_up=runners_up,
        memory_hits=memory_hits,
    )
