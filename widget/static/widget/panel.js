/**
 * What stands above the log: where we are, who answers, what can be done now. Drawn anew when the screen changes,
 * changed in place when only a number does.
 * @module
 */

import { el, put } from "../chat/dom.js";
import { has, t } from "../chat/i18n.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {"connecting" | "waiting" | "called" | "talk" | "requeued" | "parked" | "ended" | "stopped"} Screen */
/** @typedef {{end: () => void, here: () => void, voucher: () => void, again: () => void, reload: () => void}} Actions */

/** Where a place is told. */
const PLACED = new Set(["waiting", "requeued", "parked"]);
/** It is open, and may let in again in a while: the next opening is said last. */
const AGAIN_SOON = new Set(["full", "pause"]);
/** A range that ends here is "at once". */
const SOON = 2;

/** @type {Record<State["phase"], Screen>} */
const SCREENS = {
  entering: "connecting", queued: "waiting", called: "called", active: "talk",
  parked: "parked", closed: "ended", stopped: "stopped",
};

/**
 * The screen that a state is shown as. At closing time everybody who waits has the same choice.
 * @param {State} state
 * @returns {Screen}
 */
export function screenOf({ phase, requeued, back, closing }) {
  if (phase !== "queued" || !requeued || closing) return SCREENS[phase];
  return back ? "parked" : "requeued";
}

/**
 * "Aino, curator": the role is drawn by us from the profession's code.
 * @param {import("../chat/frames.js").Who | null | undefined} who
 */
export function roleOf(who) {
  if (!who) return t("helper");
  return has(who.profession) ? t("talking_h", { name: who.name, profession: t(who.profession) }) : who.name;
}

/**
 * The h1 of a screen.
 * @param {State} state
 */
export function headingOf(state) {
  const screen = screenOf(state);
  if (screen === "talk") return state.helper ? roleOf(state.helper) : t("open_h");
  if (screen === "stopped") return t(`${state.ending}_h`);
  if (screen === "waiting" && state.closing) return t("closing_h");
  return t(screen === "waiting" ? "queued_h" : `${screen}_h`);
}

/**
 * The calm words of a screen, one paragraph each.
 * @param {State} state
 * @param {boolean} returns whether the tab remembers the visit
 * @returns {string[]}
 */
export function wordsOf(state, returns) {
  const screen = screenOf(state);
  if (screen === "waiting" && state.closing) return [t("closing"), state.refused ? t("voucher_none") : ""].filter(Boolean);
  if (screen === "waiting") return [t(state.skipped ? "skipped" : "queued"), ...why(state), ...(returns ? [] : [t("stays")])];
  if (screen === "talk") return [t("human")];
  if (screen === "ended") return [has(state.ending) ? t(state.ending) : "", t("deleted")].filter(Boolean);
  if (screen === "stopped") return shutWords(state);
  return [t(screen), ...(screen === "connecting" ? why(state) : [])];
}

/**
 * Why the place has grown: nobody stands further back without a word.
 * @param {State} state
 */
function why(state) {
  return has(`why_${state.why}`) ? [t(`why_${state.why}`)] : [];
}

/**
 * Why nobody is let in, and from when on; as the server says it at the door.
 * @param {State} state
 */
function shutWords({ ending, opens, reason }) {
  const when = opens && t(ending === "closed" ? "opens" : "opens_next", { when: opens });
  const told = AGAIN_SOON.has(ending) ? [t(ending), when] : [when, t(ending)];
  return [...told, reason && t("reason", { reason })].filter(Boolean);
}

/**
 * The place in words; empty while none is known.
 * @param {State} state
 */
export function placeOf({ place }) {
  if (!place) return "";
  return place === 1 ? t("next") : t("place", { place });
}

/**
 * About how long it takes, as a range and never a countdown (the server's door says it by the same rule).
 * @param {State} state
 */
export function rangeOf({ place, low, high, late }) {
  if (!place || low === null) return "";
  if (late) return t("may_not_reach");
  return t("wait_about", { range: minutes(low, high) });
}

/**
 * @param {number} low
 * @param {number | null} high
 */
function minutes(low, high) {
  if (high === null) return t("wait_over", { low });
  if (low) return t("wait_range", { low, high });
  return high <= SOON ? t("wait_now") : t("wait_most", { high });
}

/**
 * Heading, words and what can be done, as one section.
 * @param {State} state
 * @param {boolean} returns
 * @param {Actions} acts
 * @returns {HTMLElement}
 */
export function panel(state, returns, acts) {
  const screen = screenOf(state);
  const box = el("section", { class: `panel ${screen}` }, el("h1", null, headingOf(state)));
  if (PLACED.has(screen)) {
    box.append(el("p", { class: "place" }, placeOf(state)), el("p", { class: "range" }, rangeOf(state)), el("p", { class: "remembered" }));
  }
  box.append(...wordsOf(state, returns).map((text) => el("p", { class: "calm" }, text)));
  if (screen === "waiting" && !state.closing) box.append(el("p", { class: "calm keeps" }));
  box.append(...doings(screen, state, acts));
  return box;
}

/**
 * @param {Screen} screen
 * @param {State} state
 * @param {Actions} acts
 * @returns {HTMLElement[]}
 */
function doings(screen, state, acts) {
  if (screen === "stopped") return [stopped(state.ending, acts)];
  if (screen === "ended") return [button("new", "main", acts.again), el("button", { type: "button", "data-exit": true, class: "second" }, t("leave"))];
  if (screen === "waiting" && state.closing && !state.refused) {
    return [button("voucher_ask", "main", acts.voucher), ending("end_queue", acts.end)];
  }
  if (screen === "called" || (screen === "waiting" && state.skipped)) return [here(acts.here), ending("end_queue", acts.end)];
  return screen === "connecting" ? [] : [ending(screen === "talk" ? "end" : "end_queue", acts.end)];
}

/**
 * The visitor says that they are there; pressed once, it waits for the service.
 * @param {() => void} act
 */
function here(act) {
  const press = button("here", "main", () => {
    press.disabled = true;
    put(press, t("here_heard"));
    act();
  });
  press.dataset.here = "";
  return press;
}

/** What reloading may mend. @type {Record<string, string>} */
const RELOADS = { broken: "reload", full: "check", ending: "check", closed: "check", nobody: "check", pause: "check" };

/**
 * @param {string} ending
 * @param {Actions} acts
 */
function stopped(ending, acts) {
  const key = RELOADS[ending];
  return button(key ?? "new", "main", key ? acts.reload : acts.again);
}

/**
 * Ending asks once, in place.
 * @param {string} key
 * @param {() => void} end
 */
function ending(key, end) {
  const box = el("div", { class: "ending" });
  const ask = button(key, "second", () => {
    const no = button("end_no", "second", () => (box.replaceChildren(ask), ask.focus()));
    box.replaceChildren(el("p", null, t("end_sure")), button("end_yes", "main", end), no);
    no.focus();
  });
  box.append(ask);
  return box;
}

/**
 * @param {string} key
 * @param {string} kind
 * @param {() => void} act
 */
function button(key, kind, act) {
  return el("button", { type: "button", class: kind, onclick: act }, t(key));
}
