/**
 * The page around the conversations: its bar and keys (theme, the keys and the help about them), and the signed-in
 * session: one-time tickets for the socket, and what is shown when it is over.
 * Single letters rest while one writes or when they are turned off. Choices are kept for this tab only.
 * @module
 */

import { el } from "../chat/dom.js";
import { t } from "../chat/i18n.js";

/** @typedef {{take: () => void, write: () => void, nth: (n: number) => void}} Actions */

/** Close codes of a fault of ours, which a new page mends. */
const FAULTS = [4000, 4009];
/** What tells the socket to stop: the session is over. */
const SIGNED_OUT = 4010;

const get = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {Actions} actions */
export function bar(actions) {
  const single = /** @type {HTMLInputElement} */ (get("single-keys"));
  single.checked = kept("single-keys") !== "off";
  single.addEventListener("change", () => keep("single-keys", single.checked ? "on" : "off"));
  const help = () => /** @type {HTMLDialogElement} */ (get("help")).showModal();
  get("keys").addEventListener("click", help);
  themeSwitch(get("theme"));
  folds();
  listen({ ...actions, help }, () => single.checked);
}

/** Menus fold when one goes elsewhere, and on Esc. */
function folds() {
  const shut = (/** @type {EventTarget | null} */ target) => {
    for (const menu of open()) if (!menu.contains(/** @type {Node} */ (target))) menu.open = false;
  };
  document.addEventListener("pointerdown", ({ target }) => shut(target));
  document.addEventListener("focusin", ({ target }) => shut(target));
  document.addEventListener("keydown", (event) => {
    const menu = open().find((each) => each.contains(/** @type {Node} */ (event.target)));
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

/** @returns {HTMLDetailsElement[]} */
function open() {
  return [...document.querySelectorAll("details.drop")].map((each) => /** @type {HTMLDetailsElement} */ (each)).filter((each) => each.open);
}

/**
 * @param {Actions & {help: () => void}} actions
 * @param {() => boolean} single whether single letters are in use
 */
function listen(actions, single) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const act = event.altKey ? numbered(event, actions) : single() && !inField(event.target) && letter(event, actions);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {Actions & {help: () => void}} actions
 */
function numbered(event, actions) {
  const digit = /^Digit([1-5])$/.exec(event.code);
  return digit ? () => actions.nth(Number(digit[1])) : null;
}

/**
 * @param {KeyboardEvent} event
 * @param {Actions & {help: () => void}} actions
 */
function letter(event, actions) {
  if (event.repeat) return null;
  const acts = new Map([["n", actions.take], ["r", actions.write], ["?", actions.help]]);
  return acts.get(event.key) ?? null;
}

/** @param {EventTarget | null} target */
function inField(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** @param {HTMLElement} button */
function themeSwitch(button) {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => button.setAttribute("aria-pressed", String(dark()));
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    keep("theme", root.dataset.theme);
    show();
  });
  system.addEventListener("change", show);
  show();
}

/**
 * @param {string} key
 * @param {string} value
 */
export function keep(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Storage is shut: the choice lives as long as the page.
  }
}

/** @param {string} key */
export function kept(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} url
 * @returns {Promise<string>} rejects with `code` 4010 when a new sign-in is needed
 */
export async function fetchTicket(url) {
  const headers = { Accept: "application/json", "X-CSRFToken": document.body.dataset.csrf ?? "" };
  const answer = await fetch(url, { method: "POST", headers, redirect: "error", cache: "no-store" });
  if (answer.status === 401 || answer.status === 403) throw Object.assign(new Error("signed out"), { code: SIGNED_OUT });
  if (!answer.ok) throw new Error("no ticket");
  return (await answer.json()).ticket;
}

/**
 * Takes the conversations away and leads to where one can go on.
 * @param {HTMLElement} place
 * @param {{code: number, signIn: string}} why
 */
export function stopped(place, { code, signIn }) {
  if (document.getElementById("stopped")) return;
  const key = FAULTS.includes(code) ? "stopped_protocol" : "stopped";
  const link = el("a", { class: "button main", href: key === "stopped" ? signIn : "/" }, t(`${key}_go`));
  place.replaceChildren(el("div", { class: "empty", id: "stopped", role: "alert" }, el("h2", null, t(key)), link));
}
