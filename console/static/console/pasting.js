/**
 * Where copied words come from, and whether a pasted text belongs to another conversation.
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

/** The last copy made on this page. */
export class Copies {
  /** @type {{cid: string, text: string, note: boolean} | null} */
  last = null;

  /**
   * @param {HTMLElement} element what shows the talk
   * @param {string} cid
   */
  watch(element, cid) {
    const copied = (/** @type {Event} */ event) => {
      const text = (event.type === "copy" && String(getSelection() ?? "")) || selected(event);
      this.last = { cid, text, note: inNotes(event) };
    };
    element.addEventListener("copy", copied);
    element.addEventListener("cut", copied);
  }

  /**
   * @param {Talk} talk which it is pasted into
   * @param {string} text
   * @param {readonly Talk[]} talks
   * @returns {Talk | "note" | null} what it comes from; null when nothing has to be asked
   */
  from(talk, text, talks) {
    if (this.last?.note && this.last.text.trim() === text.trim()) return "note";
    return source(text, talk, talks, this.last);
  }
}

/** @param {Event} event */
function selected({ target }) {
  return target instanceof HTMLTextAreaElement ? target.value.slice(target.selectionStart, target.selectionEnd) : "";
}

/** @param {Event} event */
function inNotes({ target }) {
  return target instanceof Element && target.closest(".notes") !== null;
}
