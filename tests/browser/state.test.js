import assert from "node:assert/strict";
import { test } from "node:test";
import { screenOf } from "../../widget/static/widget/panel.js";
import { applied, fresh, heard, linked } from "../../widget/static/widget/state.js";

const AINO = { name: "Aino", profession: "curator" };
/** @typedef {import("../../widget/static/widget/state.js").State} State */
/**
 * @param {import("../../chatservice/static/chat/frames.js").Frame[]} frames
 * @returns {State}
 */
const after = (...frames) => frames.reduce(heard, fresh());
/** @param {object} item @returns {any} */
const row = (item) => ({ seq: 1, side: "service", at: "2026-11-21T21:42Z", ...item });

test("a visit waits with a place, is called, and talks", () => {
  const waiting = after({ type: "welcome", state: "queued" }, { type: "queue", state: "queued", place: 3 });
  assert.deepEqual([waiting.phase, waiting.place], ["queued", 3]);
  assert.equal(heard(waiting, { type: "queue", state: "called" }).place, 0);
  const talk = applied(heard(waiting, { type: "queue", state: "active" }), [row({ kind: "joined", side: "professional", who: AINO })]);
  assert.deepEqual([talk.phase, talk.helper], ["active", AINO]);
});

test("who is lost by a requeue is forgotten, and the next one is shown", () => {
  const talk = applied(after({ type: "welcome", state: "active" }), [row({ kind: "joined", who: AINO })]);
  const lost = heard(applied(talk, [row({ kind: "requeued" })]), { type: "queue", state: "queued", place: 1 });
  assert.deepEqual([lost.phase, lost.requeued, lost.helper], ["queued", true, null]);
  assert.equal(heard(lost, { type: "queue", state: "active" }).requeued, false);
});

test("who was away and comes back is not told that the talk was cut on our side", () => {
  const back = applied(after({ type: "welcome", state: "queued" }), [row({ kind: "parked" }), row({ kind: "requeued", code: "returned" })]);
  assert.equal(screenOf(back), "parked");
  assert.equal(screenOf(applied(back, [row({ kind: "requeued", code: "lost" })])), "requeued");
});

test("whose talk was given back at closing time has the choice too", () => {
  const lost = applied(after({ type: "welcome", state: "active" }), [row({ kind: "requeued", code: "released" })]);
  const closing = heard(lost, { type: "queue", state: "queued", place: 1, closing: true });
  assert.equal(screenOf(closing), "waiting");
  assert.equal(screenOf(heard(closing, { type: "queue", state: "queued", place: 1 })), "requeued");
});

test("the other side's message ends its typing; our own typing is not shown to us", () => {
  const typing = after({ type: "welcome", state: "active" }, { type: "typing", side: "professional", on: true });
  assert.equal(typing.typing, true);
  assert.equal(applied(typing, [row({ kind: "message", side: "professional", who: AINO })]).typing, false);
  assert.equal(after({ type: "typing", side: "visitor", on: true }).typing, false);
});

test("an end tells why, and a cut afterwards changes nothing", () => {
  const ended = applied(after({ type: "welcome", state: "active" }), [row({ kind: "closed", code: "ended_by_professional" })]);
  assert.deepEqual([ended.phase, ended.ending], ["closed", "ended_by_professional"]);
  assert.equal(linked(ended, "stopped", 4001).phase, "closed");
});

test("a refused entry is no talk that was lost", () => {
  assert.equal(linked(fresh(), "stopped", 4001).ending, "unavailable");
  assert.equal(linked(after({ type: "welcome", state: "queued" }), "stopped", 4001).ending, "gone");
  assert.equal(linked(fresh(true), "stopped", 4001).ending, "gone");
  assert.equal(linked(fresh(true), "stopped", 4000).ending, "broken");
  assert.equal(linked(fresh(), "stopped", 4000).ending, "broken");
  assert.equal(after({ type: "nack", code: "full" }).ending, "full");
});

test("unknown frames change nothing", () => {
  const state = fresh();
  assert.equal(heard(state, { type: "later" }), state);
});

test("a place comes with a range, and a frame without a place changes neither", () => {
  const waiting = after({ type: "welcome", state: "queued" }, { type: "queue", state: "queued", place: 3, low: 10, high: 20 });
  assert.deepEqual([waiting.low, waiting.high, waiting.late], [10, 20, false]);
  assert.equal(heard(waiting, { type: "queue", state: "queued" }).low, 10);
  const long = heard(waiting, { type: "queue", state: "queued", place: 3, low: 120, may_not_reach: true });
  assert.deepEqual([long.low, long.high, long.late], [120, null, true]);
});

test("a call that passed is told until the next one", () => {
  const called = after({ type: "welcome", state: "queued" }, { type: "queue", state: "called" });
  const passed = heard(called, { type: "queue", state: "queued", place: 1 });
  assert.equal(heard(passed, { type: "queue", state: "queued", place: 1 }).skipped, true);
  assert.equal(heard(passed, { type: "queue", state: "called" }).skipped, false);
});

test("at closing time an early place is offered, given or refused, and a closed talk keeps it", () => {
  const closing = after({ type: "welcome", state: "queued" }, { type: "queue", state: "queued", place: 2, closing: true });
  assert.equal(closing.closing, true);
  assert.equal(heard(closing, { type: "nack", code: "not_offered" }).refused, true);
  const given = heard(closing, { type: "voucher", digits: "1 2 3 4", opens_in_words: "huomenna klo 14" });
  const closed = applied(given, [row({ kind: "closed", code: "hours_ended" })]);
  assert.deepEqual([closed.phase, closed.voucher, closed.opens], ["closed", "1 2 3 4", "huomenna klo 14"]);
});

test("a shut door tells its state, and the end of the line afterwards changes nothing", () => {
  const shut = after({ type: "shut", state: "closed", opens_in_words: "huomenna klo 14" });
  assert.deepEqual([shut.phase, shut.ending, shut.opens], ["stopped", "closed", "huomenna klo 14"]);
  assert.equal(linked(shut, "stopped", 1000).ending, "closed");
});

test("danger is counted each time it is heard; a greeting tells it once and never takes it back", () => {
  const heard1 = after({ type: "welcome", state: "queued", help: true });
  assert.equal(heard1.help, 1);
  const again = heard(heard1, { type: "welcome", state: "queued", help: true });
  assert.equal(again.help, 1);
  assert.equal(heard(again, { type: "help" }).help, 2);
  assert.equal(heard(heard(again, { type: "help" }), { type: "welcome", state: "active", help: false }).help, 2);
  assert.equal(after({ type: "welcome", state: "queued" }).help, 0);
});

test("many from one place come in one after the other, and nobody is turned away", () => {
  const slowed = linked(after({ type: "nack", code: "limited", retry_in: 10 }), "lost", 4029);
  assert.deepEqual([slowed.phase, slowed.why, slowed.ending], ["entering", "many", ""]);
  const inside = heard(slowed, { type: "welcome", state: "queued" });
  assert.deepEqual([inside.phase, inside.why], ["queued", ""]);
});
