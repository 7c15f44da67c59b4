/**
 * The desk page: joins the socket, the desk's state and what is drawn.
 * @module
 */

import { announce } from "../chat/a11y.js";
import { put } from "../chat/dom.js";
import { has, load, t } from "../chat/i18n.js";
import { Socket } from "../chat/socket.js";
import { Alarm } from "./alarm.js";
import { Offers } from "./aside.js";
import { bar, fetchTicket, stopped } from "./bar.js";
import { Desk } from "./desk.js";
import { nameOf } from "./names.js";
import { Panel } from "./panel.js";
import { Copies } from "./pasting.js";
import { Piles } from "./piles.js";
import { ShiftBar } from "./shift.js";

/** @typedef {import("./talk.js").Talk} Talk */

/** After a switch an Enter is more likely meant for the conversation before. */
const ENTER_RESTS = 400;
/** From this width on conversations stand side by side. */
const WIDE = matchMedia("(min-width: 100em)");
const WIDER = matchMedia("(min-width: 137em)");

const get = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
load("words");
const setting = JSON.parse(get("setting").textContent ?? "{}");

/** @type {Map<string, Panel>} */
const panels = new Map();
/** Conversations by how recently they were chosen. @type {string[]} */
let recent = [];
/** @type {string | null} */
let chosen = null;
let guardedUntil = 0;
let drawing = false;
const copies = new Copies();

/** @type {Desk} */
const desk = new Desk(setting, {
  send: (frame) => socket.send(frame),
  resync: () => socket.resync(),
  changed,
  said: (key, talk) => say(reasoned(key, talk?.why), talk ? { name: nameOf(talk) } : {}),
  rows: (talk, items) => panelOf(talk).add(items),
  noted: (talk, items) => panelOf(talk).note(items),
  cleared: (talk) => panels.get(talk.cid)?.clear(),
  revealed: (talk, seq, text) => panelOf(talk).reveal(seq, text),
  opened,
  watching: (talk) => talk.cid === chosen && document.visibilityState === "visible",
});
/** @type {Socket} */
const socket = new Socket({
  url: `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${setting.socket}`,
  first: async () => ({ type: "hello", v: 1, ticket: await fetchTicket(setting.ticket), ...desk.cursors() }),
  onFrame: (frame) => desk.hear(frame),
  onLink: (link, code) => desk.linked(link, code),
});
const piles = new Piles(desk, choose, (one) => void asking((asks) => asks.pick(desk, one)), (one) => void wrapUp(one));
/** The codes of an ended talk that is not on the desk any more. @type {import("./wrapup.js").WrapUpDialogue | null} */
let wrapping = null;
const shift = new ShiftBar(get("shift"), desk, (question) => void asking((asks) => asks[question](desk)));
const offers = new Offers(get("offers"), desk);
const alarm = new Alarm(get("alarms"), get("sounds"), desk);
/** Why taking the next one did not succeed; it stands at that button. */
const NOT_TAKEN = new Set(["nothing_waiting", "full", "off_duty", "on_pause", "finishing", "take_failed", "wrong_step", "not_picked"]);

const actions = {
  say: (/** @type {Talk} */ talk, /** @type {string} */ body) => desk.say(talk, body),
  type: (/** @type {Talk} */ talk, /** @type {boolean} */ on) => desk.type(talk, on),
  retry: (/** @type {Talk} */ talk, /** @type {string} */ mid) => desk.retry(talk, mid),
  dismiss,
  end: (/** @type {Talk} */ talk) => void asking((asks) => asks.end(desk, talk)),
  release: (/** @type {Talk} */ talk) => void asking((asks) => asks.release(desk, talk)),
  handOver: (/** @type {Talk} */ talk) => void asking((asks) => asks.handOver(desk, talk)),
  askBeside: (/** @type {Talk} */ talk) => void asking((asks) => asks.askBeside(desk, talk)),
  warn: (/** @type {Talk} */ talk) => void asking((asks) => asks.warn(desk, talk)),
  pauseWriting: (/** @type {Talk} */ talk) => void asking((asks) => asks.pauseWriting(desk, talk)),
  pasting,
  changed,
  limits: () => desk.limits,
  guarded: () => performance.now() < guardedUntil,
  guard: () => void (guardedUntil = performance.now() + ENTER_RESTS),
};

/** @param {Talk} talk */
function panelOf(talk) {
  const old = panels.get(talk.cid);
  if (old?.talk === talk) return old;
  old?.element.remove();
  const panel = new Panel(talk, actions, desk);
  add(talk, panel);
  return panel;
}

/**
 * @param {Talk} talk
 * @param {Panel} panel
 */
function add(talk, panel) {
  panels.set(talk.cid, panel);
  panel.element.addEventListener("focusin", () => talk.cid !== chosen && mark(talk));
  copies.watch(panel.element, talk.cid);
  panel.element.hidden = true;
  get("work").append(panel.element);
}

/**
 * Makes a conversation the one that is written to. Only ever called for an act of the professional's own.
 * @param {Talk} talk
 */
function mark(talk) {
  chosen = talk.cid;
  recent = [talk.cid, ...recent.filter((cid) => cid !== talk.cid)];
  talk.unread = 0;
  actions.guard();
  draw();
}

/** @param {Talk} talk */
function choose(talk) {
  mark(talk);
  panelOf(talk).toEnd();
  panelOf(talk).write();
}

/** @param {Talk} talk a conversation that we asked for */
function opened(talk) {
  const writing = document.activeElement?.closest(".composer");
  if (!writing) {
    mark(talk);
    panelOf(talk).focus();
  }
  say("taken", { name: nameOf(talk) });
}

