// Builds src/ into ../src/dateline/serve/static/: every file under a name that holds the digest of its content, a
// manifest.json {logical name: file name}, which is written last, and THIRD_PARTY.txt with the licences of what is bundled.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, process.argv[2] ?? "../src/dateline/serve/static");

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  sourcemap: false,
  metafile: true,
  write: false,
  outdir: out,
  legalComments: "none", // their licences stand in THIRD_PARTY.txt
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  target: ["chrome123", "firefox128", "safari17.5"],
  charset: "utf8",
  loader: { ".json": "file", ".svg": "copy" },
  logLevel: "warning",
};

const results = await Promise.all([
  build({ ...common, entryPoints: ["src/app.ts"], format: "esm", splitting: true }),
  // In the head and not a module: it must have run before the first paint.
  build({ ...common, entryPoints: ["src/theme.ts"], format: "iife" }),
  build({ ...common, entryPoints: ["src/css/app.css", "src/favicon.svg"] }),
]);

const files = results.flatMap((result) => result.outputFiles);
const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
const inputs = new Set(Object.values(outputs).flatMap((output) => Object.keys(output.inputs)));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const manifest = {};
for (const file of files) {
  const name = basename(file.path);
  writeFileSync(join(out, name), file.contents);
  manifest[logical(name)] = name;
}

const licences = thirdParty(packagesOf(inputs));
const digest = createHash("sha256").update(licences).digest("hex").slice(0, 8).toUpperCase();
const licencesName = `THIRD_PARTY-${digest}.txt`;
writeFileSync(join(out, licencesName), licences);
manifest["THIRD_PARTY.txt"] = licencesName;

const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);

// The name without its digest. What several chunks share is named 'chunk' every time: it keeps its digest.
function logical(name) {
  const extension = extname(name);
  const stem = name.slice(0, -extension.length).replace(/-[A-Z0-9]{8}$/, "");
  return stem === "chunk" ? name : stem + extension;
}

function packagesOf(paths) {
  const names = [...paths].map((path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

function thirdParty(names) {
  const parts = names.map((name) => {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    if (file === undefined) throw new Error(`${relative(here, folder)} has no licence file`);
    const text = readFileSync(join(folder, file), "utf8").trim();
    return `${name} ${about.version} (${about.license})\n\n${text}\n`;
  });
  const head =
    "The pages of dateline hold parts of the packages below, each under its own licence.\n" +
    "The outlines of countries (world-atlas) are Natural Earth's, which is in the public domain.\n";
  return [head, ...parts].join(`\n${"-".repeat(80)}\n\n`);
}
