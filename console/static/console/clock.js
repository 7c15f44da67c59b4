/**
 * How long somebody has waited, and how that is shown: pure.
 * @module
 */

const AMBER = 60_000;
const RED = 120_000;

/**
 * @param {number} ms since the visitor's last unanswered message
 * @returns {"calm" | "amber" | "red"}
 */
export function level(ms) {
  if (ms < AMBER) return "calm";
  return ms <= RED ? "amber" : "red";
}

/**
 * @param {number} ms
 * @returns {string} minutes and seconds, "0:45"
 */
export function minutesAndSeconds(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * @param {number} ms
 * @param {string} language
 * @returns {string} whole minutes, "3 min"
 */
export function minutes(ms, language) {
  const format = new Intl.NumberFormat([language, "fi"], { style: "unit", unit: "minute", unitDisplay: "short" });
  return format.format(Math.max(0, Math.floor(ms / 60_000)));
}

/**
 * A minute or second of the wire in milliseconds; NaN when it is no time.
 * @param {string} at
 */
export function instant(at) {
  return Date.parse(String(at).replace(/T(\d\d:\d\d)Z$/, "T$1:00Z"));
}
