import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces, places, rank } from "../../console/static/console/marks.js";

/** @param {string} text @param {...any} reasons */
function item(text, ...reasons) {
  const found = reasons.map(([start, end, blocker = ""]) => ({ rule: "r", start, end, blocker }));
  return { seq: 1, kind: "message", side: /** @type {const} */ ("visitor"), at: "", text, mark: { level: "high", reasons: found } };
}

test("spans that touch, overlap or stand a blank apart are one place", () => {
  assert.deepEqual(places(item("haluun kuolla tänään", [7, 13], [0, 6], [7, 20])), [[0, 20]]);
  assert.deepEqual(places(item("en halua, sanoi, elää", [17, 21], [3, 8])), [[3, 8], [17, 21]]);
});

test("what was held back and what has no place of its own is not marked", () => {
  assert.deepEqual(places(item("kuolen nauruun", [0, 6, "idiom.laughter"], [0, 0])), []);
});

test("offsets count characters, also those of two units", () => {
  const marked = pieces(item("😭😭 kuolla 😭", [3, 9])).filter((piece) => piece.marked);
  assert.deepEqual(marked, [{ text: "kuolla", marked: true }]);
});

test("the pieces are the text, whatever the spans say", () => {
  for (const reasons of [[], [[0, 99]], [[5, 2]], [[2, 4], [3, 3]]]) {
    assert.equal(pieces(item("isä löi mua", ...reasons)).map(({ text }) => text).join(""), "isä löi mua");
  }
});

test("an unknown level counts as none", () => {
  assert.deepEqual([undefined, "none", "else", "concern", "immediate"].map(rank), [0, 0, 0, 1, 3]);
});
