/**
 * The page's words: one JSON block that the template wrote with json_script; no request.
 *
 *   t("send"), t("answers", { name: "Aino" }), t("place", { count: 3 })   // keys place_one, place_other
 * @module
 */

/** @type {Record<string, string>} */
let words = {};
let language = "fi";

/**
 * Reads the block; the language is the page's.
 * @param {string} [id]
 */
export function load(id = "words") {
  use(JSON.parse(document.getElementById(id)?.textContent || "{}"), document.documentElement.lang);
}

/**
 * Takes a table directly, as tests do.
 * @param {Record<string, string>} table
 * @param {string} tongue
 */
export function use(table, tongue) {
  words = table;
  language = tongue || "fi";
}

/** The page's language, for dates and lang attributes. */
export function tongue() {
  return language;
}

/**
 * The text of a key with its {names} filled in; the key itself when there is none, so that a hole is seen in tests.
 * @param {string} key
 * @param {Record<string, string | number>} [values] a `count` picks the plural form
 * @returns {string}
 */
export function t(key, values = {}) {
  const text = words[form(key, values)] ?? words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * Tells a known key.
 * @param {string} key
 * @returns {boolean} whether the page brought a text for it
 */
export function has(key) {
  return key in words;
}

/**
 * @param {string} key
 * @param {Record<string, string | number>} values
 */
function form(key, { count }) {
  if (typeof count !== "number") return key;
  const exact = `${key}_${new Intl.PluralRules([language, "fi"]).select(count)}`;
  return exact in words ? exact : `${key}_other`;
}
