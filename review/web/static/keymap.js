// The keys, once: the page binds them from here and the help lists them from here.
//
// Never Alt+letter or Ctrl+Alt: people type letters with them on many keyboards. Keys that type
// something act outside text fields alone.

export const FIELD = "In a text field";
export const GRID = "Outside text fields";
export const ANYWHERE = "Anywhere";

export const KEYMAP = Object.freeze([
  { keys: ["Mod+Enter"], action: "confirm-next", where: ANYWHERE, label: "Confirm the cue, go to the next unconfirmed one" },
  { keys: ["Alt+ArrowUp"], action: "previous", where: ANYWHERE, label: "Previous cue" },
  { keys: ["Alt+ArrowDown"], action: "next", where: ANYWHERE, label: "Next cue" },
  { keys: ["F2"], action: "play-cue", where: ANYWHERE, label: "Play this cue" },
  { keys: ["Shift+F2"], action: "loop-cue", where: ANYWHERE, label: "Play this cue again and again" },
  { keys: ["F4"], action: "play-pause", where: ANYWHERE, label: "Play or pause" },
  { keys: ["F8"], action: "next-issue", where: ANYWHERE, label: "Next cue with a finding" },
  { keys: ["Shift+F8"], action: "previous-issue", where: ANYWHERE, label: "Previous cue with a finding" },
  { keys: ["F9"], action: "next-offer", where: ANYWHERE, label: "Put the next other text into the cue" },
  { keys: ["Shift+F9"], action: "previous-offer", where: ANYWHERE, label: "Put the one before into the cue" },
  { keys: ["Mod+."], action: "word-next", where: ANYWHERE, label: "Last word to the next cue" },
  { keys: ["Mod+,"], action: "word-previous", where: ANYWHERE, label: "First word to the previous cue" },
  { keys: ["Mod+z"], action: "undo", where: ANYWHERE, label: "Undo the last step (in a field: the typing first)" },
  { keys: ["Mod+Shift+z"], action: "redo", where: ANYWHERE, label: "Redo" },
  { keys: ["Mod+s"], action: "save", where: ANYWHERE, label: "Save now (it also happens by itself)" },
  { keys: ["Mod+Shift+Enter"], action: "split-caret", where: FIELD, label: "Split the cue at the cursor" },
  { keys: ["F7"], action: "rest-next", where: FIELD, label: "Text after the cursor to the next cue" },
  { keys: ["Shift+F7"], action: "rest-previous", where: FIELD, label: "Text before the cursor to the previous cue" },
  { keys: ["Escape"], action: "leave", where: FIELD, label: "Leave the field, keep the text" },
  { keys: ["Enter"], action: "edit", where: GRID, label: "Edit the active cue" },
  { keys: [" ", "k"], action: "play-pause", where: GRID, label: "Play or pause", single: true },
  { keys: ["ArrowLeft", "j"], action: "back", where: GRID, label: "One second back", single: true },
  { keys: ["ArrowRight", "l"], action: "forward", where: GRID, label: "One second forward", single: true },
  { keys: ["Shift+ArrowLeft"], action: "back-little", where: GRID, label: "A tenth of a second back", single: true },
  { keys: ["Shift+ArrowRight"], action: "forward-little", where: GRID, label: "A tenth of a second forward", single: true },
  { keys: ["i"], action: "set-in", where: GRID, label: "Cue starts at the playhead", single: true },
  { keys: ["o"], action: "set-out", where: GRID, label: "Cue ends at the playhead", single: true },
  { keys: ["q"], action: "in-earlier", where: GRID, label: "Start one frame earlier", single: true },
  { keys: ["w"], action: "in-later", where: GRID, label: "Start one frame later", single: true },
  { keys: ["e"], action: "out-earlier", where: GRID, label: "End one frame earlier", single: true },
  { keys: ["r"], action: "out-later", where: GRID, label: "End one frame later", single: true },
  { keys: ["Shift+q"], action: "in-much-earlier", where: GRID, label: "Start a tenth of a second earlier", single: true },
  { keys: ["Shift+w"], action: "in-much-later", where: GRID, label: "Start a tenth of a second later", single: true },
  { keys: ["Shift+e"], action: "out-much-earlier", where: GRID, label: "End a tenth of a second earlier", single: true },
  { keys: ["Shift+r"], action: "out-much-later", where: GRID, label: "End a tenth of a second later", single: true },
  { keys: ["s"], action: "split-playhead", where: GRID, label: "Split at the playhead", single: true },
  { keys: ["m"], action: "merge", where: GRID, label: "Merge with the next cue", single: true },
  { keys: ["a"], action: "insert", where: GRID, label: "Insert a cue after this one", single: true },
  { keys: ["Delete"], action: "delete", where: GRID, label: "Delete the cue" },
  { keys: ["t"], action: "shift", where: GRID, label: "Shift this and all following cues…", single: true },
  { keys: ["g"], action: "recut", where: GRID, label: "Transcript: cut cues anew, as they were heard…", single: true },
  { keys: ["h"], action: "confirm-here", where: GRID, label: "Confirm all cues up to this one", single: true },
  { keys: ["n"], action: "next-issue", where: GRID, label: "Next cue with a finding", single: true },
  { keys: ["p"], action: "previous-issue", where: GRID, label: "Previous cue with a finding", single: true },
  { keys: ["u"], action: "next-unconfirmed", where: GRID, label: "Next unconfirmed cue", single: true },
  { keys: ["d"], action: "show-cue", where: GRID, label: "Panel of the cue, with the machine's text", single: true },
  { keys: ["c"], action: "show-comments", where: GRID, label: "Comments", single: true },
  { keys: ["f"], action: "show-find", where: GRID, label: "Find and replace", single: true },
  { keys: ["+", "="], action: "zoom-in", where: GRID, label: "Timeline: closer", single: true },
  { keys: ["-"], action: "zoom-out", where: GRID, label: "Timeline: farther", single: true },
  { keys: ["?"], action: "help", where: GRID, label: "This list", single: true },
]);

