// The bytes of what stands in the streams `audit`, `owners` and `access-<month>`, kept for ever: test/domain/run/golden.test.ts
// says what that means.
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  AUDIT_EVENT_VERSION,
  type AuditEvent,
  Incarnation,
  Instant,
  type Json,
  jcs,
  LogExported,
  RunId,
  readAuditEvent,
  readRole,
  TrailRead,
} from "../../../src/domain/index.ts";

const folder = new URL("../../golden/", import.meta.url);
const root = "ZFyIFzOCXNQ/WUXX3nj+LQpGrMaGHeMpyTZ4YCNTJb0=";
const vkey = "gleitzeit-0b1c+deadbeef+AQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygp";
const run = RunId.parse("01890a5d-ac96-774b-bcce-b302099a8057");

const AUDIT: readonly AuditEvent[] = [
  { type: "AuditKeyAdded", data: { vkey } },
  { type: "AuditKeyRetired", data: { vkey, values: { reason: "a laptop was lost" } } },
  {
    type: "CheckpointSigned",
    data: {
      size: "17",
      root,
      first: "0",
      after: "start",
      upTo: "18",
      note: "a\n17\n…\n\n— a …\n",
      keys: [0, 4],
    },
  },
  { type: "CheckpointCosigned", data: { size: "17", root, checkpoint: 5, signatures: ["— witness …"] } },
  {
    type: "RollbackAccepted",
    data: { size: "9", root, kept: { size: "17", root }, values: { reason: "the disk was replaced" } },
  },
];
const OTHERS = [
  { type: "RoleTaken", data: { role: "audit", holder: Incarnation.parse(run) } },
  { type: "LogExported", data: { format: "bundle", size: "17", root, run, children: true } },
  { type: "LogExported", data: { format: "subject", size: "17", root, subject: "hmac-00" } },
  {
    type: "TrailRead",
    data: {
      actor: "ada",
      on: run,
      types: ["Run*"],
      outcome: "denied",
      since: Instant.parse("2026-03-01T00:00:00.000Z"),
    },
  },
] as const;

const nameOf = ({ type, data }: { readonly type: string; readonly data: object }): string =>
  "subject" in data ? `${type}-subject` : type;

const read = (type: string, version: number, data: Json) =>
  type === "TrailRead"
    ? version === AUDIT_EVENT_VERSION && TrailRead.parse({ type, data })
    : type === "LogExported"
      ? version === AUDIT_EVENT_VERSION && LogExported.parse({ type, data })
      : (readAuditEvent(type, version, data) ?? readRole(type, version, data));

describe("golden bytes of the audit log", () => {
  test.each([...AUDIT, ...OTHERS].map((sample) => [nameOf(sample), sample] as const))(
    "%s",
    async (name, sample) => {
      const { type } = sample;
      const file = new URL(`${name}.v${AUDIT_EVENT_VERSION}.json`, folder);
      const bytes = `${jcs(sample.data)}\n`;
      const mayWrite = process.env.GLEITZEIT_WRITE_GOLDEN === "new";
      if (mayWrite && !existsSync(file)) await writeFile(file, bytes, { flag: "wx" });
      expect(bytes).toBe(await readFile(file, "utf8"));
      const data: Json = JSON.parse(bytes);
      expect(read(type, AUDIT_EVENT_VERSION, data)).toEqual(sample);
    },
  );

  test("there is a sample of every file", async () => {
    const files = (await readdir(folder)).filter((name) =>
      /^(?:Audit|Checkpoint|Rollback|Role|LogExported|TrailRead)/.test(name),
    );
    const samples = [...AUDIT, ...OTHERS].map((sample) => `${nameOf(sample)}.v1.json`);
    expect(files.toSorted()).toEqual(samples.toSorted());
  });

  test("what is of another version, another type or another shape is not read", () => {
    expect(readAuditEvent("AuditKeyAdded", 2, { vkey })).toBeUndefined();
    expect(readAuditEvent("AuditKeyLost", 1, { vkey })).toBeUndefined();
    expect(readAuditEvent("CheckpointSigned", 1, { size: "-1" })).toBeUndefined();
    expect(readRole("RoleTaken", 1, { role: "king", holder: run })).toBeUndefined();
  });
});
