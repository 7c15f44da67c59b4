/**
 * Renews the numbers every 15 s while the page is looked at; when rows come or go, the page is loaded again.
 * @module
 */

const EVERY_MS = 15_000;
const script = document.querySelector("script[data-now]");
const address = script instanceof HTMLElement ? script.dataset.now : undefined;

/** @returns {Map<string, HTMLElement>} */
function shown() {
  const found = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-cell]"));
  return new Map([...found].map((cell) => [cell.dataset.cell ?? "", cell]));
}

/** @param {Record<string, string>} cells */
function fill(cells) {
  const there = shown();
  const names = Object.keys(cells);
  if (names.length !== there.size || names.some((name) => !there.has(name))) {
    location.reload();
    return;
  }
  for (const name of names) {
    const cell = there.get(name);
    if (cell && cell.textContent !== cells[name]) cell.textContent = cells[name] ?? "";
  }
}

async function renew() {
  if (document.hidden || !address) return;
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) fill((await answer.json()).cells);
  else if (answer) location.reload();
}

setInterval(renew, EVERY_MS);
document.addEventListener("visibilitychange", renew);
