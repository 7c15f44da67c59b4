/**
 * The desk's bar and its keys: theme, the keys and the help about them. Single letters rest while one writes or when
 * they are turned off. Choices are kept for this tab only.
 * @module
 */

/** @typedef {{take: () => void, write: () => void, nth: (n: number) => void}} Actions */

const get = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {Actions} actions */
export function bar(actions) {
  const single = /** @type {HTMLInputElement} */ (get("single-keys"));
  single.checked = kept("single-keys") !== "off";
  single.addEventListener("change", () => keep("single-keys", single.checked ? "on" : "off"));
  const help = () => /** @type {HTMLDialogElement} */ (get("help")).showModal();
  get("keys").addEventListener("click", help);
  themeSwitch(get("theme"));
  folds(document.querySelector(".offices"));
  listen({ ...actions, help }, () => single.checked);
}

/** @param {HTMLDetailsElement | null} menu folds when one goes elsewhere, and on Esc; only coordinators have it */
function folds(menu) {
  menu?.addEventListener("focusout", ({ relatedTarget }) => (menu.open &&= menu.contains(/** @type {Node | null} */ (relatedTarget))));
  menu?.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => menu && (menu.open &&= menu.contains(/** @type {Node} */ (target))));
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
