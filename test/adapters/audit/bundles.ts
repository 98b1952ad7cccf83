// Bundles as runs leave them, and ways to spoil them.
import { hash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Verdict, verifyBundle } from "../../../src/adapters/audit/verifier/bundle.ts";
import { type NoteKey, vkeyOf } from "../../../src/adapters/audit/verifier/note.ts";
import { ECHO, type Rig, text } from "../cli/rig.ts";

const CHILD = `
name: Nested
tasks:
  - {id: inner, workflow: ./echo.yaml}
  - {id: after, method: echo/echo, depends_on: [inner], params: {message: done}}
`;

export type Made = {
  readonly vkey: string;
  readonly keys: readonly NoteKey[];
  /** Of a run with a child; of everything; a checkpoint from between the two runs. */
  readonly run: Buffer;
  readonly all: Buffer;
  readonly since: string;
  readonly runSince: Buffer;
};

export async function madeBundles({ file, folder, gleitzeit }: Rig): Promise<Made> {
  await file("echo.yaml", ECHO);
  const nested = await file("nested.yaml", CHILD);
  await gleitzeit(["run", nested, "--quiet"]);
  const since = (await gleitzeit(["audit", "checkpoint"])).out;
  await writeFile(join(folder, "since.note"), since);
  const run = text((await gleitzeit(["run", nested, "--json"])).json, "runId");
  const bundle = async (...words: readonly string[]): Promise<Buffer> => {
    const path = join(folder, "out.bundle");
    const { exit, err } = await gleitzeit(["export", ...words, "-o", path]);
    if (exit !== 0) throw new Error(err);
    return readFile(path);
  };
  const vkey = text((await gleitzeit(["audit", "vkey", "--json"])).json, "vkey");
  const key = vkeyOf(vkey);
  return {
    vkey,
    keys: key ? [key] : [],
    run: await bundle(run),
    all: await bundle("--all"),
    since,
    runSince: await bundle(run, "--since", join(folder, "since.note")),
  };
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export const verified = (bytes: Uint8Array, keys: readonly NoteKey[], since?: string): Promise<Verdict> =>
  verifyBundle(whole(bytes), { keys, ...(since !== undefined && { since }) });

export const linesIn = (bundle: Buffer): readonly string[] => bundle.toString().split("\n").slice(0, -1);

/** With an end that counts and sums up what is there now: what a forger would not forget. */
export function sealed(lines: readonly string[]): Buffer {
  const body = lines.filter((line) => !line.startsWith('{"end"'));
  const events = body.filter((line) => line.startsWith('{"event"')).length;
  const before = body.map((line) => `${line}\n`).join("");
  return Buffer.from(`${before}{"end":true,"events":${events},"sha256":"${hash("sha256", before)}"}\n`);
}

/** The same again and again for the same seed. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

/** Something goes wrong in each of them, and whoever did it has made a new end for it. */
export function* forged({
  run,
  all,
}: Pick<Made, "run" | "all">): Generator<readonly [what: string, bundle: Buffer]> {
  for (const [name, bundle] of [
    ["run", run],
    ["all", all],
  ] as const) {
    const lines = linesIn(bundle);
    const events = lines.flatMap((line, i) => (line.startsWith('{"event"') ? [i] : []));
    for (const i of events.filter((_, n) => n % 3 === 0)) {
      const line = lines[i] ?? "";
      yield [`${name}: line ${i + 1} is gone`, sealed(lines.toSpliced(i, 1))];
      yield [`${name}: line ${i + 1} twice`, sealed(lines.toSpliced(i, 0, line))];
      yield [
        `${name}: another actor in line ${i + 1}`,
        sealed(lines.with(i, line.replace('"id":"', '"id":"0'))),
      ];
      yield [
        `${name}: another salt in line ${i + 1}`,
        sealed(lines.with(i, line.replace(/"salt":"../, '"salt":"AA'))),
      ];
      yield [`${name}: a space in line ${i + 1}`, sealed(lines.with(i, line.replace(",", ", ")))];
      yield [
        `${name}: no tenant in line ${i + 1}`,
        sealed(lines.with(i, line.replace('"tenant":', '"tenanu":'))),
      ];
      yield [
        `${name}: a field more in line ${i + 1}`,
        sealed(lines.with(i, line.replace(/}$/, ',"zone":1}'))),
      ];
    }
    for (const [n, i] of events.slice(0, -1).entries()) {
      const j = events[n + 1] ?? i;
      const [a, b] = [lines[i] ?? "", lines[j] ?? ""];
      yield [`${name}: lines ${i + 1} and ${j + 1} swapped`, sealed(lines.with(i, b).with(j, a))];
    }
    const blob = lines.findIndex((line) => line.includes('"blob":"'));
    if (blob >= 0)
      yield [
        `${name}: a blob altered`,
        sealed(lines.with(blob, (lines[blob] ?? "").replace(/:"../, ':"AA'))),
      ];
    yield [`${name}: the last event is gone`, sealed(lines.filter((_, i) => i !== events.at(-1)))];
    yield [`${name}: no events`, sealed(lines.slice(0, 1))];
    yield [`${name}: cut in a line`, bundle.subarray(0, bundle.length - 30)];
    yield [`${name}: cut between lines`, Buffer.from(`${lines.slice(0, -1).join("\n")}\n`)];
    yield [`${name}: something behind`, Buffer.concat([bundle, Buffer.from("{}\n")])];
    yield [`${name}: nothing`, Buffer.alloc(0)];
    yield [
      `${name}: another format`,
      sealed(lines.with(0, (lines[0] ?? "").replace("bundle/v1", "bundle/v2"))),
    ];
    yield [`${name}: another size`, sealed(lines.with(0, (lines[0] ?? "").replace(/\\n(\d)/, "\\n1$1")))];
  }
}
