/**
 * The signed-in session as the page sees it: one-time tickets for the socket, and what is shown when it is over.
 * @module
 */

import { el } from "../chat/dom.js";
import { t } from "../chat/i18n.js";

/** Close codes of a fault of ours, which a new page mends. */
const FAULTS = [4000, 4009];
/** What tells the socket to stop: the session is over. */
const SIGNED_OUT = 4010;

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
