/**
 * What a stranger wrote, made safe to look at: pure. Nothing is thrown away silently that could mislead;
 * characters that re-order or hide text become visible marks (threat: a message that pretends to be another).
 * @module
 */

const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<=^|[^\ud800-\udbff])[\udc00-\udfff]/g;
const HIDDEN = /[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
/** Joiners between marks do not begin a new letter: without them in the count, marks pile up as high as one likes. */
const MARKS = /((?:\p{M}[\u200c\u200d]*){8})[\p{M}\u200c\u200d]+/gu;
const LINES = /\r\n?|[\u2028\u2029]/g;
const JOINABLE = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)/u;
/** Scripts in which a joiner is spelling, not a trick. */
const JOINING =
  /^(?:\p{sc=Arab}|\p{sc=Syrc}|\p{sc=Deva}|\p{sc=Beng}|\p{sc=Taml}|\p{sc=Telu}|\p{sc=Knda}|\p{sc=Mlym}|\p{sc=Sinh}|\p{M})/u;
const BLACK_FLAG = "\u{1f3f4}";
/** The longest region of a flag: five letters and the closing tag, two units each. */
const REGION = 14;

/**
 * Text as it is sent: composed, without control characters, line ends as newlines.
 * @param {string} text
 * @returns {string}
 */
export function clean(text) {
  const lines = text.replace(LINES, "\n");
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
  const before = last(text, at);
  if (character === "\u200d" && JOINABLE.test(before)) return JOINABLE.test(text.slice(at + 1, at + 3));
  if (character === "\u200d" || character === "\u200c") return JOINING.test(before);
  return character > "\u{e001f}" && ofFlag(text, at);
}

/**
 * The character before a place. Not by an expression anchored at the end: with a class of characters beyond the
 * first plane that fails in Chromium 156.
 * @param {string} text
 * @param {number} at
 */
function last(text, at) {
  const pair = text.slice(Math.max(0, at - 2), at);
  return (pair.codePointAt(0) ?? 0) > 0xffff ? pair : pair.slice(-1);
}

/**
 * A flag of a region is a black flag followed by tag letters: those belong to it.
 * @param {string} text
 * @param {number} at
 */
function ofFlag(text, at) {
  const flag = text.lastIndexOf(BLACK_FLAG, at);
  if (flag < 0 || at - flag > REGION) return false;
  return [...text.slice(flag + 2, at)].every((each) => each > "\u{e001f}");
}

/** @param {string} character */
function mark(character) {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
