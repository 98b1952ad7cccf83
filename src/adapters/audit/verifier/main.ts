#!/usr/bin/env node
// gleitzeit-verify: whether a bundle is what its log's key has signed. Opens the files it is given, and nothing else.
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { verifyBundle } from "./bundle.ts";
import { keysIn, verdictJson, verdictText } from "./told.ts";

const USAGE = `Usage: gleitzeit-verify BUNDLE --vkey KEY|FILE [--checkpoint FILE] [--require-complete] [--json]
BUNDLE is a file, or - for standard input. Exit: 0 verified, 2 wrong usage, 3 something is wrong with it, 5 unreadable.
`;
const [USAGE_ERROR, WRONG, UNREADABLE] = [2, 3, 5];

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      vkey: { type: "string", multiple: true, default: [] },
      checkpoint: { type: "string" },
      "require-complete": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [file, ...more] = positionals;
  if (values.help || file === undefined || more.length > 0 || values.vkey.length === 0)
    throw new TypeError(USAGE);
  const verdict = await verifyBundle(
    file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 }),
    {
      keys: (await Promise.all(values.vkey.map((given) => keysIn(given)))).flat(),
      ...(values.checkpoint !== undefined && { since: await readFile(values.checkpoint, "utf8") }),
      requireComplete: values["require-complete"],
    },
  );
  process.stdout.write(values.json ? `${JSON.stringify(verdictJson(verdict))}\n` : verdictText(verdict));
  return verdict.ok ? 0 : WRONG;
}

process.exitCode = await run().catch((error: unknown) => {
  const isUsage = error instanceof TypeError;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return isUsage ? USAGE_ERROR : UNREADABLE;
});
