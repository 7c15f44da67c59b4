/**
 * What a stranger wrote, made safe to look at: pure. Nothing is thrown away silently that could mislead;
 * characters that re-order or hide text become visible marks (threat: a message that pretends to be another).
 * @module
 */

const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<=^|[^\ud800-\udbff])[\udc00-\udfff]/g;
const HIDDEN = /[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
const MARKS = /(\p{M}{8})\p{M}+/gu;
const JOINABLE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u;
const JOINED = /^\p{Extended_Pictographic}/u;
/** Scripts in which a joiner is spelling, not a trick. */
const JOINING_SCRIPT = /[\p{sc=Arabic}\p{sc=Syriac}\p{sc=Deva}\p{sc=Beng}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{M}]$/u;

/**
 * Text as it is sent: composed, without control characters, line ends as newlines.
 * @param {string} text
 * @returns {string}
 */
export function clean(text) {
  const lines = text.replace(/\r\n?/g, "\n");
  return lines.replace(LONE, "\ufffd").replace(CONTROLS, "").normalize("NFC");
}

/**
 * Text as it is shown.
 * @param {string} text
 * @returns {string}
 */
export function tidy(text) {
  const shown = clean(text).replace(MARKS, "$1");
  return shown.replace(HIDDEN, (character, at) => (spelling(shown, character, at) ? character : mark(character)));
}

/**
 * @param {string} text
 * @param {string} character
 * @param {number} at
 */
function spelling(text, character, at) {
  const before = text.slice(Math.max(0, at - 2), at);
  if (character === "\u200d" && JOINABLE.test(before)) return JOINED.test(text.slice(at + 1, at + 3));
  if (character === "\u200d" || character === "\u200c") return JOINING_SCRIPT.test(before);
  return character > "\u{e001f}" && flag(text, at);
}

/**
 * A flag of a region is a black flag followed by tag letters: those belong to it.
 * @param {string} text
 * @param {number} at
 */
function flag(text, at) {
  return /\u{1f3f4}[\u{e0020}-\u{e007f}]*$/u.test(text.slice(Math.max(0, at - 16), at));
}

/** @param {string} character */
function mark(character) {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
