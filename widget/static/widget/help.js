/**
 * Who helps at once, above the talk: the emergency number and the lines that are open. It answers nothing and judges
 * nobody; it stays until the visitor folds the lines, and the number stays even then.
 * @module
 */

import { el } from "../chat/dom.js";
import { t } from "../chat/i18n.js";

const NUMBER = "112";
const MOST = 4;
/** The page knows who is open from when it came; later it does not claim that they answer right now. */
const SURE = 1_800_000;

/** Made when danger is first heard of. */
export class Help {
  /** @type {HTMLDetailsElement | null} */
  #lines;
  /** The strip; its first line is said at once when it comes into the page. */
  element;

  /** @param {Node | null} others the page's list of services */
  constructor(others) {
    this.#lines = linesOf(others);
    this.element = el("section", { class: "help-now", "aria-label": t("help") }, first(), this.#lines);
  }

  /** Danger was heard again. */
  open() {
    if (this.#lines) this.#lines.open = true;
  }
}

function first() {
  const [before] = t("help_danger").split(NUMBER);
  return el("p", { role: "alert" }, el("span", null, before), el("a", { href: `tel:${NUMBER}` }, NUMBER));
}

/**
 * Those that are open, without the emergency number, which stands above.
 * @param {Node | null} others
 */
function linesOf(others) {
  const rows = others instanceof HTMLElement ? [...others.querySelectorAll("li")] : [];
  const open = rows.filter((row) => row.querySelector(".now") && row.querySelector("a") && !row.querySelector(`[href="tel:${NUMBER}"]`));
  if (!open.length) return null;
  const sure = performance.now() < SURE;
  const list = el("ul", { class: sure ? "services brief" : "services" }, ...open.slice(0, MOST));
  return el("details", { open: true }, el("summary", null, t(sure ? "help_lines_now" : "help_lines")), list);
}
