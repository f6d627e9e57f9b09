import assert from "node:assert/strict";
import { test } from "node:test";
import { since } from "../src/live";

test("the stream is asked from what was heard last, where the server says how", () => {
  assert.equal(since("/stream", "after", "7 a"), "/stream?after=7%20a");
  assert.equal(since("/stream?x=1", "after", "7"), "/stream?x=1&after=7");
  assert.equal(since("/stream", undefined, "7"), "/stream");
  assert.equal(since("/stream", "after", ""), "/stream");
});
