import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LIMITS, read, write } from "../../chatservice/static/chat/frames.js";
import { Transcript } from "../../chatservice/static/chat/transcript.js";
import { applied, fresh, heard } from "../../widget/static/widget/state.js";

/** @type {{way: string, what: string, frame: any}[]} */
const examples = JSON.parse(readFileSync(new URL("../../docs/protocol/examples.json", import.meta.url), "utf-8"));

test("there are examples of every way", () => {
  assert.ok(new Set(examples.map(({ way }) => way)).size >= 3);
});

for (const { way, what, frame } of examples) {
  test(`${way}, ${what}: survives the wire as it is`, () => {
    assert.deepEqual(read(write(frame)), frame);
    assert.ok(write(frame).length <= 2 * LIMITS.frame_bytes);
  });

  test(`${way}, ${what}: the visitor's state takes it`, () => {
    const state = heard(fresh(), frame);
    if (frame.type !== "events") return;
    const { fresh: rows } = new Transcript().apply(frame.items, frame.last);
    assert.ok(applied(state, rows).phase);
  });
}
