/**
 * The wire format: one JSON text frame each way, told apart by its "type".
 * docs/protocol.md is the contract; both suites read docs/protocol/examples.json.
 * @module
 */

/** @typedef {{name: string, profession: string}} Who */
/**
 * One row of the ordered log of a conversation.
 * @typedef {{
 *   seq: number, kind: string, side: "visitor" | "professional" | "service", at: string,
 *   mid?: string | null, text?: string | null, who?: Who | null, code?: string | null,
 *   damaged?: boolean, mine?: boolean, mark?: Mark | null
 * }} Item
 */
/**
 * What moderation saw in a visitor's line, for professionals only; offsets count characters of the text as shown.
 * @typedef {{level?: string, categories?: string[], label?: string, masked?: boolean, reasons?: Reason[]}} Mark
 */
/** @typedef {{rule: string, start: number, end: number, blocker?: string}} Reason */
/** @typedef {{message_characters: number, frame_bytes: number, ping_seconds: number, dead_seconds: number}} Limits */
/**
 * A frame of either direction. Fields beyond "type" depend on it; readers ask for what they know.
 * @typedef {{type: string, [field: string]: any}} Frame
 */

/** What holds until the server's welcome names its own limits. @type {Limits} */
export const LIMITS = { message_characters: 4000, frame_bytes: 16384, ping_seconds: 20, dead_seconds: 45 };

const encoder = new TextEncoder();

/**
 * The frame in a text, or null when it is none (a client never trusts what it cannot read).
 * @param {unknown} text
 * @returns {Frame | null}
 */
export function read(text) {
  if (typeof text !== "string") return null;
  try {
    const frame = JSON.parse(text);
    return typeof frame?.type === "string" ? frame : null;
  } catch {
    return null;
  }
}

/**
 * The text of a frame.
 * @param {Frame} frame
 * @returns {string}
 */
export function write(frame) {
  return JSON.stringify(frame);
}

/**
 * Why a body cannot be sent, as the server would answer, or null when it can.
 * @param {string} body
 * @param {Limits} [limits]
 * @returns {"empty" | "too_long" | null}
 */
export function refusal(body, limits = LIMITS) {
  if (!body.trim()) return "empty";
  if ([...body].length > limits.message_characters) return "too_long";
  return encoder.encode(JSON.stringify(body)).length + 256 > limits.frame_bytes ? "too_long" : null;
}

/** @param {string} text */
const clock = (text) => text.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d)Z$/, "$1:00Z");

/**
 * A minute of the wire as the clock time of the service's country, "21.42" or "21:42".
 * @param {string} minute e.g. "2026-11-21T21:42Z"
 * @param {string} language
 * @returns {string} empty when the text is no time
 */
export function clockTime(minute, language) {
  const time = new Date(clock(minute));
  if (Number.isNaN(time.getTime())) return "";
  const format = { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Helsinki" };
  return new Intl.DateTimeFormat([language, "fi"], /** @type {Intl.DateTimeFormatOptions} */ (format)).format(time);
}
