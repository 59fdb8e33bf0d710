// The panel of the active cue: what was found on it, and the machine's text word by word against now.

import { element } from "../element.js";
import { stretchesIn } from "../times.js";
import { wordDiff } from "../texts.js";

export class CuePanel {
  /**
   * @param waiving a Waiving
   * @param on `{play({startMs, endMs})}`: plays a stretch of the title
   */
  constructor(waiving, on) {
    this.waiving = waiving;
    this.on = on;
    this.row = null;
    this.part = (id) => document.getElementById(`detail-${id}`);
    this.revert = document.getElementById("revert");
    this.revert?.addEventListener("click", () => this.row?.setText(this.row.machineText));
    this.take = document.getElementById("take-offered");
    this.take?.addEventListener("click", () => this.row?.setText(this.row.offeredText));
  }

  show(row) {
    this.row = row;
    this.part("title").textContent = `Cue ${row.number}`;
    this.part("confidence").textContent = `${row.confidence} % sure`;
    this.drawText();
    this.drawFindings();
  }

  /** The active cue's findings have changed. */
  drawFindings() {
    const items = this.row.findings.all.map((one) => this.#item(one));
    this.part("findings").replaceChildren(...items);
    this.part("clean").hidden = items.length > 0;
  }

  /** The active cue's text has changed. */
  drawText() {
    const { machineText, offeredText, isStale, earlierSource, sourceText, text } = this.row;
    this.part("machine").replaceChildren(...compared(machineText, text));
    if (this.revert) this.revert.disabled = machineText === text;
    this.part("stale").hidden = !isStale && !offeredText;
    this.part("earlier").hidden = !(isStale && earlierSource);
    this.part("source").replaceChildren(...wordDiff(earlierSource, sourceText).map(marked));
    this.part("offered").replaceChildren(...compared(text, offeredText, offeredText));
    if (this.take) this.take.disabled = !offeredText || offeredText === text;
    this.part("offer").hidden = !offeredText;
  }

  #item(finding) {
    const { label, words, severity, isWaived, source, fix } = finding;
    const item = element("li", { class: isWaived ? "waived" : severity, title: source }, element("strong", {}, label), `. ${words}`);
    for (const stretch of stretchesIn(words)) item.append(" ", this.#playButton(stretch));
    if (fix !== undefined && this.row.field && this.row.isMeasured) item.append(" ", this.#fixButton(fix));
    const control = this.waiving.control(this.row, finding);
    if (control) item.append(control);
    return item;
  }

  /** Plays just what the machine was unsure about. */
  #playButton(stretch) {
    const button = element("button", { type: "button", class: "fix" }, `▶ ${stretch.text}`);
    button.addEventListener("click", () => this.on.play(stretch));
    return button;
  }

  /** Puts the one right text into the field, as if typed: saved and undone like typing. */
  #fixButton(fix) {
    const button = element("button", { type: "button", class: "fix", title: fix }, "Fix");
    const { row } = this;
    button.addEventListener("click", () => row.setText(fix));
    return button;
  }
}

/**
 * From one text to another, gone and new words marked. A text written anew has little in common:
 * then `shown`, which is the one the reader does not have at hand, is clearer as it is.
 */
export function compared(before, after, shown = before) {
  const diff = wordDiff(before, after);
  return isRewritten(diff) ? [shown] : diff.map(marked);
}

function marked({ kind, text }) {
  if (kind === "same") return text;
  return element(kind === "gone" ? "del" : "ins", {}, text);
}

function isRewritten(diff) {
  const length = (kind) =>
    diff.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.text.trim().length, 0);
  return length("same") < 0.35 * (length("same") + length("gone"));
}
