/**
 * Renews the preview while the hours are changed; without it the button "Preview" does the same.
 * @module
 */

const PAUSE_MS = 400;

/** @typedef {{ days: [string, string, string][], wrong: string[] }} Preview */

/** @param {HTMLFormElement} form */
async function ask(form) {
  const answer = await fetch(location.href, {
    method: "POST",
    body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
    headers: { Accept: "application/json" },
  });
  return answer.ok ? /** @type {Preview} */ (await answer.json()) : null;
}

/** @param {[string, string, string]} day */
function row([name, times, why]) {
  const line = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = name;
  const cell = document.createElement("td");
  cell.textContent = times;
  if (why) {
    const reason = document.createElement("p");
    reason.className = "meta";
    reason.textContent = why;
    cell.append(reason);
  }
  line.append(head, cell);
  return line;
}

/** @param {Preview} preview */
function show(preview) {
  const table = document.querySelector("[data-preview]");
  const wrong = document.querySelector("[data-wrong]");
  const said = /** @type {HTMLElement | null} */ (document.querySelector("[data-said]"));
  if (!(table instanceof HTMLElement) || !(wrong instanceof HTMLElement) || !said) return;
  table.hidden = !preview.days.length;
  wrong.hidden = !table.hidden;
  if (preview.wrong.length) wrong.textContent = preview.wrong.join(" ");
  table.querySelector("tbody")?.replaceChildren(...preview.days.map(row));
  said.textContent = preview.days.length ? (said.dataset.said ?? "") : "";
  table.dataset.renewed = String(Number(table.dataset.renewed ?? 0) + 1);
}

for (const form of document.querySelectorAll("form[data-hours]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let latest = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++latest;
      const preview = await ask(form).catch(() => null);
      if (preview && mine === latest) show(preview);
    }, PAUSE_MS);
  });
}
