/**
 * A question that must be answered before something that cannot be undone, and small forms of the same kind.
 * @module
 */

import { el } from "../chat/dom.js";
import { t } from "../chat/i18n.js";

/** @typedef {{title: string, more: string, yes: string, danger?: boolean, fields?: HTMLElement[]}} Question */

/**
 * @param {Question} question
 * @returns {Promise<boolean>} false on "Cancel" and Esc
 */
export async function ask(question) {
  return (await fill(question)) !== null;
}

/**
 * @param {Question} question with fields to fill in
 * @returns {Promise<FormData | null>} null on "Cancel" and Esc
 */
export function fill({ title, more, yes, danger = false, fields = [] }) {
  return new Promise((resolve) => {
    const cancel = el("button", { value: "no", autofocus: !fields.length, formnovalidate: true }, t("cancel"));
    const agree = el("button", { value: "yes", class: danger ? "danger" : "main" }, yes);
    const buttons = el("div", { class: "row-of-buttons" }, agree, cancel);
    const form = el("form", { method: "dialog", class: "filling" }, ...fields, buttons);
    const heading = el("h2", { id: "question" }, title);
    const dialog = el("dialog", { "aria-labelledby": "question" }, heading, el("p", null, more), form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? new FormData(form) : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * One of several to choose from.
 * @param {string} name of the group
 * @param {{value: string | number, text: string, on: boolean, off?: boolean}} choice `off`: cannot be chosen now
 */
export function option(name, { value, text, on, off = false }) {
  const radio = el("input", { type: "radio", name, value, checked: on, disabled: off, required: true });
  return el("label", { class: "check" }, radio, text);
}

/**
 * Choices that belong together, with what they have in common.
 * @param {{title: string, more: string, options: HTMLElement[]}} choices
 */
export function group({ title, more, options }) {
  return el("fieldset", null, el("legend", null, title), el("p", { class: "meta" }, more), ...options);
}
