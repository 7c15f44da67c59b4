/**
 * The one thing that outlives a reload: the visit's token, in this tab only, on the full page only.
 * In a frame, and where a browser forbids storage, the visit lives in memory alone.
 * @module
 */

const framed = window.parent !== window;

/** @returns {Storage | null} */
function storage() {
  try {
    return framed ? null : window.sessionStorage;
  } catch {
    return null;
  }
}

/** Whether a visitor may leave the page and come back in this tab. */
export function remembers() {
  return storage() !== null;
}

/**
 * The token kept under a name, or nothing.
 * @param {string} name
 * @returns {string}
 */
export function recall(name) {
  return storage()?.getItem(name) ?? "";
}

/**
 * Keeps a token for a reload of this tab.
 * @param {string} name
 * @param {string} token
 */
export function remember(name, token) {
  try {
    storage()?.setItem(name, token);
  } catch {
    // a full or forbidden store: the visit goes on in memory
  }
}

/** Empties this tab's store. */
export function forget() {
  storage()?.clear();
}
