// The picture with the live text over it, and the row that follows what is played.

import { cueAt } from "./cue_at.js";
import { drawText } from "./overlay.js";
import { Player } from "./player.js";

export class Screen {
  /**
   * @param media the <video>, or null where the title cannot be played from here
   * @param on `{moved(timeMs, {isPlaying}), came(row)}`: came when another cue is on while playing
   */
  constructor(media, track, on) {
    this.track = track;
    this.on = on;
    this.shown = null;
    this.restMs = 0; // where the playhead stands when there is nothing to play
    this.player = media && new Player(media, (timeMs) => this.#moved(timeMs));
    this.box = document.getElementById("overlay");
    this.choice = document.getElementById("overlay-text");
    this.follow = document.getElementById("follow");
    this.choice.addEventListener("change", () => this.draw());
    if (media) for (const text of media.textTracks) text.mode = "disabled";
  }

  get nowMs() {
    return this.player ? this.player.nowMs : this.restMs;
  }

  seek(timeMs) {
    if (this.player) {
      this.player.seek(timeMs);
      return;
    }
    this.restMs = timeMs;
    this.on.moved(timeMs, { isPlaying: false });
  }

  /** Stand at a cue without playing it. */
  show(row) {
    if (this.player) this.player.show(row);
    else this.seek(row.startMs);
  }

  draw() {
    if (!this.box) return;
    const which = this.choice.value;
    const row = which === "none" ? null : this.shown;
    this.box.dataset.cue = row ? row.number : "";
    const { text, lang } = wordsOf(row, which);
    drawText(this.box, text, lang);
  }

  /** Cues or their times have changed. */
  look() {
    this.shown = cueAt(this.track.rows, this.nowMs);
    this.draw();
  }

  #moved(timeMs) {
    const { isPlaying } = this.player;
    this.on.moved(timeMs, { isPlaying });
    const row = cueAt(this.track.rows, timeMs);
    if (row === this.shown) return;
    this.shown = row;
    this.draw();
    const isTyping = document.activeElement?.matches("textarea, input");
    if (row && this.follow.checked && isPlaying && !isTyping) this.on.came(row);
  }
}

function wordsOf(row, which) {
  if (!row) return { text: "", lang: "" };
  if (which === "source") return { text: row.sourceText, lang: row.sourceLang };
  return { text: row.text, lang: row.lang };
}
