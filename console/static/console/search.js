/**
 * Finding a code by its name. Words may be begun or stand within a longer one, as Finnish compounds do; order, case and
 * dots over letters do not matter. No element of the page.
 * @module
 */

/**
 * `path`: what it belongs under; `note`: why it stands first; `sure`: it may be taken without being looked for.
 * @typedef {{code: string, name: string, path: string, note?: string, sure?: boolean}} Choice
 */

/** @param {string} text */
function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

/** @param {string} text */
function split(text) {
  return plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/**
 * How well one word of the question fits: 0 begins the name, 1 a word of it, 2 stands within, 3 in the path alone.
 * @param {string} word
 * @param {string} name
 * @param {string} path
 */
function rank(word, name, path) {
  if (name.startsWith(word)) return 0;
  if (split(name).some((each) => each.startsWith(word))) return 1;
  if (name.includes(word)) return 2;
  return path.includes(word) ? 3 : Infinity;
}

/**
 * @param {readonly Choice[]} choices
 * @param {string} query
 * @returns {Choice[]} those in which every word of it is found, the best first; all of them for an empty one
 */
export function find(choices, query) {
  const words = split(query);
  if (!words.length) return [...choices];
  const ranked = choices.map((choice) => {
    const [name, path] = [plain(choice.name), plain(choice.path)];
    return { choice, worth: Math.max(...words.map((word) => rank(word, name, path))) };
  });
  return ranked.filter(({ worth }) => worth < Infinity).sort((a, b) => a.worth - b.worth).map(({ choice }) => choice);
}
