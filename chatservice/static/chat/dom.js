/**
 * Elements from text, never from HTML: the page runs under `trusted-types 'none'`.
 * @module
 */

import { tidy } from "./text.js";

/** @typedef {string | number | Node | null | undefined | false} Child */
/** @typedef {Record<string, any>} Attributes */

/**
 * el("button", { class: "main", type: "button", disabled: busy, onclick: start }, t("start"))
 * False, null and undefined leave an attribute out, true writes it empty, "on…" functions listen.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Attributes | null} [attributes]
 * @param {...Child} children strings become text
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) attribute(element, key, value);
  element.append(...present(children));
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {string} key
 * @param {any} value
 */
function attribute(element, key, value) {
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (value === true) element.setAttribute(key, "");
  else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, String(value));
}

/** @param {Child[]} children */
function present(children) {
  const there = children.filter((child) => child !== null && child !== undefined && child !== false);
  return there.map((child) => (typeof child === "number" ? String(child) : /** @type {string | Node} */ (child)));
}

/**
 * Words of a person: isolated in direction, hidden characters visible. Line ends stay (CSS: `white-space: pre-wrap`).
 * @param {string} text
 * @returns {HTMLElement}
 */
export function words(text) {
  return el("bdi", { class: "words", dir: "auto" }, tidy(text));
}

/**
 * Puts a text in place only when it differs, so that readers hear changes alone.
 * @param {Element | null} element
 * @param {string} text
 */
export function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
