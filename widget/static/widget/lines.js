/**
 * What is told in one line: the rows of the log that are no message, and what the other side is doing.
 * @module
 */

import { clockTime } from "../chat/frames.js";
import { has, t, tongue } from "../chat/i18n.js";

/**
 * Rows of the log that are no message.
 * @param {import("../chat/frames.js").Item} item
 * @param {number} pause minutes for which writing rests
 * @returns {string | null}
 */
export function lineOf({ kind, who, code, at }, pause) {
  if (kind === "joined" || kind === "transferred") {
    return who ? t(kind, { name: who.name, profession: t(who.profession) }) : null;
  }
  if (kind === "left") return who ? t("stepped_out", { name: who.name }) : null;
  if (kind === "requeued") return code === "returned" ? null : t("requeued_line");
  if (kind === "notice") return has(`line_${code}`) ? t(`line_${code}`, { time: later(at, pause) }) : null;
  return kind === "closed" ? t("closed_line") : null;
}

/** @param {import("./state.js").State} state */
export function doingOf({ phase, helper, typing, away }) {
  const name = helper?.name ?? t("helper");
  if (phase !== "active") return "";
  if (away) return t("away", { name });
  return typing ? t("typing", { name }) : "";
}

/**
 * Minutes of the wire are cut: one more is waited for.
 * @param {string} minute
 * @param {number} minutes
 */
function later(minute, minutes) {
  const time = Date.parse(minute.replace(/Z$/, ":00Z"));
  return Number.isNaN(time) ? "" : clockTime(new Date(time + (minutes + 1) * 60_000).toISOString(), tongue());
}
