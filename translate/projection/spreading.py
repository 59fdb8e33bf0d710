"""Sentences put into cues one after the other."""

from collections import Counter
from collections.abc import Iterable, Sequence

from subtitles.cues import Cue
from subtitles.style.profile import StyleProfile
from translate.projection.filling import Part
from translate.projection.splitting import CueShare, split_translation, word_count
from translate.projection.styling import borders, shares_said, tags_within, translated_tag
from translate.sentencing.markup import StyledStretch, plain_cue
from translate.sentencing.sentences import opens_turn
from translate.translator import Rendering, Sentence


class Spread:
    """All parts of all sentences, cue by cue, and what could not be placed.

    Attributes:
        plain: The source cues by id, styling taken off.
        parts: For each source cue, what its sentences put into its target, in order.
        lost_tags: For each source cue, how many tags have no place in the target.
        fewer_words: Sentences with fewer words than cues: the first cue, the words, the cues that
            have to have some.
    """

    def __init__(self, cues: Iterable[Cue], profile: StyleProfile) -> None:
        """Nothing yet in any of the source's cues."""
        self.plain = {cue.cue_id: plain_cue(cue.lines) for cue in cues}
        self.parts: dict[str, list[Part]] = {name: [] for name in self.plain}
        self.lost_tags = Counter({name: plain.dropped for name, plain in self.plain.items()})
        self.fewer_words: list[tuple[str, int, int]] = []
        self._profile = profile
        self._done: Counter[str] = Counter()

    def add(self, sentence: Sentence, rendering: Rendering, shares: Sequence[CueShare]) -> None:
        """The next sentence of the source, its rendering in print, and what its cues hold of it."""
        texts = split_translation(rendering.text, shares, self._profile, rendering.alignment)
        owned = sum(share.is_owner for share in shares)
        if owned > sum(map(bool, texts)):
            words = word_count(rendering.text, self._profile)
            self.fewer_words.append((sentence.cue_ids[0], words, owned))
        tags = self._tags(sentence, rendering, texts)
        for place, (cue_id, text) in enumerate(zip(sentence.cue_ids, texts, strict=True)):
            opens = place == 0 and opens_turn(sentence.text)
            self.parts[cue_id].append(
                Part(text=text, opens_turn=opens, score=rendering.score, tags=tags[place])
            )

    def _tags(
        self, sentence: Sentence, rendering: Rendering, texts: Sequence[str]
    ) -> list[tuple[StyledStretch, ...]]:
        """The tags of each part; those of the sentence that have no place are counted."""
        said = shares_said(sentence)
        found: list[StyledStretch] = []
        for number, (cue_id, (start, end)) in enumerate(zip(sentence.cue_ids, said, strict=True)):
            before = self._done[cue_id]
            self._done[cue_id] += end - start
            within = tags_within(self.plain[cue_id].partly, (before, before + end - start))
            for tag in within:
                place = translated_tag(sentence, rendering, texts, number, tag)
                if place is None:
                    self.lost_tags[cue_id] += 1
                else:
                    found.append(place)
        return [tuple(tags_within(found, stretch)) for stretch in borders(texts)]
