/**
 * Renews how far a check is every two seconds while the page is looked at; when it is over, the page is loaded again.
 * @module
 */

const EVERY_MS = 2_000;
const script = document.querySelector("script[data-progress]");
const address = script instanceof HTMLElement ? script.dataset.progress : undefined;
const bar = document.querySelector("progress");

async function renew() {
  if (document.hidden || !address) return;
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer) return;
  const told = answer.ok ? await answer.json() : { checking: false };
  if (!told.checking) location.reload();
  else if (bar) bar.value = told.percent;
}

setInterval(renew, EVERY_MS);
document.addEventListener("visibilitychange", renew);
