/**
 * Whether a pasted text belongs to another conversation: pure.
 * @module
 */

/** @typedef {import("./talk.js").Talk} Talk */

/** Shorter texts are everybody's ("hei", "kiitos"). */
const TELLING = 12;

/** @param {string} text */
const plain = (text) => text.replace(/\s+/g, " ").trim().toLowerCase();

/**
 * @param {string} text what is pasted
 * @param {Talk} into
 * @param {readonly Talk[]} talks
 * @param {{cid: string, text: string} | null} copied the last copy made on this page
 * @returns {Talk | null} the other conversation that the text comes from
 */
export function source(text, into, talks, copied) {
  const wanted = plain(text);
  if (!wanted) return null;
  const others = talks.filter((talk) => talk.cid !== into.cid);
  if (copied && plain(copied.text) === wanted) return others.find((talk) => talk.cid === copied.cid) ?? null;
  if (wanted.length < TELLING || holds(into, wanted)) return null;
  return others.find((talk) => holds(talk, wanted)) ?? null;
}

/**
 * @param {Talk} talk
 * @param {string} wanted
 */
function holds(talk, wanted) {
  const said = talk.transcript.items.map((item) => plain(item.text ?? ""));
  const texts = [...said, plain(talk.draft)].filter((text) => text.length >= TELLING);
  return texts.some((text) => text.includes(wanted) || wanted.includes(text));
}
