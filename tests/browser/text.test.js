import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, tidy } from "../../chatservice/static/chat/text.js";

test("line ends are newlines, controls go, tabs and newlines stay", () => {
  assert.equal(clean("a\r\nb\rc\td\u0000\u001b\u0085e"), "a\nb\nc\tde");
});

test("text is composed", () => {
  assert.equal(clean("A\u0308iti"), "Äiti");
});

test("a lone surrogate cannot reach the wire", () => {
  assert.equal(clean("a\ud800b\udc00"), "a\ufffdb\ufffd");
  assert.equal(clean("😊"), "😊");
});

for (const code of [0x202a, 0x202e, 0x2066, 0x2069, 0x200b, 0x200e, 0xfeff, 0x061c, 0x2060]) {
  const name = code.toString(16).toUpperCase().padStart(4, "0");
  test(`U+${name} is shown as a mark`, () => {
    assert.equal(tidy(`a${String.fromCodePoint(code)}b`), `a[U+${name}]b`);
  });
}

test("joiners of emoji and of scripts that need them stay", () => {
  for (const text of ["👩‍👩‍👧", "🏳️‍🌈", "👍🏽", "❤️", "می‌خواهم", "क्‍ष"]) assert.equal(tidy(text), text.normalize("NFC"));
});

test("a lone joiner is a mark", () => {
  assert.equal(tidy("a\u200db"), "a[U+200D]b");
  assert.equal(tidy("👍\u200d"), "👍[U+200D]");
});

test("a region's flag keeps its tags, loose tags are marks", () => {
  const flag = "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
  assert.equal(tidy(flag), flag);
  assert.equal(tidy("a\u{e0041}"), "a[U+E0041]");
});

test("at most eight marks stand on one letter", () => {
  assert.equal(tidy(`x${"\u0332".repeat(60)}y`), `x${"\u0332".repeat(8)}y`);
});

test("joiners between the marks do not lift the limit", () => {
  for (const joiner of ["\u200c", "\u200d", "\u200d\u200d"]) {
    const marks = (tidy(`x${`\u0332${joiner}`.repeat(60)}y`).match(/\u0332/g) ?? []).length;
    assert.equal(marks, 8, joiner.length > 1 ? "two joiners" : joiner);
  }
});

test("a long pile of marks is cut at once", () => {
  const start = performance.now();
  for (const piece of ["\u0332", "\u0332\u200d", "\u200d", "a\u0332", "\u{e0041}", "\u{1f3f4}\u{e0041}"]) tidy(piece.repeat(10_000));
  assert.ok(performance.now() - start < 1000);
});

test("separators of lines and paragraphs are line ends", () => {
  assert.equal(clean("a\u2028b\u2029c"), "a\nb\nc");
});

test("right-to-left words and an address stay text as they are", () => {
  for (const text of ["مرحبا كيف حالك", "שלום", "https://evil.example/?a=1 <b>x</b>", "привіт, мені страшно"]) assert.equal(tidy(text), text);
});

test("what is shown is shown again the same", () => {
  for (const text of ["a\u202eb", "x\u0332".repeat(40), "👩‍👩‍👧", "A\u0308\u0308"]) assert.equal(tidy(tidy(text)), tidy(text));
});

test("a long message of emoji stays whole", () => {
  assert.equal(tidy("😊".repeat(4000)), "😊".repeat(4000));
});
