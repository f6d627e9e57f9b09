import assert from "node:assert/strict";
import { test } from "node:test";
import { around, clearOf, type Label, middleOf, nameOf, spotsOf } from "../src/labels";

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

const square = (west: number, south: number, side: number) => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];

test("the middle of a ring is its centre of gravity", () => {
  const { lon, lat, width } = middleOf(square(10, 0, 4));
  assert.deepEqual([lon, lat, width].map(Math.round), [12, 2, 4]);
});

test("a country is named in its largest part, and the widest country first", () => {
  const country = (name: string, ...squares: number[][][]) => ({
    type: "Feature" as const,
    properties: { name },
    geometry: { type: "MultiPolygon" as const, coordinates: squares.map((ring) => [ring]) },
  });
  const found = spotsOf(
    [country("Sedge", square(0, 0, 2)), country("Tarn", square(50, 0, 1), square(20, 0, 9))],
    (point) => point,
  );
  assert.deepEqual(
    found.map((one) => [one.name, Math.round(one.x), one.room]),
    [
      ["Tarn", 25, 9],
      ["Sedge", 1, 2],
    ],
  );
});

test("a country over the antimeridian is named where it lies", () => {
  const over = square(170, 0, 20).map(([lon = 0, lat = 0]) => [lon > 180 ? lon - 360 : lon, lat]);
  const { lon, width } = middleOf(over);
  assert.deepEqual([Math.round(lon), width], [180, 20]);
});
