// The texts of one cue that left this page and of which nobody knows yet what became of them.

import { isAmong } from "./texts.js";

const MOST_REMEMBERED = 50; // texts without an answer: half an hour of typing into the void

export class SentTexts {
  constructor(own = []) {
    this.unsure = []; // sent from this page, and the answer has not come (yet, or ever)
    this.own = own; // those, and all others that could still be, or become, what the server holds
  }

  leaves(text) {
    this.settles(text);
    this.unsure.push(text);
    this.own.push(text);
  }

  /** Any answer settles what became of a text; only silence leaves it open. */
  settles(text) {
    this.unsure = this.unsure.filter((one) => one !== text);
    this.own = this.own.filter((one) => one !== text);
  }

  /** The server has told what it holds, for sure. */
  cleared({ isNewVersion }) {
    this.unsure = [];
    // An earlier request may still be on its way; a newer version makes the server refuse it.
    if (isNewVersion) this.own = [];
  }

  /** Whether the server may hold a text that is not this one. */
  mayDifferFrom(text) {
    return this.unsure.some((one) => one !== text);
  }

  isOwn(text) {
    return isAmong(text, this.own);
  }

  get isEmpty() {
    return this.own.length === 0;
  }

  /** What a later page has to know. */
  kept() {
    return this.own.slice(-MOST_REMEMBERED);
  }
}
