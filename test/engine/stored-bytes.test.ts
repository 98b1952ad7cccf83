// The rules that hold for the bytes of every event, whatever its type.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { expect, test } from "vitest";
import type { StoredEvent } from "../../src/engine/ports/index.ts";
import { broken, ok, rig, scripted, workflow } from "./rig.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** A run with a large text, a large object, users' own placeholders, a failure, and a secret in every value. */
async function stored(): Promise<readonly StoredEvent[]> {
  const { run, store } = rig({
    providers: [
      scripted(({ task, params }) =>
        task === "c" ? broken() : ok({ params, text: `SECRET ${"x".repeat(80_000)}`, $blob: "SECRET" }),
      ),
    ],
  });
  const { end } = await run(
    workflow(
      [
        { id: "a", params: { given: "${inputs.given}" } },
        { id: "b", params: { all: "${a.text}" } },
        { id: "c", dependencies: ["b"] },
      ],
      { inputs: { given: { type: "object" } } },
    ),
    { inputs: { given: { $erased: true, "": "SECRET ä" } }, name: "SECRET-name" },
  );
  await end;
  const { events } = await store.events.readAll("start", 100);
  expect(events.length).toBeGreaterThan(8);
  return events;
}

test("metadata and data are JCS, so a commitment hashes stored bytes", async () => {
  for (const { type, metadata, data, salt } of await stored()) {
    const [meta, body] = [utf8.decode(metadata), utf8.decode(data)];
    expect(canonicalize(JSON.parse(meta)), type).toBe(meta);
    expect(canonicalize(JSON.parse(body)), type).toBe(body);
    const whole = canonicalize({ data: JSON.parse(body), metadata: JSON.parse(meta) }) ?? "";
    const commitment = (text: string): string =>
      createHash("sha256").update("gleitzeit/event/v1\n").update(salt).update(text).digest("base64");
    expect(commitment(`{"data":${body},"metadata":${meta}}`)).toBe(commitment(whole));
  }
});

test("each has an id, a salt and an instant of its own making", async () => {
  const events = await stored();
  expect(new Set(events.map(({ salt }) => Buffer.from(salt).toString("hex"))).size).toBe(events.length);
  for (const { id, salt, recordedAt, metadata } of events) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(salt).toHaveLength(16);
    expect(recordedAt).toBe(new Date(recordedAt).toISOString());
    expect(JSON.parse(utf8.decode(metadata))).toMatchObject({
      tenant: "main",
      actor: { id: expect.stringMatching(/./) },
    });
  }
});

test("nothing that a run was given or that came out stands outside values, and null stands nowhere", async () => {
  for (const { type, data, metadata } of await stored()) {
    const { values: _, ...control } = JSON.parse(utf8.decode(data));
    const clear = JSON.stringify(control) + utf8.decode(metadata);
    expect(clear, type).not.toContain("SECRET");
    expect(clear, type).not.toContain("null");
  }
});

test("each says what led to it, and who worked where the actor does not", async () => {
  const seen = new Set<string>();
  for (const { id, type, metadata } of await stored()) {
    const { actor, worker, causationId } = JSON.parse(utf8.decode(metadata));
    expect(actor.type === "engine", type).toBe(worker === undefined);
    if (actor.type !== "cli") expect(seen, type).toContain(causationId);
    seen.add(id);
  }
});
