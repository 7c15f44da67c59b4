/**
 * What a visit looks like from outside: one pure reducer over frames and link changes.
 * @module
 */

/** @typedef {import("../chat/frames.js").Frame} Frame */
/** @typedef {import("../chat/frames.js").Item} Item */
/** @typedef {import("../chat/frames.js").Who} Who */
/**
 * `back`: the talk waits again because the visitor was away and came back, not because it was cut on our side.
 * `help` counts how often danger was heard: each time the numbers are opened again.
 * `phase` is the server's state of the conversation, or "entering" before the first welcome, or "stopped".
 * @typedef {{
 *   phase: "entering" | "queued" | "called" | "active" | "parked" | "closed" | "stopped", returning: boolean,
 *   link: import("../chat/socket.js").Link, place: number, until: string, helper: Who | null,
 *   typing: boolean, away: boolean, requeued: boolean, back: boolean, ending: string, opens: string, reason: string,
 *   low: number | null, high: number | null, late: boolean, skipped: boolean, why: string, closing: boolean,
 *   code: string, voucher: string, refused: boolean, help: number
 * }} State
 */

/**
 * Before anything was heard.
 * @param {boolean} [returning] whether a talk of before is gone on with
 * @returns {State}
 */
export function fresh(returning = false) {
  return {
    phase: "entering", returning, link: "closed", place: 0, until: "", helper: null,
    typing: false, away: false, requeued: false, back: false, ending: "", opens: "", reason: "",
    low: null, high: null, late: false, skipped: false, why: "", closing: false, code: "", voucher: "", refused: false, help: 0,
  };
}

/** Why nothing comes any more, by close code; the rest is our fault. @type {Record<number, string>} */
const STOPS = { 4001: "gone", 4003: "gone", 4010: "gone" };

/**
 * The state after a frame; unknown frames change nothing.
 * @param {State} state
 * @param {Frame} frame
 * @returns {State}
 */
export function heard(state, frame) {
  const step = STEPS[frame.type];
  return step ? step(state, frame) : state;
}

/**
 * The state after a change of the link; a stop tells why nothing comes any more.
 * @param {State} state
 * @param {State["link"]} link
 * @param {number} code
 * @returns {State}
 */
export function linked(state, link, code) {
  const quiet = { ...state, link, typing: false };
  if (link !== "stopped" || state.phase === "closed" || state.ending) return quiet;
  const refused = state.phase === "entering" && !state.returning && STOPS[code] === "gone";
  return { ...quiet, phase: "stopped", ending: refused ? "unavailable" : (STOPS[code] ?? "broken") };
}

/**
 * The rows that tell more than a message.
 * @param {State} state
 * @param {readonly Item[]} items
 * @returns {State}
 */
export function applied(state, items) {
  return items.reduce((now, item) => ({ ...now, ...change(now, item) }), state);
}

/** @type {Record<string, (state: State, frame: Frame) => State>} */
const STEPS = {
  welcome: (state, frame) => ({ ...moved(state, frame.state), until: frame.held_until ?? "", why: "", help: Math.max(state.help, frame.help ? 1 : 0) }),
  help: (state) => ({ ...state, help: state.help + 1 }),
  queue: (state, frame) => placed({ ...moved(state, frame.state), skipped: skipped(state, frame.state), closing: Boolean(frame.closing), why: "" }, frame),
  code: (state, frame) => ({ ...state, code: frame.digits }),
  voucher: (state, frame) => ({ ...state, voucher: frame.digits, opens: frame.opens_in_words ?? "" }),
  typing: (state, frame) => (frame.side === "professional" ? { ...state, typing: Boolean(frame.on) } : state),
  presence: (state, frame) =>
    frame.side === "professional" ? { ...state, away: frame.link !== "here", typing: false } : state,
  shut: (state, frame) => ({
    ...state, phase: "stopped", ending: frame.state, opens: frame.opens_in_words ?? "", reason: frame.reason ?? "",
  }),
  nack: (state, frame) => {
    if (frame.mid) return state;
    // Many from one place come in one after the other; nobody is turned away for it, and the page asks again by itself.
    if (state.phase === "entering" && frame.code === "limited") return { ...state, why: "many" };
    if (state.phase === "entering") return { ...state, phase: "stopped", ending: refusalOf(frame.code) };
    return { ...state, refused: state.closing };
  },
};

/**
 * A frame without a place tells of the state alone.
 * @param {State} state
 * @param {Frame} frame
 * @returns {State}
 */
function placed(state, { place, low, high, may_not_reach, why }) {
  return place ? { ...state, place, low: low ?? null, high: high ?? null, late: Boolean(may_not_reach), why: why ?? "" } : state;
}

/**
 * The call passed unanswered: the place stays, and that is said until the next call.
 * @param {State} state
 * @param {State["phase"]} next
 */
function skipped({ phase, skipped: before }, next) {
  return next === "queued" && (before || phase === "called");
}

/** @param {string} code */
function refusalOf(code) {
  if (code === "full") return "full";
  return code === "closed" || code === "gone" ? "unavailable" : "broken";
}

/**
 * @param {State} state
 * @param {State["phase"]} phase
 * @returns {State}
 */
function moved(state, phase) {
  if (!phase) return state;
  if (phase === "active") return { ...state, phase, requeued: false, place: 0 };
  return { ...state, phase, typing: false, away: false, place: phase === "queued" ? state.place : 0 };
}

/**
 * @param {State} state
 * @param {Item} item
 * @returns {Partial<State>}
 */
function change(state, { kind, side, who, code }) {
  if (kind === "joined" || kind === "transferred") return { helper: who ?? state.helper, requeued: false, away: false };
  if (kind === "requeued") return { helper: null, requeued: true, back: code === "returned", typing: false, away: false };
  if (kind === "closed") return { phase: "closed", typing: false, ending: code ?? "" };
  if (kind === "message" && side === "professional") return { helper: who ?? state.helper, typing: false, away: false };
  return {};
}
