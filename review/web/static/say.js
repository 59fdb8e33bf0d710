// Short words at the edge of the page: what a step did, or why it could not be done.

import { element } from "./element.js";

const LINGER_MS = 6000;

export class Say {
  constructor(box) {
    this.box = box;
    this.timer = null;
  }

  /** @param offer `{label, act}`: one thing that can be done about it */
  say(words, offer = null) {
    this.#show("done", words, offer);
    this.timer = setTimeout(() => this.clear(), LINGER_MS);
  }

  /** Stays until the next words: somebody has to know. */
  warn(words) {
    const close = { label: "Close", act: () => undefined };
    this.#show("problem", words, close);
  }

  clear() {
    clearTimeout(this.timer);
    this.box.replaceChildren();
  }

  #show(kind, words, offer) {
    clearTimeout(this.timer);
    this.box.dataset.kind = kind;
    this.box.replaceChildren(element("p", {}, words));
    if (offer) this.box.append(this.#button(offer));
  }

  #button({ label, act }) {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", () => {
      this.clear();
      act();
    });
    return button;
  }
}
