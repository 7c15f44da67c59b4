/**
 * The visit page: the server's first screen stays until the visitor starts or a remembered visit goes on.
 * @module
 */

import { focusHeading } from "../chat/a11y.js";
import { load, t } from "../chat/i18n.js";
import { arm } from "./exit.js";
import { join } from "./frame.js";
import { forget, recall, remember, remembers } from "./token.js";

/** @typedef {{exit: string, host: string, channel: string, origins: string[], hold: number, pause: number}} Settings */
/** What a visitor says before coming in. @typedef {{age: string | null, wish: string, code: string}} Asked */

/** A return code has sixteen digits, however they are parted. */
const DIGITS = 16;

load();
const root = /** @type {HTMLElement} */ (document.getElementById("main"));
const start = /** @type {HTMLElement} */ (document.getElementById("start"));
/** Not there while the door is shut. */
const form = /** @type {HTMLFormElement | null} */ (document.getElementById("enter"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("code"));
/** @type {Settings} */
const settings = JSON.parse(document.getElementById("page")?.textContent ?? "{}");
const name = `${settings.host}/${settings.channel}`;
/** @type {import("./talk.js").Talk | null} */
let talk = null;

arm({ to: settings.exit, wipe: flee });
join(settings.origins, { shown: () => (talk ? talk.seen() : focusHeading(root)), hidden: () => talk?.covered() });
fit();
const windows = meet();
window.addEventListener("pagehide", () => root.replaceChildren());
window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
form?.addEventListener("submit", enter);
form?.addEventListener("change", grow);
document.getElementById("back")?.addEventListener("submit", comeBack);
start.addEventListener("pointerdown", () => void import("./talk.js").catch(() => undefined), { once: true, passive: true });
for (const link of start.querySelectorAll("nav a, .check")) link.addEventListener("click", replace);
document.getElementById("too-old")?.remove();
root.dataset.ready = "";
if (recall(name)) begin({ age: null, wish: "", code: "" }, recall(name)).catch(() => complain(t("broken")));

function flee() {
  forget();
  talk?.flee();
}

/** @param {Event} event */
function enter(event) {
  event.preventDefault();
  const said = new FormData(/** @type {HTMLFormElement} */ (form));
  const age = said.get("age");
  if (settings.channel !== "parent" && !age) {
    complain(t("choose_age"));
    form?.querySelector("input")?.focus();
    return;
  }
  const asked = { age: age === null ? null : String(age), wish: String(said.get("wish") ?? ""), code: "" };
  begin(asked, "").catch(() => complain(t("broken")));
}

/** @param {Event} event */
function comeBack(event) {
  event.preventDefault();
  const code = field.value;
  if (code.replace(/\D/g, "").length !== DIGITS) {
    refused("code_length");
    return;
  }
  field.value = "";
  begin({ age: null, wish: "", code }, "").catch(() => complain(t("broken"), "code-error"));
}

/**
 * The code opened nothing: said at its field.
 * @param {string} key
 */
function refused(key) {
  if (talk) again();
  field.closest("details")?.setAttribute("open", "");
  complain(t(key), "code-error");
  field.focus();
}

/**
 * @param {string} text
 * @param {string} [id]
 */
function complain(text, id = "enter-error") {
  document.getElementById(id)?.replaceChildren(text);
}

/**
 * @param {Asked} asked
 * @param {string} token
 */
async function begin(asked, token) {
  const { Talk } = await import("./talk.js");
  const url = `${location.origin.replace(/^http/, "ws")}/socket`;
  const { host, channel } = settings;
  complain("", "code-error");
  talk = new Talk(root, {
    ticket: { url, host, channel, language: document.documentElement.lang, ...asked, token },
    returns: remembers(),
    hold: settings.hold,
    pause: settings.pause,
    others: () => start.querySelector(".services")?.cloneNode(true) ?? null,
    token: (given) => remember(name, given),
    over: forget,
    again,
    refused,
  });
  talk.open();
  windows?.postMessage("hello");
}

/** Back to the first screen; the ended talk is forgotten. */
function again() {
  talk?.wipe();
  talk = null;
  forget();
  root.replaceChildren(start);
  root.dataset.screen = "start";
  focusHeading(root);
}

/** Small children get larger letters as soon as they tell their age. */
function grow() {
  const age = String(new FormData(/** @type {HTMLFormElement} */ (form)).get("age") ?? "");
  document.documentElement.toggleAttribute("data-small", age === "A07_09" || age === "A10_12");
  complain("");
}

/** @param {Event} event */
function replace(event) {
  event.preventDefault();
  location.replace(/** @type {HTMLAnchorElement} */ (event.currentTarget).href);
}

/** The page is as high as what the keyboard leaves; `dvh` alone does not know it on every phone. */
function fit() {
  const view = window.visualViewport;
  const measure = () => {
    const height = Math.round(view?.height ?? innerHeight);
    document.documentElement.style.setProperty("--height", `${height}px`);
    document.documentElement.toggleAttribute("data-low", height < 480);
  };
  view?.addEventListener("resize", measure);
  measure();
}

/**
 * Windows of this browser notice each other; a browser that forbids it simply does not tell.
 * @returns {BroadcastChannel | null}
 */
function meet() {
  try {
    const channel = new BroadcastChannel("visit");
    channel.onmessage = ({ data }) => {
      talk?.doubled();
      if (talk && data === "hello") channel.postMessage("here");
    };
    return channel;
  } catch {
    return null;
  }
}
