// Does steps on the server, one after the other, and shows what came of them; keeps what can be undone.

/** Steps that leave every text alone: typing goes on while they are on their way. */
const KEEPS_TEXT = new Set(["set_times", "shift", "confirm"]);

export class Stepper {
  /**
   * @param api a ReviewApi
   * @param track the Track
   * @param say a Say
   * @param on `{busy(), applied(answer, {isTyping}), settle()}`; settle sends what waits to
   *   become a step
   */
  constructor(api, track, say, on) {
    this.api = api;
    this.track = track;
    this.say = say;
    this.on = on;
    this.done = []; // steps that can be undone, the last at the end: `{id, cueIds}`
    this.undone = [];
    this.isLastOurs = false; // whether the last thing that happened was a step, not typing
    this.waiting = 0;
    this.queue = Promise.resolve();
  }

  /**
   * @param make called when it is this step's turn, once everything typed is saved; gives
   *   `{step, rows, said}` (what to do, the rows it touches, the words for it), or null for nothing
   * @returns the server's answer to it, or null when it was not done
   */
  run(make) {
    this.on.settle();
    return this.#enqueue(make, (answer) => {
      this.done.push(taken(answer));
      this.undone = [];
    });
  }

  undo() {
    return this.#turnBack(this.done, this.undone, "Undone.", "There is no step to undo.");
  }

  redo() {
    return this.#turnBack(this.undone, this.done, "Done again.", "There is nothing to do again.");
  }

  /** Somebody types: an undo in the field is then about the text. */
  typed() {
    this.isLastOurs = false;
  }

  #turnBack(from, to, said, nothing) {
    this.on.settle();
    return this.#enqueue(
      () => {
        const last = from.at(-1);
        if (!last) {
          this.say.say(nothing);
          return null;
        }
        const rows = last.cueIds.map((cueId) => this.track.get(cueId)).filter(Boolean);
        return { step: { kind: "undo", step_id: last.id }, rows, said };
      },
      (answer) => {
        from.pop();
        to.push(taken(answer));
      },
    );
  }

  #enqueue(make, remember) {
    this.#count(1);
    const turn = this.queue.then(() => this.#do(make, remember)).finally(() => this.#count(-1));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  async #do(make, remember) {
    const wanted = make();
    if (!wanted) return null;
    const { step, rows, said } = wanted;
    await Promise.all(rows.map((row) => row.saver.flush()));
    const unsaved = rows.find((row) => row.saver.isDirty);
    if (unsaved) {
      this.say.warn(`Not done: cue ${unsaved.number} is not saved yet.`);
      return null;
    }
    const changesText = !KEEPS_TEXT.has(step.kind);
    rows.forEach((row) => row.hold({ changesText }));
    const versions = Object.fromEntries(rows.map((row) => [row.cueId, row.version]));
    const answer = await this.api.step(step, versions);
    const place = this.#place();
    if (answer.kind === "ok") {
      this.track.apply(answer.body);
      remember(answer.body);
      this.isLastOurs = true;
    } else if (answer.kind === "stale") {
      await this.#catchUp(answer.body);
    }
    rows.forEach((row) => row.release());
    this.#stay(place);
    this.on.applied(answer.kind === "ok" ? answer.body : null, place);
    this.#tell(answer, said);
    return answer.kind === "ok" ? answer.body : null;
  }

  /** Cues are not as they were seen: show them as they are. */
  async #catchUp({ cues, removed, order }) {
    const isKnown = order.every((cueId) => this.track.get(cueId));
    if (isKnown) {
      this.track.apply({ changed: cues, removed, order });
      return;
    }
    const all = await this.api.cues();
    if (all.kind === "ok") this.track.takeAll(all.body);
  }

  #tell(answer, said) {
    const undo = { label: "Undo", act: () => this.undo() };
    const words = {
      ok: () => said && this.say.say(said, said.startsWith("Undone") ? null : undo),
      stale: () => this.say.warn("Not done: a cue was changed elsewhere. It is shown as it is now; try again."),
      refused: () => this.say.warn(`Not done: ${answer.message}`),
      offline: () => this.say.warn("Not done: the server cannot be reached. Try again in a moment."),
      paused: () => this.say.warn("Not done: the task cannot be written right now."),
    };
    words[answer.kind]();
  }

  /** Rows above may come and go: who looks at the active one keeps it in place. */
  #place() {
    const active = document.querySelector(".cue.active");
    const isTyping = Boolean(active?.contains(document.activeElement) && document.activeElement.matches("textarea"));
    return { active, isTyping, top: active?.getBoundingClientRect().top };
  }

  #stay({ active, top }) {
    if (!active?.isConnected) return;
    const moved = active.getBoundingClientRect().top - top;
    if (moved) scrollBy({ top: moved, behavior: "instant" });
  }

  #count(by) {
    this.waiting += by;
    this.on.busy();
  }
}

function taken(answer) {
  return { id: answer.step_id, cueIds: answer.changed.map((cue) => cue.cue_id) };
}
