import assert from "node:assert/strict";
import { test } from "node:test";
import { geoEqualEarth } from "d3-geo";
import { boxAround, boxIn, boxText, middleOf, outlineOf, radius, wrapped } from "../src/geo";

test("a longitude is wrapped within half a turn either way", () => {
  assert.deepEqual(
    [wrapped(190), wrapped(-190), wrapped(180), wrapped(-180), wrapped(540), wrapped(0)],
    [-170, 170, 180, -180, 180, 0],
  );
});

test("places on one side of the antimeridian leave the map as it is", () => {
  assert.equal(middleOf([44, 43, 47]), 0);
  assert.equal(middleOf([-120, 10, 140]), 0);
  assert.equal(middleOf([]), 0);
  assert.equal(middleOf([170]), 0);
});

test("places on both sides of the antimeridian turn the map to their middle", () => {
  assert.equal(middleOf([170, -170]), 180);
  assert.equal(middleOf([178, -174]), -178);
});

test("a box around points of one hemisphere", () => {
  assert.deepEqual(
    boxAround(
      [
        [44, 33],
        [46, 35],
      ],
      0,
    ),
    { west: 44, south: 33, east: 46, north: 35 },
  );
});

test("a box over the antimeridian has its west in the east", () => {
  assert.deepEqual(
    boxAround(
      [
        [170, -10],
        [-170, 10],
      ],
      180,
    ),
    { west: 170, south: -10, east: -170, north: 10 },
  );
});

test("no points make no box", () => {
  assert.equal(boxAround([], 0), null);
});

test("a rectangle of the screen comes back from an equal-area map as the degrees it covers", () => {
  const projection = geoEqualEarth()
    .rotate([0, 0])
    .fitExtent(
      [
        [0, 0],
        [960, 480],
      ],
      { type: "Sphere" },
    );
  const corners = [
    [40, 30],
    [50, 30],
    [50, 40],
    [40, 40],
  ].map(([lon, lat]) => projection([lon ?? 0, lat ?? 0]) ?? [0, 0]);
  const back = corners.map((corner) => projection.invert?.(corner as [number, number]) ?? [0, 0]);
  const box = boxAround(back as [number, number][], 0);
  assert.equal(box && boxText(box), "40,30,50,40");
});

test("a box as text has the order and the decimals of the filter, and comes back", () => {
  const box = { west: 41.02512, south: 33, east: 46.66349, north: 35.9 };
  assert.equal(boxText(box), "41.025,33,46.663,35.9");
  assert.deepEqual(boxIn(boxText(box)), { west: 41.025, south: 33, east: 46.663, north: 35.9 });
});

for (const text of ["", "1,2,3", "1,2,3,4,5", "a,2,3,4", ",,,", "1,40,3,30", "0,-91,1,0", "-181,0,0,1"])
  test(`'${text}' is no box`, () => assert.equal(boxIn(text), null));

test("the outline of a box is closed and follows its parallels", () => {
  const outline = outlineOf({ west: 170, south: -10, east: -170, north: 10 });
  assert.deepEqual(outline[0], outline.at(-1));
  assert.equal(outline.length, 43);
  assert.ok(outline.some(([lon, lat]) => lon === 180 && lat === 10));
});

test("the area of a mark grows with its count, and the smallest can still be hit", () => {
  const [small, half, most] = [radius(0, 100), radius(25, 100), radius(100, 100)];
  assert.ok(small >= 5 && small < half && half < most);
  assert.equal(radius(1, 1), 6);
});
