/**
 * What a screen reader and a keyboard notice.
 * @module
 */

/** Long enough for a reader to notice that the region was emptied. */
const BLINK = 60;
/** @type {any} */
let timer = 0;

/**
 * Says a short text once through the page's one status region (`<p id="status" role="status">`).
 * Cleared first, so that the same text is read again.
 * @param {string} text
 */
export function announce(text) {
  const region = document.getElementById("status");
  if (!region) return;
  clearTimeout(timer);
  region.textContent = "";
  timer = setTimeout(() => (region.textContent = text), BLINK);
}

/**
 * Takes back what was said and is true no more, unless something else was said since: a region is read again by hand.
 * @param {string} text
 */
export function unsay(text) {
  const region = document.getElementById("status");
  if (text && region?.textContent === text) region.textContent = "";
}

/**
 * Moves the reader to the heading of a new screen; never called because a message came.
 * @param {ParentNode} root
 */
export function focusHeading(root) {
  const heading = root.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "nearest" });
}
