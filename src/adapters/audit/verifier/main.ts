#!/usr/bin/env node
// gleitzeit-verify: whether a bundle is what its log's key has signed. Opens the files it is given, and nothing else.
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { keysIn, verdictText, verifyBundle } from "./bundle.ts";

const USAGE = `Usage: gleitzeit-verify BUNDLE --vkey KEY|FILE [--checkpoint FILE] [--require-complete] [--json]
BUNDLE is a file, or - for standard input. Exit: 0 verified, 2 wrong usage, 3 something is wrong with it, 5 unreadable.
`;
const [text, flag] = [{ type: "string" }, { type: "boolean" }] as const;
const flags = { "require-complete": flag, json: flag, help: flag };
const options = { vkey: { ...text, multiple: true }, checkpoint: text, ...flags } as const;

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const { vkey = [], checkpoint, json, help, "require-complete": requireComplete = false } = values;
  const [file, ...more] = positionals;
  if (help || file === undefined || more.length > 0 || vkey.length === 0) throw new TypeError(USAGE);
  const keys = (await Promise.all(vkey.map(keysIn))).flat();
  const since = checkpoint === undefined ? {} : { since: await readFile(checkpoint, "utf8") };
  const bundle = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  const verdict = await verifyBundle(bundle, { keys, requireComplete, ...since });
  process.stdout.write(json ? `${JSON.stringify(verdict)}\n` : verdictText(verdict));
  return verdict.ok ? 0 : 3;
}

process.exitCode = await run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof TypeError ? 2 : 5;
});
