// The second verifier, in Python, from docs/bundle.md alone: of a hundred bundles and more, good and bad, it says the same.
// Where python3 or openssl is missing the test says so, and does not run.
import { spawn, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { flipped, forged, madeBundles, numbers, verified } from "../adapters/audit/bundles.ts";
import { rig } from "../adapters/cli/rig.ts";

const at = rig();
const program = fileURLToPath(new URL("verify_bundle.py", import.meta.url));
const missing = [
  ["python3", "--version"],
  ["openssl", "version"],
].flatMap(([name = "", option = ""]) => (spawnSync(name, [option]).status === 0 ? [] : [name]));

const FLIPS = 40;
const FEW = 12;

test("both verifiers say the same of every bundle", async (context) => {
  if (missing.length > 0) context.skip(`not run: ${missing.join(" and ")} cannot be found here`);
  const made = await madeBundles(at());
  const below = numbers(11);
  const bundles: (readonly [string, Buffer])[] = [
    ["run", made.run],
    ["all", made.all],
    ["since", made.runSince],
  ];
  bundles.push(...forged(made));
  for (let i = 0; i < FLIPS; i += 1) {
    const bundle = i % 2 === 0 ? made.run : made.all;
    const bit = below(bundle.length * 8);
    bundles.push([`bit ${bit} of ${i % 2 === 0 ? "run" : "all"}`, flipped(bundle, bit)]);
  }
  expect(bundles.length).toBeGreaterThan(100);
  const folder = at().folder;
  await writeFile(join(folder, "vkeys"), `# the key of the log\n${made.vkey}\n`);
  await writeFile(join(folder, "since"), made.since);
  const files = await Promise.all(
    bundles.map(async ([, bytes], i) => {
      const file = join(folder, `${i}.bundle`);
      await writeFile(file, bytes);
      return file;
    }),
  );
  for (const since of [undefined, made.since]) {
    const options = since === undefined ? [] : ["--checkpoint", join(folder, "since")];
    const some = since === undefined ? files : files.slice(0, FEW);
    const theirs = (await python([join(folder, "vkeys"), ...options], some)).trim().split("\n");
    const ours = await Promise.all(bundles.map(([, bytes]) => verified(bytes, made.keys, since)));
    for (const [i, [what]] of bundles.slice(0, some.length).entries()) {
      const one = ours[i];
      const mine = one?.ok
        ? { ok: true, complete: one.complete }
        : { ok: false, kind: one?.problem.kind, line: one?.problem.line ?? null };
      expect(JSON.parse(theirs[i] ?? "null"), what).toEqual(mine);
    }
  }
});

async function python(args: readonly string[], files: readonly string[]): Promise<string> {
  const child = spawn("python3", [program, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(files.map((file) => `${file}\n`).join(""));
  let out = "";
  for await (const chunk of child.stdout) out += String(chunk);
  return out;
}
