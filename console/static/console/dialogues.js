/**
 * What the desk asks before it acts. Loaded when something is asked for the first time.
 * @module
 */

import { el } from "../chat/dom.js";
import { t } from "../chat/i18n.js";
import { clean } from "../chat/text.js";
import { nameOf, person } from "./names.js";
import { ask, fill, group, option } from "./questions.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./talk.js").Talk} Talk */

const PAUSES = [5, 10, 15, 30, 60];

/**
 * @param {Desk} desk
 * @param {Talk} talk
 */
export async function end(desk, talk) {
  const name = nameOf(talk);
  const question = { title: t("ask_end", { name }), more: t("ask_end_more"), yes: t("ask_end_yes"), danger: true };
  if (await ask(question)) desk.act("close", talk);
}

/**
 * @param {Desk} desk
 * @param {Talk} talk
 */
export async function release(desk, talk) {
  const name = nameOf(talk);
  const question = { title: t("ask_give_back", { name }), more: t("ask_give_back_more"), yes: t("ask_give_back_yes") };
  const given = await fill({ ...question, fields: [noteField()] });
  if (given) desk.act("release", talk, { note: note(given) });
}

/**
 * To a colleague, who has to accept it, or to another queue.
 * @param {Desk} desk
 * @param {Talk} talk
 */
export async function handOver(desk, talk) {
  const fields = [...people(desk), ...queues(desk, talk), noteField()];
  const more = t(talk.draft.trim() ? "ask_hand_over_draft" : "ask_hand_over_more");
  const given = await fill({ title: t("ask_hand_over", { name: nameOf(talk) }), more, yes: t("ask_hand_over_yes"), fields });
  if (!given) return;
  const [to, id] = String(given.get("to")).split(" ");
  if (to === "queue") desk.act("release", talk, { queue: Number(id), note: note(given) });
  else desk.act("offer", talk, { worker: Number(id), note: note(given) });
}

/** @param {Desk} desk */
function people(desk) {
  const options = choices(desk, { name: "to", value: (id) => `worker ${id}`, room: true });
  return options.length ? [group({ title: t("to_colleague"), more: t("to_colleague_more"), options })] : [];
}

/**
 * @param {Desk} desk
 * @param {Talk} talk
 */
function queues(desk, talk) {
  const options = desk.beside.elsewhere(talk).map((queue) => {
    const count = desk.beside.serving(queue.id).filter(({ id }) => id !== desk.me.id).length;
    const served = count ? t("queue_served", { count }) : t("queue_unserved");
    return option("to", { value: `queue ${queue.id}`, text: `${called(queue)} – ${served}`, on: false });
  });
  return options.length ? [group({ title: t("to_queue"), more: t("to_queue_more"), options })] : [];
}

/** @param {import("./beside.js").Queue} queue */
function called({ name, professions }) {
  return name || (professions.length ? professions.map((one) => t(`queue_${one}`)).join(", ") : t("queue_everybody"));
}

/**
 * @param {Desk} desk
 * @param {Talk} talk
 */
export async function askBeside(desk, talk) {
  const given = await fill({ title: t("ask_beside"), more: t("ask_beside_more"), yes: t("ask_beside_yes"), fields: choices(desk, { name: "worker", value: String, room: false }) });
  if (given) desk.act("ask", talk, { worker: Number(given.get("worker")) });
}

/** A note for whoever comes next. */
function noteField() {
  const field = el("textarea", { name: "note", rows: 3, maxlength: 4000, autocomplete: "off" });
  return el("label", { class: "stack" }, t("note_for_next"), field);
}

/**
 * Who of the others is on duty; the first who can is chosen.
 * @param {Desk} desk
 * @param {{name: string, value: (id: number) => string, room: boolean}} field `room`: whether they need room for one more
 */
function choices(desk, { name, value, room }) {
  const others = desk.beside.colleagues.filter(({ id }) => id !== desk.me.id);
  const can = (/** @type {import("./beside.js").Colleague} */ { state, free }) => state === "on" && (!room || free > 0);
  const first = others.find(can);
  return others.map((one) => {
    const state = can(one) ? (room ? t("colleague_free", { count: one.free }) : "") : one.state === "on" ? t("colleague_is_full") : t(`colleague_is_${one.state}`);
    return option(name, { value: value(one.id), text: [person(one), state].filter(Boolean).join(" – "), on: one === first, off: !can(one) });
  });
}

/**
 * @param {Desk} desk
 * @param {import("./talk.js").Waiting} one whom we want to take before their turn
 */
export async function pick(desk, one) {
  const line = desk.waiting.filter(({ queue }) => queue === one.queue);
  const count = Math.max(0, line.findIndex(({ ticket }) => ticket === one.ticket));
  const more = count ? t("ask_pick_more", { count }) : t("ask_pick_first");
  if (await ask({ title: t("ask_pick", { ticket: one.ticket }), more, yes: t("ask_pick_yes") })) desk.take(one.ticket);
}

/**
 * @param {Desk} desk
 * @param {Talk} talk
 */
export async function warn(desk, talk) {
  if (await ask({ title: t("ask_warn", { name: nameOf(talk) }), more: t("ask_warn_more"), yes: t("warn") })) desk.act("caution", talk, { step: "warn" });
}

/**
 * @param {Desk} desk
 * @param {Talk} talk
 */
export async function pauseWriting(desk, talk) {
  const question = { title: t("ask_pause_writing", { name: nameOf(talk) }), more: t("ask_pause_writing_more"), yes: t("ask_pause_writing_yes") };
  if (await ask(question)) desk.act("caution", talk, { step: "pause" });
}

/**
 * @param {Desk} desk
 * @param {import("./talks.js").WrapUp} one an ended talk that is not on the desk any more
 */
export async function wrapUp(desk, one) {
  const found = await import("./wrapup.js").catch(() => null);
  return found && new found.WrapUpDialogue(desk, one);
}

/** @param {FormData} given */
function note(given) {
  return clean(String(given.get("note"))).trim();
}

/**
 * @param {Talk | "note"} from where the words come from
 * @param {Talk} talk which they are pasted into
 */
export function pasting(from, talk) {
  if (from === "note") return ask({ title: t("ask_paste_note"), more: t("ask_paste_note_more"), yes: t("ask_paste_yes") });
  const names = { other: nameOf(from), name: nameOf(talk) };
  return ask({ title: t("ask_paste", names), more: t("ask_paste_more", names), yes: t("ask_paste_yes") });
}

/** @param {Desk} desk */
export async function rest(desk) {
  const choices = PAUSES.map((minutes) => option("minutes", { value: minutes, text: t("minutes", { minutes }), on: minutes === 10 }));
  const open = option("minutes", { value: "", text: t("duty_pause_open"), on: false });
  const given = await fill({ title: t("ask_pause"), more: t("ask_pause_more"), yes: t("duty_pause"), fields: [...choices, open] });
  if (!given) return;
  const minutes = Number(given.get("minutes"));
  desk.shift("pause", minutes ? { minutes } : {});
}

/** @param {Desk} desk */
export async function alone(desk) {
  const question = { title: t("ask_pair_absent"), more: t("ask_pair_absent_more"), yes: t("duty_pair_absent") };
  if (await ask(question)) desk.shift("pair_absent");
}

/** @param {Desk} desk */
export async function leave(desk) {
  const count = desk.talks.filter((talk) => !talk.over).length;
  const more = count ? t("ask_duty_end_open", { count }) : t("ask_duty_end_more");
  if (await ask({ title: t("ask_duty_end"), more, yes: t("duty_end"), danger: count > 0 })) desk.shift("end");
}
