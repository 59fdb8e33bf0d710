// What is known about the active cue: the machine's text word by word against now, and its history.

import { element } from "./element.js";
import { wordDiff } from "./texts.js";

export class Detail {
  constructor(api) {
    this.api = api;
    this.box = document.getElementById("detail");
    this.history = document.getElementById("detail-history");
    this.row = null;
    this.history.addEventListener("toggle", () => this.#drawHistory());
    document.getElementById("revert")?.addEventListener("click", () => {
      this.row?.setText(this.row.machineText);
    });
  }

  show(row) {
    const isOther = row !== this.row;
    this.row = row;
    this.box.hidden = false;
    document.getElementById("detail-title").textContent = `Cue ${row.number}`;
    document.getElementById("detail-confidence").textContent = `${row.confidence} % sure`;
    this.drawMachine();
    this.drawFindings();
    if (isOther) this.#drawHistory();
  }

  /** The active cue's findings have changed. */
  drawFindings() {
    const items = this.row.advice.map(({ words, severity, source, fix }) => {
      const item = element("li", { class: severity, title: source }, words);
      if (fix !== undefined) item.append(" ", this.#fixButton(fix));
      return item;
    });
    document.getElementById("detail-findings").replaceChildren(...items);
  }

  /** Puts the one right text into the field, as if typed: saved and undone like typing. */
  #fixButton(fix) {
    const button = element("button", { type: "button", class: "fix", title: fix }, "Fix");
    const { row } = this;
    button.addEventListener("click", () => row.setText(fix));
    return button;
  }

  /** The active cue's text has changed. */
  drawMachine() {
    const { machineText, text } = this.row;
    const diff = wordDiff(machineText, text);
    // A text written anew has little in common: what the machine said is then clearer as it was.
    const parts = isRewritten(diff) ? [machineText] : diff.map(marked);
    document.getElementById("detail-machine").replaceChildren(...parts);
    const revert = document.getElementById("revert");
    if (revert) revert.disabled = machineText === text;
  }

  async #drawHistory() {
    if (!this.history.open || !this.row) return;
    const { row } = this;
    const list = this.history.querySelector("ul");
    list.replaceChildren(element("li", {}, "Loading…"));
    const answer = await this.api.events(row.cueId);
    if (row !== this.row) return; // somebody went on to another cue meanwhile
    if (answer.kind !== "ok") {
      list.replaceChildren(element("li", {}, `Not available: ${answer.message}`));
      return;
    }
    const lines = answer.body.map(historyLine);
    list.replaceChildren(...(lines.length ? lines : [element("li", {}, "Nobody has touched this cue.")]));
  }
}

function historyLine(event) {
  const at = new Date(event.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  const line = element("li", {}, element("bdi", {}, event.actor), ` ${event.what} `);
  line.append(element("time", { datetime: event.at, class: "quiet-text" }, at));
  if (event.detail) {
    const words = element("p", { class: "text-block", dir: "auto" });
    words.append(element("span", { class: "quiet-text" }, `${event.detail_name}: `), event.detail);
    line.append(words);
  }
  return line;
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
