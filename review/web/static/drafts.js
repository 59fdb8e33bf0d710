// Texts that the server does not have yet, kept in this browser: they outlive a crash.

const PREFIX = "polycue:draft:";

/** The drafts of one person in one task. */
export class Drafts {
  constructor(userId, taskId, storage = window.localStorage) {
    this.prefix = `${PREFIX}${userId}:${taskId}:`;
    this.storage = storage;
    this.isFull = false;
  }

  /** The store of one cue: what a `CueSaver` needs. */
  of(cueId) {
    return {
      load: () => this.load(cueId),
      store: (draft) => this.store(cueId, draft),
      drop: () => this.storage.removeItem(this.prefix + cueId),
    };
  }

  load(cueId) {
    const kept = this.storage.getItem(this.prefix + cueId);
    if (kept === null) return null;
    try {
      const draft = JSON.parse(kept);
      return typeof draft.text === "string" && Number.isInteger(draft.base) ? draft : null;
    } catch {
      return null; // not ours, or cut short: nothing that could be brought back
    }
  }

  store(cueId, draft) {
    try {
      this.storage.setItem(this.prefix + cueId, JSON.stringify(draft));
      this.isFull = false;
    } catch {
      this.isFull = true; // the page says so: a closed tab would now cost text
    }
  }

  /** Ids of the cues with a kept text. */
  cueIds() {
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index));
    return keys
      .filter((key) => key?.startsWith(this.prefix))
      .map((key) => key.slice(this.prefix.length));
  }

  dropAll() {
    for (const cueId of this.cueIds()) this.storage.removeItem(this.prefix + cueId);
  }
}
