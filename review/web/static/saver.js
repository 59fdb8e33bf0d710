// Saves one cue, one request at a time, and never says "saved" about text the server does not have.
//
// Body and version are taken when a request leaves, not when a key is pressed: a queued request
// with an old version would make people conflict with themselves.

import { State } from "./save_state.js";
import { SentTexts } from "./sent_texts.js";
import { tidy } from "./texts.js";

export { State };
// Blocked until a person decides, or until what stands in the way of every cue is gone.
const BLOCKED = [State.CONFLICT, State.PAUSED];
// More typing changes nothing about when the next attempt is made.
const WAITING = [...BLOCKED, State.OFFLINE];
const TYPING_PAUSE_MS = 400;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30000;

const CLOCK = { set: (act, ms) => setTimeout(act, ms), clear: (id) => clearTimeout(id) };

export class CueSaver {
  /**
   * @param {object} cue `{text, version}` as the server sent them.
   * @param {object} ports
   *   send(text, version, {keepalive}) -> Promise of {kind, ...}; kinds: "ok" (version, text, cue),
   *     "stale" (version, text), "refused" (message), "paused" (reason), "offline"
   *   drafts: {load(), store({base, text, sent}), drop()}
   *   changed(saver, answer): called after every change of state
   *   timers: {set(fn, ms), clear(id)}
   */
  constructor(cue, { send, drafts, changed, timers = CLOCK }) {
    this.stored = { text: cue.text, version: cue.version };
    this.text = cue.text;
    this.state = State.SAVED;
    this.message = "";
    this.theirs = null;
    this.sent = new SentTexts();
    this.isHeld = false;
    this.inFlight = null;
    this.retryMs = FIRST_RETRY_MS;
    this.timer = null;
    this.ports = { send, drafts, changed, timers };
  }

  get isDirty() {
    return this.text !== this.stored.text || this.sent.mayDifferFrom(this.text);
  }

  /** The field holds this text now. */
  edit(text) {
    this.text = text;
    if (this.isDirty || this.inFlight) this.#keep();
    else this.ports.drafts.drop();
    if (WAITING.includes(this.state)) return;
    if (!this.isDirty && !this.inFlight) {
      this.#clearTimer();
      this.#become(State.SAVED);
      return;
    }
    if (!this.inFlight) this.#become(State.DIRTY);
    this.#later(TYPING_PAUSE_MS);
  }

  /** Send now what is not saved; settles when the server has it or something stands in the way. */
  async flush() {
    this.#clearTimer();
    for (let tried = false; ; tried = true) {
      while (this.inFlight) await this.inFlight;
      const isStuck = this.isHeld || BLOCKED.includes(this.state) || (tried && this.state !== State.DIRTY);
      if (isStuck || !this.isDirty) return this.state === State.SAVED;
      await this.#send();
    }
  }

  /**
   * The page goes away: send once more, since a request in flight may die with the page. Should an
   * earlier one arrive first and this one be refused for it, the local draft knows both.
   */
  flushLast() {
    if (!this.isDirty || BLOCKED.includes(this.state)) return;
    this.sent.leaves(this.text);
    this.#keep();
    this.ports.send(this.text, this.stored.version, { keepalive: true });
  }

  /** Bring back what an earlier page kept; true when there was something the server lacks. */
  restore() {
    const draft = this.ports.drafts.load();
    if (!draft) return false;
    const sent = draft.sent ?? [];
    if (tidy(draft.text) === tidy(this.stored.text)) {
      this.ports.drafts.drop();
      return false;
    }
    this.text = draft.text;
    this.sent = new SentTexts(sent);
    // Based on what is stored now, or on a text of our own whose answer never came.
    if (draft.base === this.stored.version || this.sent.isOwn(this.stored.text)) {
      this.#become(State.DIRTY);
      this.#later(0);
    } else {
      this.theirs = { ...this.stored };
      this.#become(State.CONFLICT);
    }
    return true;
  }

  /** The server's text has changed behind our back (after a lease was taken again). */
  adopt(cue) {
    const untouched = !this.isDirty && !this.inFlight;
    if (untouched) {
      this.stored = { text: cue.text, version: cue.version };
      this.text = cue.text;
      this.#become(State.SAVED);
    } else if (cue.version !== this.stored.version && this.isDirty) {
      this.#stale(cue);
    }
    return untouched;
  }

