/**
 * The page inside a host's panel: a port to the loader, and nothing but "ready", "close", "unread" and "exit" on it.
 * @module
 */

/** @type {MessagePort | null} */
let port = null;

/**
 * Waits for the loader's one hello. Anything else that the embedding page says is ignored.
 * @param {readonly string[]} origins which may embed us
 * @param {{shown: () => void, hidden: () => void}} acts
 */
export function join(origins, acts) {
  if (window.parent === window) return;
  window.addEventListener("message", (event) => {
    const known = event.source === window.parent && origins.includes(event.origin);
    if (port || !known || event.data?.type !== "hello" || !event.ports[0]) return;
    port = event.ports[0];
    port.onmessage = ({ data }) => {
      if (data?.type === "shown") acts.shown();
      if (data?.type === "hidden") acts.hidden();
    };
    const close = /** @type {HTMLElement | null} */ (document.querySelector("[data-close]"));
    if (close) close.hidden = false;
    close?.addEventListener("click", () => tell({ type: "close" }));
    tell({ type: "ready" });
  });
}

/**
 * Says one of four words to the embedding page; never text, topic or state.
 * @param {{type: "ready" | "close" | "unread" | "exit", n?: number, to?: string}} message
 * @returns {boolean} whether a loader hears us
 */
export function tell(message) {
  port?.postMessage(message);
  return port !== null;
}
