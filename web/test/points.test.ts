import assert from "node:assert/strict";
import { test } from "node:test";
import { cited, passage, pointsIn, unitsAt } from "../src/points";

test("a code point counts once, whatever it takes in the browser", () => {
  assert.equal(pointsIn("a🕊b"), 3);
  assert.equal(pointsIn("e\u0301"), 2);
  assert.equal(pointsIn(""), 0);
});

test("an offset in code points becomes one in the browser's units", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 9].map((points) => unitsAt("a🕊b", points)),
    [0, 1, 3, 4, 4],
  );
});

test("a passage loses the blanks at its ends and keeps its place", () => {
  assert.deepEqual(passage(" 🕊 peace\n", 10), { start: 11, end: 18, quote: "🕊 peace" });
});

test("blanks alone are no passage", () => {
  assert.equal(passage(" \n", 3), null);
});

test("a fragment cites a passage with or without its letter", () => {
  assert.deepEqual(cited("#c=120-168"), [120, 168]);
  assert.deepEqual(cited("#120-168"), [120, 168]);
});

for (const fragment of ["", "#c1", "#168-120", "#5-5", "#a-b", "#c=1-9999999999"])
  test(`'${fragment}' cites nothing`, () => assert.equal(cited(fragment), null));
