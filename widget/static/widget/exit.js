/**
 * The quick exit: blank at once, forget, and replace the page, so that Back does not return here.
 * By the red link on every screen, or by Shift pressed three times alone.
 * @module
 */

import { announce } from "../chat/a11y.js";
import { t } from "../chat/i18n.js";
import { tell } from "./frame.js";

const TIMES = 3;
/** All three presses within this. */
const WITHIN = 5000;
/** Who types capitals does not flee: a key in the composer this recently stops the counting. */
const TYPING = 1000;

/** @type {number[]} */
let presses = [];
let bare = false;
let typed = 0;

/**
 * Makes the red links and the Shift key work.
 * @param {{to: string, wipe: () => void}} options `wipe` says goodbye and forgets; it must not wait for anything
 */
export function arm({ to, wipe }) {
  const go = () => leave(to, wipe);
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-exit]") : null;
    if (!target) return;
    event.preventDefault();
    go();
  });
  document.addEventListener("keydown", (event) => noteKey(event), true);
  document.addEventListener("keyup", (event) => event.key === "Shift" && countShift(go), true);
}

/**
 * @param {string} to
 * @param {() => void} wipe
 */
function leave(to, wipe) {
  document.documentElement.hidden = true;
  wipe();
  document.body.replaceChildren();
  if (tell({ type: "exit", to })) return;
  try {
    (window.top ?? window).location.replace(to);
  } catch {
    window.location.replace(to);
  }
}

/** @param {KeyboardEvent} event */
function noteKey({ key, target, repeat }) {
  bare = key === "Shift" && (bare || !repeat);
  if (key === "Shift") return;
  presses = [];
  if (target instanceof HTMLTextAreaElement) typed = Date.now();
}

/** @param {() => void} go */
function countShift(go) {
  const now = Date.now();
  if (!bare || now - typed < TYPING) return;
  bare = false;
  presses = [...presses.filter((at) => now - at < WITHIN), now];
  if (presses.length >= TIMES) go();
  else announce(t("shift", { count: TIMES - presses.length }));
}
