import assert from "node:assert/strict";
import { test } from "node:test";
import { around, clearOf, type Label, nameOf } from "../src/labels";

const label = (name: string, x: number, y: number, room = 500): Label => ({ name, x, y, room, anchor: "start" });

test("of two names on one spot the first is shown", () => {
  assert.deepEqual(
    clearOf([label("Fell Cross", 10, 20), label("Old Mill", 20, 22), label("Port", 10, 80)], [], 300, 100),
    ["first", null, "first"],
  );
});

test("a name that leaves the view, its room, or lies on a mark is not shown", () => {
  assert.deepEqual(
    clearOf(
      [label("Fell Cross", 290, 20), label("Port", 10, 20, 5), label("Sedge", 100, 50)],
      [around(110, 50, 6)],
      300,
      100,
    ),
    [null, null, null],
  );
});

test("the short name ends before the province", () => {
  assert.deepEqual(
    [nameOf("Old Mill, Tarn Vale"), nameOf("Tarn (district)"), nameOf("Tarn")],
    ["Old Mill", "Tarn", "Tarn"],
  );
});

test("a name that has no room on one side of its mark takes the other", () => {
  assert.deepEqual(clearOf([{ ...label("Fell Cross", 270, 20), end: 250 }], [], 300, 100), ["other"]);
});
