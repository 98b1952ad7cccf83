// Bundles: as they come they verify; whatever is done to them is found, and told by its kind and its line.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { rig, text } from "../cli/rig.ts";
import { flipped, forged, linesIn, type Made, madeBundles, numbers, sealed, verified } from "./bundles.ts";

const at = rig();
let made: Made;
beforeEach(async () => {
  made ??= await madeBundles(at());
});

const FLIPS = 200;

const kindOf = async (bytes: Buffer, since?: string): Promise<string> => {
  const verdict = await verified(bytes, made.keys, since);
  return verdict.ok ? `ok, ${verdict.complete ? "complete" : "open"}` : verdict.problem.kind;
};

describe("a bundle", () => {
  test("of a run with its child verifies, and so does one of everything", async () => {
    const run = await verified(made.run, made.keys);
    expect(run).toMatchObject({ ok: true, complete: true, scope: { children: true } });
    expect(linesIn(made.run).filter((line) => line.includes('"ChildRunFinished"'))).toHaveLength(1);
    const all = await verified(made.all, made.keys);
    expect(all).toMatchObject({ ok: true, complete: true, scope: { all: true } });
    if (all.ok) expect(all.events).toBe(all.checkpoint.size);
  });

  test("has grown out of an older checkpoint, if it says so or holds everything", async () => {
    expect(await kindOf(made.runSince, made.since)).toBe("ok, complete");
    expect(await kindOf(made.all, made.since)).toBe("ok, complete");
    expect(await kindOf(made.run, made.since)).toBe("not consistent");
    expect(await kindOf(made.all, made.since.replace(/^(\S+\n)(\d)/, "$19$2"))).toBe("bad signature");
  });

  test("that ends before its run does is open, which may be too little", async () => {
    const lines = linesIn(made.run);
    const events = lines.flatMap((line, i) => (line.startsWith('{"event"') ? [i] : []));
    const open = sealed(lines.filter((_, i) => i !== events.at(-1)));
    expect(await kindOf(open)).toBe("ok, open");
    await writeFile(join(at().folder, "open.bundle"), open);
    const verify = ["verify", join(at().folder, "open.bundle"), "--vkey", made.vkey, "--json"];
    expect(await at().gleitzeit(verify)).toMatchObject({ exit: 0, json: { complete: false } });
    const strict = await at().gleitzeit([...verify, "--require-complete"]);
    expect(strict).toMatchObject({ exit: 3, json: { problem: { kind: "incomplete" } } });
  });

  test("verifies whatever a user's own keys look like", async () => {
    const hash = `sha256-${"0".repeat(64)}`;
    const params = { message: { $blob: hash, '"$blob': hash, "{$blob": hash, 'x,"$blob': hash } };
    const file = await at().file(
      "keys.yaml",
      JSON.stringify({ name: "Keys", tasks: [{ id: "a", method: "echo/echo", params }] }),
    );
    const run = text((await at().gleitzeit(["run", file, "--json"])).json, "runId");
    const vkey = text((await at().gleitzeit(["audit", "vkey", "--json"])).json, "vkey");
    const bundle = join(at().folder, "keys.bundle");
    await at().gleitzeit(["export", run, "-o", bundle]);
    expect(await at().gleitzeit(["verify", bundle, "--vkey", vkey, "--json"])).toMatchObject({
      exit: 0,
      json: { complete: true },
    });
  });

  test("is nothing to those who have another key, or none", async () => {
    const { signingKey } = await import("../../../src/adapters/audit/signing-key.ts");
    const file = join(at().folder, "run.bundle");
    await writeFile(file, made.run);
    const other = signingKey(made.vkey.split("+")[0] ?? "").vkey;
    const verify = await at().gleitzeit(["verify", file, "--vkey", other, "--json"]);
    expect(verify).toMatchObject({ exit: 3, json: { problem: { kind: "unknown key", line: 1 } } });
    expect((await at().gleitzeit(["verify", file, "--json"])).exit).toBe(2);
    expect((await at().gleitzeit(["verify", file, "--vkey", "no+key", "--json"])).exit).not.toBe(0);
    const none = await at().gleitzeit([
      "verify",
      file,
      "--vkey",
      await at().file("no.vkey", "no key\n"),
      "--json",
    ]);
    expect(none).toMatchObject({ exit: 2, json: { error: { message: expect.stringContaining("no key") } } });
    expect((await at().gleitzeit(["verify", `${file}.gone`, "--vkey", other, "--json"])).exit).toBe(4);
  });
});

test("each forgery is found, and told by what it is", async () => {
  const kinds = new Map<string, string>();
  for (const [what, bundle] of forged(made)) kinds.set(what, await kindOf(bundle));
  const verifies = [...kinds].filter(([, kind]) => kind.startsWith("ok"));
  const last = linesIn(made.run).findLastIndex((line) => line.startsWith('{"event"')) + 1;
  const cut = verifies.filter(([what]) => what !== `run: line ${last} is gone`); // which is the same
  expect(cut).toEqual([["run: the last event is gone", "ok, open"]]);
  const of = (words: RegExp) =>
    new Set([...kinds].filter(([what]) => words.test(what)).map(([, kind]) => kind));
  expect(of(/^all: line \d+ is gone/)).toEqual(new Set(["missing event"]));
  expect(of(/^run: line \d+ is gone/)).toContain("missing event");
  expect(of(/twice/)).toEqual(new Set(["extra event"]));
  expect(of(/^all: .*swapped/)).toEqual(new Set(["wrong order"]));
  expect([...of(/^run: .*swapped/)].toSorted()).toEqual(["extra event", "wrong order"]); // a child before it was started
  expect(of(/^run: another (?:salt|actor)/)).toEqual(new Set(["altered event"]));
  expect(of(/^all: another (?:salt|actor)/)).toEqual(new Set(["altered event"]));
  expect(of(/a space|a field more|another format|behind/)).toEqual(new Set(["altered line"]));
  expect(of(/cut|nothing/)).toEqual(new Set(["truncated file"]));
  expect(of(/another size/)).toEqual(new Set(["bad signature"]));
});

test(`${FLIPS} single bits, turned anywhere: none goes unnoticed`, async () => {
  const below = numbers(7);
  for (const bundle of [made.run, made.all]) {
    for (let i = 0; i < FLIPS / 2; i += 1) {
      const bit = below(bundle.length * 8);
      expect(await kindOf(flipped(bundle, bit)), `bit ${bit}`).not.toMatch(/^ok/);
    }
  }
});
