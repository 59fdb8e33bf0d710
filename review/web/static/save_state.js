// What can be said about a text that was typed.

export const State = Object.freeze({
  SAVED: "saved", // the server has what the field has
  DIRTY: "dirty", // typed, about to be sent
  SAVING: "saving", // on its way
  OFFLINE: "offline", // could not be sent: kept here, tried again
  REFUSED: "refused", // the server will not store this text: it says why
  CONFLICT: "conflict", // somebody else's text is stored: a person must choose
  PAUSED: "paused", // not ours to write right now (lease lost, login ended): kept here
});
