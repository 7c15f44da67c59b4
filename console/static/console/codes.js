/**
 * The codes of a channel by their names, fetched once a page, and the order in which topics are offered.
 * @module
 */

import { t } from "../chat/i18n.js";

/** @typedef {import("./search.js").Choice} Choice */
/** @typedef {{code: string, name: string}} Named */
/** @typedef {Named & {within: string}} Topic */
/**
 * @typedef {{
 *   topics: Topic[], likely: string[], outcomes: Named[], risk_kinds: Named[],
 *   roles: Named[], ages: Named[], stages: Named[], languages: Named[], municipalities: Named[]
 * }} Book
 */

const ADDRESS = "/codes";
/** @type {Map<string, Promise<Book>>} */
const books = new Map();

/**
 * @param {string} channel
 * @returns {Promise<Book>} rejects when it cannot be had now
 */
export function book(channel) {
  const asked = books.get(channel) ?? ask(channel);
  books.set(channel, asked);
  asked.catch(() => books.delete(channel));
  return asked;
}

/** @param {string} channel */
async function ask(channel) {
  const headers = { Accept: "application/json" };
  const answer = await fetch(`${ADDRESS}?channel=${encodeURIComponent(channel)}`, { headers, redirect: "error", cache: "no-store" });
  if (!answer.ok) throw new Error("no codes");
  return answer.json();
}

/**
 * @param {Book} book
 * @param {string} chosen the visitor's own choice when coming in, or nothing
 * @returns {Choice[]} that one first, then what is common here, then all in the order of the taxonomy
 */
export function topicsOf({ topics, likely }, chosen) {
  const names = new Map(topics.map((topic) => [topic.code, topic]));
  const all = topics.map((topic) => ({ code: topic.code, name: topic.name, path: path(topic, names) }));
  const first = [chosen, ...likely.filter((code) => code !== chosen)].filter((code) => names.has(code));
  const noted = first.flatMap((code) => all.filter((each) => each.code === code));
  const rest = all.filter(({ code }) => !first.includes(code));
  const own = (/** @type {string} */ code) => (code === chosen ? { note: t("wrap_chosen"), sure: true } : { note: t("wrap_common") });
  return [...noted.map((each) => ({ ...each, ...own(each.code) })), ...rest];
}

/**
 * @param {Topic} topic
 * @param {Map<string, Topic>} names
 * @returns {string} what it lies under, from the top
 */
function path({ within }, names) {
  const over = names.get(within);
  if (!over) return "";
  return [path(over, names), over.name].filter(Boolean).join(" › ");
}

/**
 * @param {readonly Named[]} named
 * @returns {Choice[]}
 */
export function flat(named) {
  return named.map(({ code, name }) => ({ code, name, path: "" }));
}
