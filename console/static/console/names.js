/**
 * What talks and people are called, and a talk's own shape and edge colour by its ticket: neighbours differ in both.
 * @module
 */

import { has, t } from "../chat/i18n.js";

/** @typedef {import("../chat/frames.js").Item} Item */
/** @typedef {import("./talk.js").Talk} Talk */

const SVG = "http://www.w3.org/2000/svg";
const PATHS = [
  "M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1z",
  "M2 2h12v12H2z",
  "M8 1l7 14H1z",
  "M8 0l8 8-8 8-8-8z",
  "M5 0h6v5h5v6h-5v5H5v-5H0V5h5z",
];
const COLOURS = 6;
const LOOKS = { class: "shape", viewBox: "0 0 16 16", "aria-hidden": "true" };

/** @param {number} ticket */
export function colour(ticket) {
  return String(((ticket % COLOURS) + COLOURS) % COLOURS);
}

/**
 * @param {number} ticket
 * @returns {SVGSVGElement} decoration: the name beside it says the same
 */
export function shape(ticket) {
  const picture = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[((ticket % PATHS.length) + PATHS.length) % PATHS.length] ?? "");
  for (const [key, value] of Object.entries(LOOKS)) picture.setAttribute(key, value);
  picture.append(path);
  return picture;
}

/** @param {{name: string, profession: string}} who */
export const person = ({ name, profession }) => `${name}, ${t(profession)}`;

/** @param {Talk} talk */
export function nameOf(talk) {
  return t("name", { ticket: talk.facts.ticket });
}

/** @param {Talk} talk */
export function visitor(talk) {
  return t(`visitor_${talk.facts.channel}`);
}

/**
 * @param {{channel: string, language: string, age_band: string | null}} facts
 * @returns {string} "Young person · 13–15 years · Finnish"
 */
export function facts({ channel, language, age_band }) {
  // Somebody may have told of another language than those of the service.
  const tongue = `language_${language}`;
  const parts = [t(`visitor_${channel}`), age_band && t(`age_${age_band}`), has(tongue) && t(tongue)];
  return parts.filter(Boolean).join(" · ");
}

/** @param {Talk} talk */
export function about(talk) {
  return facts(talk.facts);
}

/**
 * @param {Item} item
 * @param {Talk} talk
 */
export function speaker(item, talk) {
  if (item.side === "visitor") return visitor(talk);
  return item.who ? person(item.who) : t("you");
}
