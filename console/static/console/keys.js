/**
 * The desk's keys. Single letters rest while one writes or when they are turned off.
 * @module
 */

/** @typedef {{take: () => void, write: () => void, help: () => void, nth: (n: number) => void}} Actions */

/**
 * @param {Actions} actions
 * @param {() => boolean} single whether single letters are in use
 */
export function listen(actions, single) {
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
 * @param {Actions} actions
 */
function numbered(event, actions) {
  const digit = /^Digit([1-5])$/.exec(event.code);
  return digit ? () => actions.nth(Number(digit[1])) : null;
}

/**
 * @param {KeyboardEvent} event
 * @param {Actions} actions
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