/**
 * @param {string} key
 * @param {Record<string, string | number>} values
 */
function say(key, values) {
  put(get("take-said"), NOT_TAKEN.has(key) ? t(key) : "");
  put(get("told"), /^(colleague|care)_/.test(key) ? t(key) : "");
  if (!get("take-said").textContent && !get("told").textContent) announce(t(key, values));
}

/**
 * @param {string} key
 * @param {string} [why]
 * @returns {string} the key with its reason, when there are words for it
 */
function reasoned(key, why) {
  const exact = `${key}_${why}`;
  return has(exact) ? exact : key;
}

function changed() {
  if (drawing) return;
  drawing = true;
  queueMicrotask(draw);
}

function draw() {
  drawing = false;
  // What a stopped desk shows stands in the place of everything that is drawn here: nothing is drawn after it.
  if (document.getElementById("stopped")) return;
  const talks = desk.talks;
  const here = new Set(talks.map(({ cid }) => cid));
  for (const [cid, panel] of panels) if (!here.has(cid)) remove(cid, panel);
  // Nothing was on the page yet, so nobody is switched away from anything.
  if (!chosen && !recent.length && talks[0]) recent = [(chosen = talks[0].cid)];
  const shown = columns(here);
  for (const talk of talks) show(talk, shown);
  get("empty").hidden = shown.size > 0;
  piles.draw(chosen);
  shift.draw();
  offers.draw();
  alarm.draw();
  wrapping?.update(desk.link === "open");
  frame();
}

/**
 * @param {string} cid
 * @param {Panel} panel
 */
function remove(cid, panel) {
  panel.element.remove();
  panels.delete(cid);
  recent = recent.filter((each) => each !== cid);
  if (chosen === cid) chosen = null;
}

/**
 * @param {Set<string>} here
 * @returns {Set<string>} the chosen one, and on wide screens those chosen before it
 */
function columns(here) {
  const count = WIDER.matches ? 3 : WIDE.matches ? 2 : 1;
  if (count === 1) return new Set(chosen ? [chosen] : []);
  const rest = [...here].filter((cid) => !recent.includes(cid));
  return new Set([...recent, ...rest].slice(0, count));
}

/**
 * @param {Talk} talk
 * @param {Set<string>} shown
 */
function show(talk, shown) {
  const panel = panelOf(talk);
  const appears = panel.element.hidden && shown.has(talk.cid);
  panel.element.hidden = !shown.has(talk.cid);
  panel.element.style.order = String(desk.talks.indexOf(talk));
  if (talk.cid === chosen) panel.element.dataset.chosen = "";
  else delete panel.element.dataset.chosen;
  panel.update({ open: desk.link === "open", locked: desk.locked });
  panel.tick(desk.now());
  if (appears) panel.toEnd();
}

function frame() {
  const unread = desk.talks.reduce((sum, talk) => sum + talk.unread, 0);
  // No template inside a template: the minifier does not know them and would take blanks out of the inner one.
  const mark = (alarm.rings ? "‼ " : "") + (unread ? `(${unread}) ` : "");
  document.title = mark + t("title");
  document.body.dataset.link = desk.link;
  put(get("line"), t(`link_${desk.link}`));
  if (desk.link === "stopped") stopped(get("work"), { code: desk.code, signIn: setting.sign_in });
}

/** @param {Talk} talk */
function dismiss(talk) {
  desk.dismiss(talk);
  draw();
  get("work").focus();
}

/**
 * Asks first. What cannot be asked because the page's files cannot be had now is not done.
 * @template T
 * @param {(asks: typeof import("./dialogues.js")) => Promise<T>} question
 * @returns {Promise<T | null>}
 */
async function asking(question) {
  const asks = await import("./dialogues.js").catch(() => null);
  if (!asks) say("take_failed", {});
  return asks && question(asks);
}

/** @param {import("./talks.js").WrapUp} one */
async function wrapUp(one) {
  wrapping = await asking((asks) => asks.wrapUp(desk, one));
}

/**
 * @param {Talk} talk
 * @param {string} text
 * @returns {Promise<boolean> | null} null when nothing has to be asked
 */
function pasting(talk, text) {
  const from = copies.from(talk, text, desk.talks);
  return from && asking((asks) => asks.pasting(from, talk)).then(Boolean);
}

function tick() {
  const now = desk.now();
  for (const talk of desk.talks) panels.get(talk.cid)?.tick(now);
  piles.tick();
  offers.tick();
}

function looked() {
  const talk = desk.talk(chosen);
  if (document.visibilityState !== "visible" || !talk) return;
  talk.unread = 0;
  changed();
}

/** @param {BeforeUnloadEvent} event words that only this page has would be lost */
function leaving(event) {
  if (desk.beside.unsent || desk.talks.some((talk) => talk.draft.trim() || talk.outbox.entries.length)) event.preventDefault();
}

function start() {
  const nth = (/** @type {number} */ n) => desk.talks.slice(n - 1, n).forEach(choose);
  const take = () => /** @type {HTMLButtonElement} */ (get("take")).disabled || desk.take();
  bar({ take, nth, write: () => panels.get(chosen ?? "")?.write() });
  get("take").addEventListener("click", take);
  for (const width of [WIDE, WIDER]) width.addEventListener("change", changed);
  document.addEventListener("visibilitychange", looked);
  addEventListener("beforeunload", leaving);
  setInterval(tick, 1000);
  socket.open();
  draw();
}

start();
