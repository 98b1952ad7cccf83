// The bytes of who may come in, kept for ever: test/domain/run/golden.test.ts says what that means.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { AccessEvent } from "../../../src/domain/access/access-events.ts";
import {
  ACCESS_EVENT_VERSION,
  Instant,
  type Json,
  jcs,
  KeyEvent,
  KeyId,
  RunId,
  readAccessEvent,
  readKeyEvent,
} from "../../../src/domain/index.ts";

const folder = new URL("../../golden/", import.meta.url);
const at = Instant.parse("2026-03-01T12:00:00.000Z");
const hash = `sha256-${"0a".repeat(32)}`;
const run = RunId.parse("01890a5d-ac96-774b-bcce-b302099a8057");
const key = KeyId.parse("0123456789abcdef");

type Sample = KeyEvent | AccessEvent;
const SAMPLES: readonly (readonly [string, Sample])[] = [
  ["KeyCreated", { type: "KeyCreated", data: { role: "operator", hash, expiresAt: at } }],
  ["KeyCreated-bare", { type: "KeyCreated", data: { role: "viewer", hash } }],
  ["KeyRotated", { type: "KeyRotated", data: { hash, previousUntil: at } }],
  ["KeyRevoked", { type: "KeyRevoked", data: { values: { reason: "left the team" } } }],
  ["KeyUsed", { type: "KeyUsed", data: { day: "2026-03-01" } }],
  [
    "AccessDenied",
    {
      type: "AccessDenied",
      data: {
        from: at,
        denials: [
          { key, code: "AUTHORIZATION_FAILED", count: 3 },
          { address: "5f".repeat(16), code: "AUTHENTICATION_FAILED", count: 1 },
        ],
        others: 7,
      },
    },
  ],
  [
    "PayloadRead",
    { type: "PayloadRead", data: { from: at, reads: [{ subject: "7e".repeat(32), run, count: 12 }] } },
  ],
];

const read = (type: string, version: number, data: Json) =>
  readKeyEvent(type, version, data) ?? readAccessEvent(type, version, data);

describe("golden bytes of who may come in", () => {
  test.each(SAMPLES)("%s", async (name, { type, data }) => {
    const file = new URL(`${name}.v${ACCESS_EVENT_VERSION}.json`, folder);
    const bytes = `${jcs(data)}\n`;
    const mayWrite = process.env.GLEITZEIT_WRITE_GOLDEN === "new";
    if (mayWrite && !existsSync(file)) await writeFile(file, bytes, { flag: "wx" });
    expect(bytes).toBe(await readFile(file, "utf8"));
    const stored: Json = JSON.parse(bytes);
    expect(read(type, ACCESS_EVENT_VERSION, stored)).toEqual({ type, data });
  });

  test("there is a sample of every type", () => {
    const types = [...KeyEvent.options, ...AccessEvent.options].map((option) => option.shape.type.value);
    expect([...new Set(SAMPLES.map(([, { type }]) => type))].toSorted()).toEqual(types.toSorted());
  });

  test("what is of another version, type or shape is not read; unknown fields are kept", () => {
    expect(read("KeyUsed", 2, { day: "2026-03-01" })).toBeUndefined();
    expect(read("KeyLost", 1, {})).toBeUndefined();
    expect(read("KeyCreated", 1, { role: "king", hash })).toBeUndefined();
    expect(read("KeyUsed", 1, { day: "2026-03-01", later: 1 })?.data).toMatchObject({ later: 1 });
  });
});
