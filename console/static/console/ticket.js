/**
 * Fetches the one-time ticket with which the socket is opened.
 * @module
 */

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
