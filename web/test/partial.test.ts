import assert from "node:assert/strict";
import { test } from "node:test";
import { idsIn, isOtherState, query } from "../src/partial";

test("ids may be written with or without #, with blanks or commas", () => {
  assert.deepEqual(idsIn("#results #facets"), ["results", "facets"]);
  assert.deepEqual(idsIn("results,facets"), ["results", "facets"]);
  assert.deepEqual(idsIn(""), []);
});

const here = { origin: "https://desk.test", pathname: "/", search: "?type=AID" };

test("another query of the same path is another state of the page", () => {
  assert.equal(isOtherState(new URL("https://desk.test/?type=AID&after=4"), here), true);
});

for (const [address, why] of [
  ["https://desk.test/e/1?type=X", "another page"],
  ["https://desk.test/events.csv?type=X", "a file"],
  ["https://other.test/?type=X", "another site"],
  ["https://desk.test/?type=AID#map", "a place on this page"],
] as const)
  test(`${why} is none`, () => assert.equal(isOtherState(new URL(address), here), false));

test("fields that say nothing stay out of the address", () => {
  assert.equal(
    query([
      ["text", ""],
      ["status", "disputed"],
      ["status", "retracted"],
      ["text", "old mill"],
    ]),
    "status=disputed&status=retracted&text=old+mill",
  );
});
