// Bundles as somebody would make them who wants to be believed, and who seals each with an end of its own.
import { gzipSync } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { rig } from "../cli/rig.ts";
import { linesIn, type Made, madeBundles, sealed, verified } from "./bundles.ts";

const at = rig();
let made: Made;
beforeEach(async () => {
  made ??= await madeBundles(at());
});

const told = async (bytes: Buffer, since?: string) => {
  const verdict = await verified(bytes, made.keys, since);
  return verdict.ok ? "verified" : verdict.problem.kind;
};
const header = (bundle: Buffer, change: (header: Record<string, unknown>) => unknown): Buffer => {
  const [first = "{}", ...rest] = linesIn(bundle);
  return sealed([sortedJson(change(JSON.parse(first))), ...rest]);
};
/** Names are in ASCII here. */
function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${sortedJson(member)}`).join(",")}}`;
}

test("one run is not taken for another, nor for everything, nor without its children", async () => {
  expect(await told(header(made.run, (one) => one))).toBe("verified"); // the tools of this test change nothing
  const other = { run: "01890a5d-ac96-774b-bcce-b302099a8057", children: true };
  expect(await told(header(made.run, (one) => ({ ...one, scope: other })))).toBe("extra event");
  expect(await told(header(made.run, (one) => ({ ...one, scope: { all: true } })))).toBe("altered line");
  expect(await told(header(made.all, (one) => ({ ...one, scope: other })))).toBe("altered line");
  const alone = (one: Record<string, unknown>) => ({
    ...one,
    scope: { ...Object(one.scope), children: false },
  });
  expect(await told(header(made.run, alone))).toBe("extra event");
  for (const run of ["", "main", "."])
    expect(await told(header(made.run, (one) => ({ ...one, scope: { run, children: true } })))).toBe(
      "extra event",
    );
});

test("an older checkpoint does not cover what came after it, and a newer one is not grown out of another log", async () => {
  expect(await told(header(made.run, (one) => ({ ...one, checkpoint: made.since })))).toMatch(
    /extra event|bad proof/,
  );
  expect(await told(header(made.all, (one) => ({ ...one, checkpoint: made.since })))).toBe("extra event");
  const grown = [{ size: "3", root: Buffer.alloc(32).toString("base64"), proof: [] }];
  expect(await told(header(made.run, (one) => ({ ...one, consistency: grown })))).toBe("bad proof");
  const note = made.since.replace("\n\n", "\nmore\n\n");
  expect(await told(made.all, note)).toBe("bad signature");
});

test("a key that the bundle brings along is not believed", async () => {
  const { signingKey } = await import("../../../src/adapters/audit/signing-key.ts");
  const { checkpointText, signedNote } = await import("../../../src/adapters/audit/checkpoint.ts");
  const origin = made.vkey.split("+")[0] ?? "";
  const mine = signingKey(origin);
  const text = checkpointText({ origin, size: 1, root: new Uint8Array(32) });
  const forged = { checkpoint: signedNote(text, [mine]), vkey: mine.vkey };
  expect(await told(header(made.all, (one) => ({ ...one, ...forged })))).toBe("unknown key");
  expect(await told(header(made.all, (one) => ({ ...one, ...forged, vkey: made.vkey })))).toBe("unknown key");
  expect(await told(header(made.all, (one) => ({ ...one, origin: "another" })))).toBe("altered line");
});

test("what is no bundle is told at once: two in one, packed, marked, endless nesting, nothing", async () => {
  expect(await told(Buffer.concat([made.run, made.run]))).toBe("altered line");
  expect(await told(Buffer.concat([made.run, made.all]))).toBe("altered line");
  expect(await told(gzipSync(made.run))).toMatch(/altered line|truncated file/);
  expect(await told(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), made.run]))).toBe("altered line");
  expect(await told(Buffer.from(made.run.toString("latin1"), "utf16le"))).toMatch(
    /altered line|truncated file/,
  );
  const [first = ""] = linesIn(made.run);
  for (const depth of [2_000, 200_000]) {
    const nested = `{"event":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect(await told(sealed([first, nested]))).toBe("altered line");
    const named = `{"event":${'{"b":'.repeat(depth)}0${"}".repeat(depth)},"a":0}`;
    expect(await told(sealed([first, named]))).toBe("altered line");
  }
  expect(await told(Buffer.alloc(1_000_000, "\n"))).toBe("altered line");
});

test("names that mean something to JavaScript are names like others", async () => {
  const [first = "", second = ""] = linesIn(made.run);
  for (const name of ["__proto__", "constructor", "toJSON", "10"])
    expect(await told(sealed([first, `${second.slice(0, -1)},"${name}":{}}`]))).toBe("altered line");
});
