/**
 * What moderation saw in a line, on the page: hidden personal data behind one tap, the rules' spans marked in the text,
 * an attack folded away. Words of a person become text nodes only, and what was shown on a tap is kept nowhere else.
 * @module
 */

import { el, words } from "../chat/dom.js";
import { t } from "../chat/i18n.js";
import { tidy } from "../chat/text.js";

/** @typedef {import("../chat/frames.js").Item} Item */
/** @typedef {import("../chat/frames.js").Mark} Mark */
/** @typedef {import("../chat/frames.js").Reason} Reason */
/** @typedef {{reveal: (seq: number) => void, warn: () => void, pause: () => void, end: () => void}} Acts */
/** @typedef {{text: string, marked: boolean}} Piece */

export const LEVELS = ["none", "concern", "high", "immediate"];
export const HIGH = 2;
/** How the service writes hidden personal data. */
const HIDDEN = /(•{3}|\[[^[\]\n]{2,40}\])/u;
/** Rules of this kind tell nothing of danger. */
const OF_ABUSE = /^(abuse|harassment|spam)\./u;

/**
 * @param {string | undefined} level
 * @returns {number} 0 to 3
 */
export function rank(level) {
  return Math.max(0, LEVELS.indexOf(level ?? ""));
}

/**
 * A level with its own shape; empty while there is none, which is no judgement.
 * @param {string | undefined} level
 */
export function chip(level) {
  const chosen = rank(level) ? `risk_${level}` : "";
  return el("span", { class: "reason risk-level", "data-reason": chosen, hidden: !chosen }, chosen && t(`reason_${chosen}`));
}

/**
 * @param {HTMLElement} old
 * @param {string | undefined} level
 * @returns {HTMLElement} the same one when it says the same
 */
export function rechip(old, level) {
  if ((old.dataset.reason ?? "") === (rank(level) ? `risk_${level}` : "")) return old;
  const fresh = chip(level);
  old.replaceWith(fresh);
  return fresh;
}

/**
 * @param {Mark | null | undefined} mark
 * @returns {Reason[]} why a line is marked: what tells of danger, else why it is folded
 */
export function grounds(mark) {
  const reasons = mark?.reasons ?? [];
  if (rank(mark?.level)) return reasons.filter(({ rule }) => !OF_ABUSE.test(rule));
  return (mark?.label ?? "ok") === "ok" ? [] : reasons;
}

/**
 * The places of a text that rules fired at, in order and without overlap; those with one blank between are one.
 * Offsets of the wire count characters, not units.
 * @param {Item} item
 * @returns {[number, number][]}
 */
export function places({ mark, text }) {
  const letters = [...(text ?? "")];
  const fired = grounds(mark).filter(({ start, end, blocker }) => !blocker && end > start);
  /** @type {[number, number][]} */
  const merged = [];
  for (const { start, end } of fired.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && letters.slice(last[1], start).join("").trim() === "") last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/**
 * @param {Item} item
 * @returns {Piece[]} its text in order
 */
export function pieces(item) {
  const letters = [...(item.text ?? "")];
  /** @type {Piece[]} */
  const found = [];
  let done = 0;
  for (const [start, end] of places(item)) {
    found.push({ text: letters.slice(done, start).join(""), marked: false }, { text: letters.slice(start, end).join(""), marked: true });
    done = end;
  }
  found.push({ text: letters.slice(done).join(""), marked: false });
  return found.filter(({ text }) => text);
}

/** @param {Item} item @returns {HTMLElement} its words with what the rules stopped at marked */
function marked(item) {
  const shown = el("bdi", { class: "words", dir: "auto" });
  for (const { text, marked: fired } of pieces(item)) {
    const parts = readable(text, Boolean(item.mark?.masked));
    if (fired) shown.append(el("mark", null, ...parts));
    else shown.append(...parts);
  }
  return shown;
}

/**
 * @param {string} text
 * @param {boolean} masked whether three dots stand for personal data
 */
function readable(text, masked) {
  const parts = masked ? text.split(HIDDEN).filter(Boolean) : [text];
  const named = (/** @type {string} */ part) => (part.startsWith("•") ? { role: "img", "aria-label": t("hidden_part") } : {});
  return parts.map((part) => (masked && HIDDEN.test(part) ? el("span", { class: "cut", ...named(part) }, tidy(part)) : tidy(part)));
}

/**
 * What stands in the bubble of a line; null for one that moderation saw nothing in.
 * @param {Item} item
 * @param {Acts} acts
 * @returns {Node | null}
 */
export function body(item, acts) {
  const { mark } = item;
  if (!mark) return null;
  const shown = el("div", { class: "as-shown" }, marked(item));
  const whole = el("div", { class: "marked" }, shown, mark.masked ? tap(item, shown, acts) : null);
  // Danger is never folded away; the service does not label such a line either.
  return (mark.label ?? "ok") === "ok" || rank(mark.level) ? whole : fold(mark, whole, acts);
}

/**
 * @param {Item} item
 * @param {HTMLElement} shown
 * @param {Acts} acts
 */
function tap(item, shown, { reveal }) {
  const button = el("button", { type: "button", class: "link reveal", "data-line": item.seq }, t("reveal"));
  button.addEventListener("click", () => {
    if (button.dataset.whole) {
      shown.replaceChildren(marked(item));
      delete button.dataset.whole;
      button.textContent = t("reveal");
    } else reveal(item.seq);
  });
  return button;
}

/**
 * @param {HTMLElement} log
 * @param {number} seq
 * @param {string} text the line as it was written
 */
export function revealed(log, seq, text) {
  const button = /** @type {HTMLElement | null} */ (log.querySelector(`.reveal[data-line="${Number(seq)}"]`));
  const shown = button?.previousElementSibling;
  if (!button || !shown) return;
  shown.replaceChildren(words(text));
  button.dataset.whole = "shown";
  button.textContent = t("hide_again");
}

/**
 * @param {Mark} mark
 * @param {HTMLElement} whole
 * @param {Acts} acts
 */
function fold({ label }, whole, { warn, pause, end }) {
  const button = (/** @type {string} */ key, /** @type {() => void} */ act) => el("button", { type: "button", onclick: act }, t(key));
  const answers = [button("warn", warn), button("pause_writing", pause), button("end", end)];
  const told = el("p", { class: "meta" }, t(`label_${label}`));
  const summary = el("summary", null, t(label === "spam" ? "fold_spam" : "fold"));
  return el("details", { class: "fold" }, summary, whole, told, el("div", { class: "row-of-buttons cautions" }, ...answers));
}
