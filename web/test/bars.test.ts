import assert from "node:assert/strict";
import { test } from "node:test";
import { barAt, dayOf, rangeOf, stepped } from "../src/bars";

const bars = ["2031-03-01", "2031-03-02", "2031-03-05"].map((day, index) => ({
  from: day,
  to: day,
  left: index * 10,
  right: index * 10 + 8,
}));

test("a point between two bars belongs to the nearest, one outside to the outermost", () => {
  assert.deepEqual(
    [-50, 4, 8.5, 9.5, 500].map((x) => barAt(bars, x)),
    [0, 0, 0, 1, 2],
  );
});

test("dates name bars; an empty one leaves its side open", () => {
  assert.deepEqual(rangeOf(bars, "", ""), { first: 0, last: 2 });
  assert.deepEqual(rangeOf(bars, "2031-03-02", ""), { first: 1, last: 2 });
  assert.deepEqual(rangeOf(bars, "", "2031-03-04"), { first: 0, last: 1 });
});

test("dates beyond the bars keep a bar of range", () => {
  assert.deepEqual(rangeOf(bars, "2032-01-01", ""), { first: 2, last: 2 });
  assert.deepEqual(rangeOf(bars, "", "2030-01-01"), { first: 0, last: 0 });
});

test("arrow keys move an end, and no end passes the other", () => {
  assert.deepEqual(stepped({ first: 0, last: 1 }, "first", "ArrowRight", 3), { first: 1, last: 1 });
  assert.deepEqual(stepped({ first: 1, last: 1 }, "first", "ArrowRight", 3), { first: 1, last: 1 });
  assert.deepEqual(stepped({ first: 1, last: 1 }, "last", "End", 3), { first: 1, last: 2 });
  assert.deepEqual(stepped({ first: 1, last: 2 }, "first", "Home", 3), { first: 0, last: 2 });
});

test("another key moves nothing", () => {
  assert.equal(stepped({ first: 0, last: 1 }, "first", "a", 3), null);
});

test("an instant has a day", () => {
  assert.equal(dayOf(" 2031-03-01T04:00:00Z"), "2031-03-01");
});