/** Whether keystrokes go into text here. */
export function isField(element) {
  return Boolean(element?.closest?.("textarea, input:not([type=checkbox], [type=radio]), select, [contenteditable]"));
}

/** Whether the element answers Enter and Space by itself. */
function isControl(element) {
  return Boolean(element?.closest?.("button, a, summary, video, input, dialog"));
}

/** A keystroke as the map writes it, or null while an input method is at work. */
export function strokeOf(event) {
  if (event.isComposing || event.keyCode === 229) return null;
  if (event.ctrlKey && event.altKey) return null; // AltGr
  const isMod = event.ctrlKey || event.metaKey;
  const key = letterOf(event) ?? event.key;
  // Shift is already in a printed character such as "?".
  const isShift = event.shiftKey && (event.key.length > 1 || /^[a-z]$/u.test(key));
  return `${isMod ? "Mod+" : ""}${event.altKey ? "Alt+" : ""}${isShift ? "Shift+" : ""}${key}`;
}

/** The Latin letter of a key, also where the keyboard writes another script; null for other keys. */
function letterOf({ key, code = "" }) {
  if (/^[a-z]$/iu.test(key)) return key.toLowerCase();
  const isOfAnotherScript = key.length === 1 && /[^\p{Script=Latin}\p{Script=Common}]/u.test(key);
  return isOfAnotherScript && code.startsWith("Key") ? code.slice(3).toLowerCase() : null;
}

/** Whether somebody may give this keystroke to an action of that place. */
export function isBindable(stroke, where) {
  const parts = stroke.split(/\+(?=.)/u);
  const key = parts.at(-1);
  const isMod = parts.includes("Mod");
  if (["Tab", "Shift", "Control", "Alt", "Meta", "Dead", "Unidentified"].includes(key)) return false;
  if (parts.includes("Alt") && (isMod || key.length === 1)) return false;
  const types = !isMod && (key.length === 1 || ["Enter", "Backspace", "Delete"].includes(key));
  return where === GRID || !(types || /^Arrow|^Home|^End|^Page/u.test(stroke));
}

/** The action of a keystroke, or null. */
export function actionOf(event, { singleKeys = true, keymap = KEYMAP } = {}) {
  const stroke = strokeOf(event);
  if (stroke === null) return null;
  // A dialog that was closed keeps the focus until the page is painted again, and answers nothing.
  const target = event.target?.closest?.("dialog:not([open])") ? null : event.target;
  const inField = isField(target);
  for (const entry of keymap) {
    if (!entry.keys.includes(stroke)) continue;
    if (entry.single && !singleKeys) continue;
    if (entry.where === FIELD && !inField) continue;
    if (entry.where === GRID && (inField || answersItself(target, stroke))) continue;
    return entry.action;
  }
  return null;
}

/** A button takes Enter and Space, a player its arrows; other keys are ours there too. */
function answersItself(target, stroke) {
  if (target?.closest?.("dialog")) return true;
  if (stroke === "Enter" || stroke === " ") return isControl(target);
  return Boolean(target?.closest?.("video, input, [role=tablist]")) && /^(?:Shift\+)?Arrow/u.test(stroke);
}

/** A key as people read it. */
export function keyName(key, isMac = navigator.platform.startsWith("Mac")) {
  const names = { " ": "Space", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", Mod: isMac ? "⌘" : "Ctrl" };
  const name = (part) => names[part] ?? (/^[a-z]$/u.test(part) ? part.toUpperCase() : part);
  return key.split(/\+(?=.)/u).map(name).join("+");
}
