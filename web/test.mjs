// Bundles the tests (they are TypeScript) and runs them with Node's own runner.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const out = mkdtempSync(join(import.meta.dirname, "node_modules", ".tests-"));
const entryPoints = readdirSync(join(import.meta.dirname, "test"))
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => join(import.meta.dirname, "test", name));
await build({
  entryPoints,
  outdir: out,
  bundle: true,
  platform: "node",
  format: "esm",
  outExtension: { ".js": ".mjs" },
  logLevel: "warning",
});
const files = readdirSync(out).map((name) => join(out, name));
const { status } = spawnSync(process.execPath, ["--test", "--test-reporter=dot", ...files], { stdio: "inherit" });
rmSync(out, { recursive: true });
process.exit(status ?? 1);
