// What came after a checkpoint, in the forms of other programs: with what left before it is everything, once each.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ECHO, rig, text } from "./rig.ts";

const at = rig();

async function ran(): Promise<string> {
  const flow = await at().file("flow.yaml", ECHO);
  return text((await at().gleitzeit(["run", flow, "--json"])).json, "runId");
}

async function noted(name: string): Promise<string> {
  const file = join(at().folder, name);
  await writeFile(file, (await at().gleitzeit(["audit", "checkpoint"])).out);
  return file;
}

const exported = async (...words: readonly string[]) => {
  const answer = await at().gleitzeit(["export", ...words]);
  expect(answer, answer.err).toMatchObject({ exit: 0 });
  return answer;
};
const idsIn = ({ lines }: { readonly lines: readonly object[] }) => lines.map((one) => Object(one).id);

test("two exports, one from the checkpoint of the other on, are everything once", async () => {
  await ran();
  const first = await exported("--all", "--format", "jsonl");
  const since = await noted("first.checkpoint");
  const early = await exported("--all", "--format", "jsonl", "--since", since);
  const run = await ran();
  const before = idsIn(first);
  const after = idsIn(await exported("--all", "--format", "jsonl", "--since", since));
  const all = idsIn(await exported("--all", "--format", "jsonl"));
  expect(after.filter((id) => before.includes(id))).toEqual([]);
  expect(all.slice(0, before.length)).toEqual(before);
  const size = Number((await readFile(since, "utf8")).split("\n")[1]); // each has a leaf, in this order
  expect(size).toBeGreaterThanOrEqual(before.length);
  expect(all.slice(size, size + after.length)).toEqual(after);
  expect(early.lines.length).toBeLessThan(after.length);
  expect(idsIn(await exported(run, "--format", "jsonl", "--since", since))).toHaveLength(7);
  const last = await noted("last.checkpoint");
  for (const format of ["jsonl", "cloudevents", "ocsf", "openlineage"])
    expect((await exported(run, "--format", format, "--since", last)).out, format).toBe("");
  const csv = (await exported(run, "--format", "csv", "--since", last)).out;
  expect(csv.trim().split("\n")).toHaveLength(1); // its header
});

test("a checkpoint that the log did not grow out of leaves nothing out in silence", async () => {
  await ran();
  const since = await noted("it.checkpoint");
  const [origin, size, , ...rest] = (await at().gleitzeit(["audit", "checkpoint"])).out.split("\n");
  const root = Buffer.alloc(32).toString("base64");
  for (const lines of [
    [origin, size, root, ...rest],
    [origin, "1000000", root, ...rest],
  ]) {
    await writeFile(since, lines.join("\n"));
    const refused = await at().gleitzeit(["export", "--all", "--format", "ocsf", "--since", since]);
    expect(refused).toMatchObject({ exit: 5, out: "" });
    expect(refused.err).toContain("did not grow out of the checkpoint");
  }
  await writeFile(since, "no checkpoint\n");
  expect(await at().gleitzeit(["export", "--all", "--format", "csv", "--since", since])).toMatchObject({
    exit: 3,
  });
  const cassette = ["export", "x", "--format", "cassette", "-o", "x", "--since", since];
  expect(await at().gleitzeit(cassette)).toMatchObject({ exit: 2 });
});
