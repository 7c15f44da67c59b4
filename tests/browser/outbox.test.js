import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Outbox } from "../../chatservice/static/chat/outbox.js";

let time = 0;
let ids = 0;
/** @type {Outbox} */
let outbox;
const states = () => outbox.entries.map(({ mid, state }) => `${mid} ${state}`);

beforeEach(() => {
  time = 0;
  ids = 0;
  outbox = new Outbox({ now: () => time, uuid: () => `m${(ids += 1)}` });
});

test("nothing leaves before the welcome and the first events", () => {
  outbox.add("hi");
  assert.equal(outbox.next(), null);
  outbox.ready();
  assert.equal(outbox.next()?.mid, "m1");
});

test("one message is in flight, the rest wait in order", () => {
  outbox.ready();
  outbox.add("one");
  outbox.add("two");
  assert.equal(outbox.next()?.body, "one");
  assert.equal(outbox.next(), null);
  assert.equal(outbox.stored("m1")?.body, "one");
  assert.equal(outbox.next()?.body, "two");
});

test("a resend after a break has the same mid and keeps its place", () => {
  outbox.ready();
  outbox.add("one");
  outbox.add("two");
  outbox.next();
  outbox.pause();
  assert.deepEqual(states(), ["m1 waiting", "m2 waiting"]);
  assert.equal(outbox.next(), null);
  outbox.ready();
  assert.equal(outbox.next()?.mid, "m1");
});

test("an echo in the first events takes it out: it is not sent again", () => {
  outbox.ready();
  outbox.add("one");
  outbox.next();
  outbox.pause();
  outbox.stored("m1");
  outbox.ready();
  assert.equal(outbox.next(), null);
  assert.equal(outbox.stored("m1"), null, "the ack that follows finds nothing");
});

test("after ten minutes it is not sent by itself, only by hand, with the same mid", () => {
  outbox.add("old");
  time = 600_000;
  outbox.ready();
  assert.equal(outbox.next(), null);
  assert.deepEqual(states(), ["m1 late"]);
  outbox.retry("m1");
  assert.equal(outbox.next()?.mid, "m1");
});

test("a retry by hand gets ten fresh minutes", () => {
  outbox.add("old");
  time = 700_000;
  outbox.expire();
  outbox.retry("m1");
  time = 1_299_999;
  assert.equal(outbox.expire(), false);
  time = 1_300_000;
  assert.equal(outbox.expire(), true);
});

test("a message in flight whose outcome stays unknown counts as not sent", () => {
  outbox.ready();
  outbox.add("one");
  outbox.next();
  time = 600_000;
  assert.equal(outbox.expire(), true);
  assert.deepEqual(states(), ["m1 late"]);
  assert.equal(outbox.stored("m1")?.body, "one", "a late ack still tells that it arrived");
});

for (const code of ["retry", "busy", "limited"]) {
  test(`nack ${code} sends the same again after its seconds, before the ones behind it`, () => {
    outbox.ready();
    outbox.add("one");
    outbox.add("two");
    outbox.next();
    outbox.refused("m1", code, 3);
    time = 2999;
    assert.equal(outbox.next(), null);
    assert.equal(outbox.wake, 1);
    time = 3000;
    assert.equal(outbox.next()?.mid, "m1");
  });
}

for (const code of ["too_long", "empty", "closed", "id_conflict", "malformed"]) {
  test(`nack ${code} shows it as not sent and lets the next one go`, () => {
    outbox.ready();
    outbox.add("one");
    outbox.add("two");
    outbox.next();
    outbox.refused("m1", code);
    assert.equal(outbox.entries[0]?.code, code);
    assert.equal(outbox.next()?.mid, "m2");
  });
}

test("editing takes the words back; sent again they have a new mid", () => {
  outbox.add("wrogn");
  time = 600_000;
  outbox.expire();
  assert.equal(outbox.take("m1"), "wrogn");
  assert.equal(outbox.add("wrong").mid, "m2");
});

test("the alarm is for the oldest expiry, and none when nothing is alive", () => {
  assert.equal(outbox.wake, null);
  outbox.add("one");
  time = 100;
  outbox.add("two");
  assert.equal(outbox.wake, 599_900);
  time = 700_000;
  outbox.expire();
  assert.equal(outbox.wake, null);
});

test("wiping leaves no word", () => {
  const entry = outbox.add("secret");
  outbox.wipe();
  assert.equal(entry.body, "");
  assert.equal(outbox.entries.length, 0);
});
