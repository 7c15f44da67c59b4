/**
 * The door: which channel, which language. Links replace the page, so that no step of it stays in the history.
 * @module
 */

import { load } from "../chat/i18n.js";
import { arm } from "./exit.js";
import { join } from "./frame.js";

load();
const settings = JSON.parse(document.getElementById("page")?.textContent ?? "{}");
arm({ to: settings.exit, wipe: () => undefined });
join(settings.origins, { shown: () => document.querySelector("h1")?.focus(), hidden: () => undefined });

for (const link of document.querySelectorAll("main a")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(/** @type {HTMLAnchorElement} */ (link).href);
  });
}
