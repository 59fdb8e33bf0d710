// Texts that the server does not have yet, kept in this browser: they outlive a crash.
//
// Each page keeps its own, so that two tabs on one task do not write over each other's. What pages
// have left that are gone, the next page takes over: the text typed last goes back into its cue, and
// others are shown.

const DRAFT = "polycue:draft:";
const PAGE = "polycue:page:";

/** The drafts of one person in one task. */
export class Drafts {
  constructor(userId, taskId, storage = window.localStorage) {
    this.prefix = `${DRAFT}${userId}:${taskId}:`;
    this.page = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
    this.storage = storage;
    this.isFull = false;
    this.left = []; // `{key, page, cueId, draft}` of pages that are gone, the text typed last first
  }

  /** Find what was left behind; before anything else is asked of them. */
  async open(locks = navigator.locks, tab = window.sessionStorage) {
    // The page that was in this tab before is gone, whatever the browser still says of its lock.
    this.before = tab.getItem(PAGE);
    tab.setItem(PAGE, this.page);
    locks?.request(PAGE + this.page, () => new Promise(() => {}));
    await this.look(locks);
  }

  /** Look again: a page that has crashed may seem alive for a moment. */
  async look(locks = navigator.locks) {
    const living = await signedIn(locks);
    living.delete(PAGE + this.before);
    this.left = this.#keys()
      .map((key) => ({ key, ...this.#parts(key), draft: this.#read(key) }))
      .filter(({ page, draft }) => draft !== null && page !== this.page && !living.has(PAGE + page))
      .sort((one, other) => (other.draft.at ?? 0) - (one.draft.at ?? 0));
  }

  /** The store of one cue: what a `CueSaver` needs. */
  of(cueId) {
    return {
      load: () => this.#takeOver(cueId),
      store: (draft) => this.store(cueId, draft),
      drop: () => this.storage.removeItem(this.#key(cueId)),
    };
  }

  store(cueId, draft) {
    try {
      this.storage.setItem(this.#key(cueId), JSON.stringify({ at: Date.now(), ...draft }));
      this.isFull = false;
    } catch {
      this.isFull = true; // the page says so: a closed tab would now cost text
    }
  }

  /** What was left and not taken over is not wanted any more. */
  discard() {
    for (const { key } of this.left) this.storage.removeItem(key);
    this.left = [];
  }

  #takeOver(cueId) {
    const last = this.left.find((one) => one.cueId === cueId);
    if (!last) return null;
    this.store(cueId, last.draft);
    if (this.isFull) return last.draft; // it stays where it is
    this.storage.removeItem(last.key);
    this.left = this.left.filter((one) => one !== last);
    return last.draft;
  }

  #key(cueId) {
    return `${this.prefix}${this.page}:${cueId}`;
  }

  #keys() {
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index));
    return keys.filter((key) => key?.startsWith(this.prefix));
  }

  #parts(key) {
    const [page, ...rest] = key.slice(this.prefix.length).split(":");
    return { page, cueId: rest.join(":") };
  }

  #read(key) {
    try {
      const draft = JSON.parse(this.storage.getItem(key));
      return typeof draft.text === "string" && Number.isInteger(draft.base) ? draft : null;
    } catch {
      return null; // not ours, or cut short: nothing that could be brought back
    }
  }
}

/**
 * The names of all living pages, which hold a lock each for as long as they live. Without locks (a
 * browser gives them to safe addresses alone) nobody is known to live.
 */
async function signedIn(locks) {
  if (!locks) return new Set();
  const { held } = await locks.query();
  return new Set(held.map((one) => one.name));
}
