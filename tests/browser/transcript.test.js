import assert from "node:assert/strict";
import { test } from "node:test";
import { Transcript } from "../../chatservice/static/chat/transcript.js";

/**
 * @param {number} seq
 * @param {object} [more]
 * @returns {any}
 */
const row = (seq, more) => ({ seq, kind: "message", side: "professional", at: "2026-11-21T21:42Z", text: `${seq}`, ...more });
/** @param {{fresh: {seq: number}[]}} applied */
const seqs = ({ fresh }) => fresh.map(({ seq }) => seq);

test("rows are applied once and in order, however they come", () => {
  const log = new Transcript();
  assert.deepEqual(seqs(log.apply([row(2), row(1)], 2)), [1, 2]);
  assert.deepEqual(seqs(log.apply([row(1), row(2), row(3)], 3)), [3]);
  assert.deepEqual(seqs(log.apply([row(3)], 3)), []);
  assert.equal(log.cursor, 3);
});

test("a hole asks for a resync and shows nothing behind it", () => {
  const log = new Transcript();
  log.apply([row(1)], 1);
  const { fresh, resync } = log.apply([row(3)], 3);
  assert.deepEqual([fresh.length, resync, log.cursor], [0, true, 1]);
  assert.deepEqual(seqs(log.apply([row(2)], 3)), [2, 3], "what was held follows at once");
});

test("our own message is applied by its ack, and its echo is an old row", () => {
  const log = new Transcript();
  log.apply([row(1)], 1);
  assert.deepEqual(seqs(log.own(row(2, { mid: "m", mine: true }))), [2]);
  assert.deepEqual(seqs(log.apply([row(2, { mid: "m" }), row(3)], 3)), [3]);
});

test("an ack that overtakes the rows before it waits for them", () => {
  const log = new Transcript();
  const early = log.own(row(2, { mid: "m" }));
  assert.deepEqual([seqs(early), early.resync], [[], false]);
  assert.deepEqual(seqs(log.apply([row(1)], 2)), [1, 2]);
});

test("a server that knows less than we do makes us start anew", () => {
  const log = new Transcript();
  log.apply([row(1), row(2), row(3)], 3);
  const { reset, resync } = log.apply([], 2);
  assert.deepEqual([reset, resync, log.cursor], [true, true, 0]);
});

test("a whole log from a restored server replaces ours", () => {
  const log = new Transcript();
  log.apply([row(1), row(2), row(3)], 3);
  const applied = log.apply([row(1), row(2, { text: "other" })], 2);
  assert.deepEqual([seqs(applied), applied.reset, applied.resync], [[1, 2], true, false]);
});

test("a damaged row is a row", () => {
  const log = new Transcript();
  assert.deepEqual(seqs(log.apply([row(1, { damaged: true, text: null }), row(2)], 2)), [1, 2]);
});

test("any delivery with losses, doubles and swaps converges to 1..n after resyncs", () => {
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  for (let round = 0; round < 200; round += 1) {
    const log = new Transcript();
    const all = Array.from({ length: 20 }, (_, at) => row(at + 1));
    const shown = [];
    for (let step = 0; step < 40; step += 1) {
      const from = Math.floor(random() * 20);
      shown.push(...seqs(log.apply(all.slice(from, from + 1 + Math.floor(random() * 4)), 20)));
    }
    shown.push(...seqs(log.apply(all.slice(log.cursor), 20)));
    assert.deepEqual(shown, all.map(({ seq }) => seq));
  }
});

test("wiping leaves no word", () => {
  const log = new Transcript();
  const first = row(1);
  log.apply([first], 1);
  log.wipe();
  assert.deepEqual([first.text, log.items.length, log.cursor], ["", 0, 0]);
});

test("who came back by a code begins after the hidden rows, also when the server starts over", () => {
  const log = new Transcript();
  log.startAt(7);
  assert.equal(log.cursor, 7);
  assert.deepEqual(log.apply([row(8), row(9)], 9).fresh.map(({ seq }) => seq), [8, 9]);
  log.startAt(3);
  assert.equal(log.cursor, 9);
  const again = log.apply([row(8)], 8);
  assert.deepEqual([again.reset, again.fresh.map(({ seq }) => seq)], [true, [8]]);
});
