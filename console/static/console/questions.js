/**
 * A question that must be answered before something that cannot be undone.
 * @module
 */

import { el } from "../chat/dom.js";
import { t } from "../chat/i18n.js";

/**
 * @param {{title: string, more: string, yes: string, danger?: boolean}} question
 * @returns {Promise<boolean>} false on "Cancel" and Esc
 */
export function ask({ title, more, yes, danger = false }) {
  return new Promise((resolve) => {
    const cancel = el("button", { value: "no", autofocus: true }, t("cancel"));
    const agree = el("button", { value: "yes", class: danger ? "danger" : "main" }, yes);
    const form = el("form", { method: "dialog", class: "row-of-buttons" }, agree, cancel);
    const heading = el("h2", { id: "question" }, title);
    const dialog = el("dialog", { "aria-labelledby": "question" }, heading, el("p", null, more), form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
