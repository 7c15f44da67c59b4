import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Desk } from "../../console/static/console/desk.js";

const ME = { name: "Aino", profession: "curator", capacity: 2 };
const FACTS = { cid: "c1", ticket: 14, epoch: 3, state: "active", channel: "youth", language: "fi", age_band: null, since: "", link: "here" };

/** @type {any[]} */
let sent = [];
/** @type {any[]} */
let told = [];
/** @type {Desk} */
let desk;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.parse("2026-11-21T21:42:30Z") });
  sent = [];
  told = [];
  const nothing = () => undefined;
  desk = new Desk(ME, {
    send: (frame) => sent.push(frame) > 0, said: (key) => told.push(key), watching: () => false,
    resync: nothing, changed: nothing, rows: nothing, noted: nothing, cleared: nothing, opened: nothing,
    revealed: (talk, seq, text) => told.push(`${talk.cid} ${seq} ${text}`),
  });
  desk.linked("open", 0);
  desk.hear({ type: "welcome", v: 1, server_time: "2026-11-21T21:42:30Z", limits: {}, worker: ME, talks: [FACTS] });
  desk.hear({ type: "events", cid: "c1", items: [{ seq: 1, kind: "message", side: "visitor", at: "", text: "soita •••", mark: { masked: true } }], last: 1 });
});
afterEach(() => mock.timers.reset());

const first = () => /** @type {any} */ (desk.talks[0]);

test("a line as written goes to the view alone", () => {
  desk.act("reveal", first(), { seq: 1 });
  const { ref, ...frame } = sent.at(-1);
  assert.deepEqual(frame, { type: "reveal", cid: "c1", epoch: 3, seq: 1 });
  assert.ok(ref);
  desk.hear({ type: "revealed", cid: "c1", seq: 1, text: "soita 0401234567" });
  assert.deepEqual(told, ["c1 1 soita 0401234567"]);
  assert.equal(desk.asking("reveal"), false);
  assert.equal(JSON.stringify(first().transcript.items).includes("0401234567"), false);
});

test("a line of a talk that is not ours any more is not shown", () => {
  desk.act("reveal", first(), { seq: 1 });
  desk.hear({ type: "gone", cid: "c1", reason: "requeued" });
  desk.hear({ type: "revealed", cid: "c1", seq: 1, text: "soita 0401234567" });
  assert.equal(told.some((each) => each.includes("0401234567")), false);
});

test("a question about the place says so, once, and also when it goes again", () => {
  first().write("Missä olet?");
  first().asksPlace = true;
  desk.say(first(), "Missä olet?");
  assert.equal(sent.at(-1).asks_place, true);
  desk.linked("lost", 1006);
  desk.linked("open", 0);
  desk.hear({ type: "events", cid: "c1", items: [], last: 1 });
  assert.deepEqual(sent.filter(({ type }) => type === "send").map((frame) => frame.asks_place), [true, true]);
  desk.hear({ type: "ack", cid: "c1", mid: sent.at(-1).mid, seq: 2, at: "2026-11-21T21:42Z", dup: false });
  desk.say(first(), "selvä");
  assert.equal("asks_place" in sent.filter(({ type }) => type === "send").at(-1), false);
});

test("a question that was deleted is not asked", () => {
  first().write("Missä olet?");
  first().asksPlace = true;
  first().write(" ");
  assert.equal(first().asksPlace, false);
});

test("refusals are told where the talks are", () => {
  for (const [act, code] of [["lower", "retry"], ["caution", "wrong_step"]]) {
    desk.act(String(act), first());
    desk.hear({ type: "nack", code, ref: sent.at(-1).ref });
  }
  assert.deepEqual(told, ["care_failed", "care_not_active"]);
});

const ended = { cid: "c1", channel: "youth", language: "fi", closed: "2026-11-21T21:42Z", topic: "", risk: "" };

test("the codes of a talk are known when they are saved", () => {
  desk.hear({ type: "wrap_ups", items: [ended, { ...ended, cid: "c2", closed: "2026-11-21T21:50Z" }] });
  const ref = desk.act("wrap_up", null, { cid: "c1", topic: "Y.MIND", risk: "high" });
  assert.equal(desk.asking("wrap_up"), true);
  desk.hear({ type: "wrapped_up", cid: "c1", topic: "Y.MIND", risk: "high", ref });
  assert.deepEqual(desk.wraps.items.map(({ cid, topic, risk }) => [cid, topic, risk]), [["c2", "", ""], ["c1", "Y.MIND", "high"]]);
  assert.deepEqual([desk.asking("wrap_up"), desk.wraps.answer], [false, { ref, refused: "" }]);
});

test("a refusal of codes is told at their form, each with its own words", () => {
  for (const [code, words] of [["side_topics", "wrap_side_topics"], ["unknown_place", "wrap_unknown_place"], ["retry", "wrap_failed"]]) {
    const ref = desk.act("wrap_up", null, { cid: "c1" });
    desk.hear({ type: "nack", code, ref });
    assert.deepEqual(desk.wraps.answer, { ref, refused: words });
  }
  assert.deepEqual(told, []);
});

test("the ended talks stand over a break until the service tells them again", () => {
  desk.hear({ type: "wrap_ups", items: [ended] });
  desk.linked("lost", 1006);
  desk.linked("open", 0);
  desk.hear({ type: "welcome", v: 1, server_time: "2026-11-21T21:42:30Z", limits: {}, worker: ME, talks: [FACTS] });
  assert.deepEqual(desk.wraps.items, [ended]);
  desk.hear({ type: "wrap_ups", items: [] });
  assert.deepEqual(desk.wraps.items, []);
});

test("with the session the ended talks go too", () => {
  desk.hear({ type: "wrap_ups", items: [ended] });
  desk.linked("stopped", 4010);
  assert.deepEqual(desk.wraps.items, []);
});
