// Other texts for the active cue, under its field: what memory has, and what else the machine would
// say.

import { element } from "./element.js";

// Nobody reads what stands under a cue while going through them key by key.
const PAUSE_MS = 120;

export class Offers {
  /**
   * @param api a ReviewApi
   * @param box the section that lists them; it stays hidden while there are none
   */
  constructor(api, box) {
    this.api = api;
    this.box = box;
    this.row = null;
    this.buttons = [];
    this.about = "";
    this.drawn = "";
    this.asked = Promise.resolve();
  }

  /** Another row is active, or the server holds another text of the same one. */
  show(row) {
    const about = `${row.cueId} ${row.box.dataset.version}`;
    if (about === this.about) return;
    this.about = about;
    if (row !== this.row) this.#moveTo(row);
    this.asked = this.#ask(row, about);
  }

  /** The active row's text has changed: the one that stands there needs no button. */
  mark() {
    for (const [button, text] of this.buttons) button.disabled = this.row.text === text;
  }

  /** Put the next text into the field, or the one before: round through all, the machine's first. */
  async turn(direction) {
    const { row } = this;
    if (!row?.field) return;
    await this.asked;
    if (row !== this.row || !this.buttons.length) return;
    const texts = [row.machineText, ...this.buttons.map(([, text]) => text)];
    const at = texts.indexOf(row.text);
    const next = at < 0 ? (direction > 0 ? 1 : texts.length - 1) : at + direction;
    row.setText(texts[(next + texts.length) % texts.length]);
  }

  /** Under another field, which stays where the reader sees it while rows above it shrink. */
  #moveTo(row) {
    const before = row.field.getBoundingClientRect().top;
    this.row = row;
    this.#draw([]);
    row.box.querySelector(".target").append(this.box);
    scrollBy({ top: row.field.getBoundingClientRect().top - before, behavior: "instant" });
  }

  async #ask(row, about) {
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    if (about !== this.about || !row.box.isConnected) return;
    const answer = await this.api.offers(row.cueId);
    if (about === this.about) this.#draw(answer.kind === "ok" ? answer.body : []);
  }

  #draw(offers) {
    const { row } = this;
    const drawn = row.cueId + JSON.stringify(offers);
    if (drawn === this.drawn) {
      this.mark(); // and nothing else: somebody may be on one of the buttons
      return;
    }
    this.drawn = drawn;
    this.buttons = offers.map((offer, index) => [useButton(row, offer, index), offer.text]);
    const items = offers.map((offer, index) => item(row, offer, this.buttons[index][0]));
    this.box.querySelector("ul").replaceChildren(...items);
    this.box.hidden = !offers.length;
    this.mark();
  }
}

function useButton(row, offer, index) {
  const name = `Use text ${index + 1}`;
  const button = element("button", { type: "button", "aria-label": name, title: name }, "Use");
  button.addEventListener("click", () => row.setText(offer.text));
  return button;
}

function item(row, offer, button) {
  const { lang, dir } = row;
  const label = element("p", { class: "offer-label" }, offer.label);
  if (offer.origin) label.append(" · ", element("bdi", {}, offer.origin));
  const made = element("li", {}, label, element("p", { class: "text-block", lang, dir }, offer.text));
  if (offer.sentence) made.append(quiet("The whole sentence: ", offer.sentence, lang));
  if (offer.source_text) made.append(quiet("Approved for: ", offer.source_text, row.sourceLang));
  made.append(button);
  return made;
}

function quiet(words, text, lang) {
  return element("p", { class: "quiet-text" }, words, element("bdi", { lang }, text));
}
