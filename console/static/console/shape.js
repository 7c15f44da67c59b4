/**
 * A conversation's own shape and edge colour, by its ticket: neighbours always differ in both.
 * @module
 */

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