  /** Nothing leaves until `goOn`: a step is changing the cue on the server. */
  hold() {
    this.isHeld = true;
    this.#clearTimer();
  }

  /** The step is over; `cue` is what it made of this one, or null. Typed meanwhile stays typed. */
  goOn(cue) {
    this.isHeld = false;
    if (cue) this.adopt(cue);
    if (this.isDirty && !WAITING.includes(this.state)) this.#later(0);
  }

  /** After a conflict: write our text over theirs. */
  keepMine() {
    this.#goOnFrom(this.theirs);
    return this.flush();
  }

  /** After a conflict: drop our text for theirs. */
  takeTheirs() {
    this.text = this.theirs.text;
    this.#goOnFrom(this.theirs);
  }

  /** What stood in the way of every cue (login, lease) is gone. */
  resume() {
    if (this.state !== State.PAUSED && this.state !== State.OFFLINE) return undefined;
    this.retryMs = FIRST_RETRY_MS;
    this.#become(this.isDirty ? State.DIRTY : State.SAVED);
    return this.flush();
  }

  #send() {
    const { send } = this.ports;
    const text = this.text;
    this.sent.leaves(text);
    this.#keep();
    this.#become(State.SAVING);
    this.inFlight = send(text, this.stored.version, { keepalive: false }).then((answer) => {
      this.inFlight = null;
      if (answer.kind !== "offline") this.sent.settles(text);
      this.#answered(text, answer);
    });
    return this.inFlight;
  }

  #answered(text, answer) {
    const reactions = {
      ok: () => this.#accepted(text, answer),
      stale: () => this.#stale(answer),
      refused: () => this.#refused(text, answer),
      paused: () => this.#become(State.PAUSED, answer),
      offline: () => this.#offline(),
    };
    reactions[answer.kind]();
  }

  #accepted(text, answer) {
    // The server may have tidied the text (spaces at a row's end); the field is left alone.
    this.#goOnFrom({ text, version: answer.version }, answer);
  }

  /** This is what the server holds, for sure: is there anything left to send? */
  #goOnFrom(stored, answer) {
    this.sent.cleared({ isNewVersion: stored.version !== this.stored.version });
    this.stored = { text: stored.text, version: stored.version };
    this.theirs = null;
    this.retryMs = FIRST_RETRY_MS;
    if (this.isDirty) {
      this.#keep();
      this.#become(State.DIRTY, answer);
      this.#later(0);
    } else {
      this.ports.drafts.drop();
      this.#become(State.SAVED, answer);
    }
  }

  #stale(current) {
    // Our own earlier text, whose answer was lost; or the text we began from, and only times or
    // neighbours of the cue have moved on. No conflict: go on from there.
    const isOurBase = this.sent.isEmpty && tidy(current.text) === tidy(this.stored.text);
    if (isOurBase || this.sent.isOwn(current.text)) {
      this.#goOnFrom(current);
      return;
    }
    this.theirs = { text: current.text, version: current.version };
    this.#become(State.CONFLICT);
  }

  #refused(text, answer) {
    this.message = answer.message;
    if (this.text === text) this.#become(State.REFUSED, answer);
    else {
      this.#become(State.DIRTY);
      this.#later(0);
    }
  }

  #offline() {
    this.#become(State.OFFLINE);
    this.#later(this.retryMs);
    this.retryMs = Math.min(2 * this.retryMs, LONGEST_RETRY_MS);
  }

  #keep() {
    this.ports.drafts.store({ base: this.stored.version, text: this.text, sent: this.sent.kept() });
  }

  #become(state, answer) {
    this.state = state;
    if (state !== State.REFUSED) this.message = "";
    this.ports.changed(this, answer);
  }

  #later(ms) {
    this.#clearTimer();
    this.timer = this.ports.timers.set(() => {
      this.timer = null;
      if (!this.inFlight && this.isDirty) this.flush();
    }, ms);
  }

  #clearTimer() {
    if (this.timer !== null) this.ports.timers.clear(this.timer);
    this.timer = null;
  }
}
