// A made-up day at one cue: words typed, answers slow or lost, tabs closed and opened again.
//
// Runs in the browser, as the body of a function that gets `CueSaver` and `State`. One person alone
// must never be in conflict, "saved" must be true whenever it is said, and in the end the server
// must hold what was typed last.

/** What went wrong on that day, or null. */
async function day(seed, { CueSaver, State }) {
  const random = dice(seed);
  const clock = new Clock();
  const server = { text: "start", version: 1, isHealthy: false };
  const browser = { draft: null, page: 0, inFlight: 0 };
  const problems = [];
  let typed = server.text;
  let saver = open();

  for (let step = 4 + random(12); step > 0 && !problems.length; step -= 1) {
    const what = random(12);
    if (what < 7) {
      typed = what === 0 ? "start" : `${typed.slice(0, 20)}${random(10)}`;
      saver.edit(typed);
    } else if (what < 9) {
      saver.flush();
      if (what === 8) saver.flush();
    } else if (what === 9) {
      await closeTheTab();
      saver = open();
      if (saver.text !== typed) problems.push(`typed ${typed}, after reopening ${saver.text}`);
    }
    await clock.pass(random(1500));
  }
  server.isHealthy = true;
  await clock.pass(200000);
  if (server.text !== typed) problems.push(`typed ${typed}, stored ${server.text}`);
  if (saver.state !== State.SAVED) problems.push(`ended as ${saver.state}`);
  if (browser.draft !== null) problems.push("a draft was left behind");
  return problems.length ? `seed ${seed}: ${problems[0]}` : null;

  function open() {
    browser.page += 1;
    browser.inFlight = 0;
    const page = browser.page;
    const opened = new CueSaver(
      { text: server.text, version: server.version },
      {
        send: (text, version) => send(page, text, version),
        timers: {
          set: (act, ms) => clock.set(() => page === browser.page && act(), ms),
          clear: (timer) => clock.clear(timer),
        },
        drafts: {
          load: () => browser.draft,
          store: (draft) => page === browser.page && (browser.draft = structuredClone(draft)),
          drop: () => page === browser.page && (browser.draft = null),
        },
        changed: (one) => page === browser.page && look(one),
      },
    );
    opened.restore();
    return opened;
  }

  function look(one) {
    if (one.state === State.CONFLICT) problems.push("a conflict with oneself");
    if (one.state === State.SAVED && one.text !== server.text) problems.push("called saved, is not");
  }

  /** Some requests never arrive, the answers of some get lost, all take their time. */
  function send(page, text, version) {
    browser.inFlight += 1;
    if (browser.inFlight > 1) problems.push("two requests at once");
    const fate = server.isHealthy ? "good" : ["lost", "unanswered", "good", "good", "good"][random(5)];
    return new Promise((answer) => {
      const tell = (told) => clock.set(() => page === browser.page && answered(told), random(900));
      const answered = (told) => {
        browser.inFlight -= 1;
        answer(told);
      };
      clock.set(() => {
        const told = fate === "lost" ? null : serve(text, version);
        tell(fate === "good" ? told : { kind: "offline" });
      }, random(900));
    });
  }

  function serve(text, version) {
    if (text !== server.text) {
      if (version !== server.version) {
        return { kind: "stale", text: server.text, version: server.version };
      }
      server.text = text;
      server.version += 1;
    }
    return { kind: "ok", version: server.version };
  }

  /** What the page still sends arrives; nobody is there to hear the answers. */
  async function closeTheTab() {
    browser.inFlight = 0; // the last words are sent beside what is on its way
    saver.flushLast();
    browser.page += 1;
    await clock.pass(2500);
  }
}

class Clock {
  constructor() {
    this.now = 0;
    this.timers = [];
  }

  set(act, ms) {
    const timer = { at: this.now + ms, act };
    this.timers.push(timer);
    return timer;
  }

  clear(timer) {
    this.timers = this.timers.filter((one) => one !== timer);
  }

  async pass(ms) {
    const until = this.now + ms;
    for (;;) {
      const [due] = this.timers.filter((one) => one.at <= until).sort((a, b) => a.at - b.at);
      if (!due) break;
      this.clear(due);
      this.now = due.at;
      due.act();
      // Let everything run that waits for this: more turns than any chain of awaits is long.
      for (let turn = 0; turn < 20; turn += 1) await null;
    }
    this.now = until;
  }
}

function dice(seed) {
  let state = (seed * 7919) % 2147483647;
  return (sides) => {
    state = (state * 48271) % 2147483647;
    return state % sides;
  };
}
