// What every key and button does, by the names of the keymap.

export function actionsOf(desk) {
  return { ...watching(desk), ...(desk.isEditor ? editing(desk) : {}) };
}

/** What anybody may do. */
function watching({ grid, screen, timeline, tabs, help, track }) {
  const { player } = screen;
  const play = (how) => () => grid.active && player?.playCue(grid.active, how);
  const step = (ms) => () => (player ? player.step(ms) : screen.seek(Math.max(0, screen.nowMs + ms)));
  const find = (fits, direction) => () => grid.edit(grid.find(fits, direction));
  return {
    previous: () => grid.edit(grid.step(-1)),
    next: () => grid.edit(grid.step(1)),
    "play-cue": play(),
    "loop-cue": play({ loop: true }),
    "play-pause": () => player?.toggle(),
    back: step(-1000),
    forward: step(1000),
    "back-little": step(-100),
    "forward-little": step(100),
    "next-issue": find((row) => row.hasIssue),
    "previous-issue": find((row) => row.hasIssue, -1),
    "next-unconfirmed": find((row) => !row.isConfirmed),
    leave: () => document.activeElement.blur(),
    edit: () => grid.edit(grid.active ?? track.rows[0]),
    "show-cue": () => {
      tabs.open("cue");
      // From a cue in the middle, Tab would lead here through all rows.
      document.getElementById("panel-cue").focus();
    },
    "show-comments": () => {
      tabs.open("comments");
      document.querySelector("#panel-comments textarea")?.focus();
    },
    "show-find": () => tabs.open("find"),
    "zoom-in": () => timeline.zoomBy(1),
    "zoom-out": () => timeline.zoomBy(-1),
    help: () => help.open(),
  };
}

/** What whoever holds the task may do. */
function editing({ grid, editing: edit, stepper, offers, track, shiftDialog, recutDialog, saveAll, confirm }) {
  const isTyping = () => Boolean(document.activeElement?.matches("textarea, input"));
  // In a field the last typing is undone by the browser, unless the last thing done was a step.
  const unlessTyped = (act) => () => (isTyping() && !stepper.isLastOurs ? false : act());
  const nudge = (edge, by) => () => edit.nudge(edge, by);
  return {
    "confirm-next": async () => {
      const row = grid.active;
      if (row && (await confirm(row, true))) grid.edit(grid.find((other) => !other.isConfirmed) ?? grid.step(1));
    },
    "confirm-here": () => edit.confirmToHere(),
    "next-offer": () => offers.turn(1),
    "previous-offer": () => offers.turn(-1),
    save: () => saveAll(),
    undo: unlessTyped(() => stepper.undo()),
    redo: unlessTyped(() => stepper.redo()),
    "split-caret": () => edit.splitAtCaret(),
    "split-playhead": () => edit.splitAtPlayhead(),
    merge: () => edit.merge(),
    "word-next": () => edit.moveWords("next"),
    "word-previous": () => edit.moveWords("previous"),
    "rest-next": () => edit.moveWords("next", { fromCaret: true }),
    "rest-previous": () => edit.moveWords("previous", { fromCaret: true }),
    insert: () => edit.insert(),
    delete: () => edit.delete(),
    shift: () => grid.active && shiftDialog.open(grid.active, track.from(grid.active).length - 1),
    recut: () => recutDialog?.open(),
    "set-in": () => edit.setEdge("start"),
    "set-out": () => edit.setEdge("end"),
    "in-earlier": nudge("start", { frames: -1 }),
    "in-later": nudge("start", { frames: 1 }),
    "out-earlier": nudge("end", { frames: -1 }),
    "out-later": nudge("end", { frames: 1 }),
    "in-much-earlier": nudge("start", { ms: -100 }),
    "in-much-later": nudge("start", { ms: 100 }),
    "out-much-earlier": nudge("end", { ms: -100 }),
    "out-much-later": nudge("end", { ms: 100 }),
  };
}
