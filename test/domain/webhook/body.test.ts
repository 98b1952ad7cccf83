// The bytes that receivers get: CloudEvents 1.0, the same for the same event, whoever makes them.
import { describe, expect, test } from "vitest";
import {
  bodyText,
  EventId,
  Instant,
  isObject,
  MOST_BODY_BYTES,
  parseJson,
  placeOf,
  referenced,
  webhookCatalogue,
  webhookOfStream,
  webhookStream,
  webhookStreams,
} from "../../../src/domain/index.ts";

const envelope = {
  id: EventId.parse("0199c2f4-5b2a-7000-8000-000000000007"),
  time: Instant.parse("2026-11-26T04:00:00.000Z"),
  revision: 7,
  source: "gleitzeit:example",
  subject: "0199c2f4-5b1e-7c3a-9a1d-3f6c1f2b7a10",
  recipe: { format: 1, type: "run.failed", payload: "full" },
} as const;
const bodyOf = (recipe: object) => {
  const body = parseJson(bodyText({ ...envelope, recipe: { ...envelope.recipe, ...recipe } }, { a: 1 }));
  if (!isObject(body)) throw new Error("no body");
  return body;
};

describe("a body", () => {
  test("has the attributes of CloudEvents, in one order", () => {
    expect(bodyText(envelope, { b: 1, a: [2] })).toBe(
      '{"data":{"a":[2],"b":1},"datacontenttype":"application/json",' +
        '"dataschema":"urn:gleitzeit:events:run.failed.v1","id":"0199c2f4-5b2a-7000-8000-000000000007",' +
        '"previous":null,"sequence":"7","source":"gleitzeit:example","specversion":"1.0",' +
        '"subject":"0199c2f4-5b1e-7c3a-9a1d-3f6c1f2b7a10","time":"2026-11-26T04:00:00.000Z","type":"run.failed"}',
    );
  });

  test("says which event was told before it, be it the very first", () => {
    expect(bodyOf({ previous: 4 })).toMatchObject({ sequence: "7", previous: "4" });
    expect(bodyOf({ previous: 0 }).previous).toBe("0");
  });

  test("carries a checkpoint of the log, if there is one", () => {
    const checkpoint = { size: "4000", root: "qqo=", note: "signed" };
    expect(bodyOf({ checkpoint }).checkpoint).toEqual(checkpoint);
    expect(bodyOf({})).not.toHaveProperty("checkpoint");
  });

  test.each([
    ["run.failed", "urn:gleitzeit:events:run.failed.v1"],
    ["event.TaskLost", "urn:gleitzeit:events:stored.v1"],
    ["webhook.test", "urn:gleitzeit:events:webhook.test.v1"],
  ])("of type %s has the schema %s", (type, schema) => {
    expect(bodyOf({ type }).dataschema).toBe(schema);
  });

  test("that is too large says so, beside its ids", () => {
    expect(referenced({ runId: "r" }, 300_000)).toEqual({
      runId: "r",
      truncated: { bytes: 300_000, limit: MOST_BODY_BYTES },
    });
  });
});

describe("samples of the catalogue", () => {
  const samples = new Map(webhookCatalogue().map(({ type, sample }) => [String(type), sample]));

  test("are of a run, whose first event has none before it, or of an endpoint", () => {
    expect(samples.get("run.submitted")).toMatchObject({ subject: envelope.subject, previous: null });
    expect(samples.get("run.started")).toMatchObject({
      id: envelope.id,
      source: envelope.source,
      subject: envelope.subject,
      time: envelope.time,
      sequence: "7",
      previous: "4",
    });
    const WEBHOOK = "0199c2f0-1a2b-7c3d-8e4f-5a6b7c8d9e0f";
    expect(samples.get("webhook.parked")).toMatchObject({ subject: WEBHOOK, data: { webhookId: WEBHOOK } });
  });

  test("stand beside schemas that say what the fields without a name of their own mean", () => {
    for (const { type, about, schema } of webhookCatalogue()) {
      expect(schema).toMatchObject({
        $id: `urn:gleitzeit:events:${type}.v1`,
        title: type,
        description: about,
        properties: {
          id: { description: expect.stringMatching(/same at every endpoint/) },
          sequence: { description: expect.stringMatching(/^Place/) },
          previous: { description: expect.stringMatching(/null at the first/) },
        },
      });
    }
  });
});

test("the stream of an endpoint is named after its tenant and id, and gives the id back", () => {
  const id = "0199c2f0-1a2b-7c3d-8e4f-5a6b7c8d9e0f";
  expect(webhookStream(id)).toBe(`webhook-main.${id}`);
  expect(webhookStream(id, "acme").startsWith(webhookStreams("acme"))).toBe(true);
  for (const tenant of ["main", "acme"]) expect(webhookOfStream(webhookStream(id, tenant))).toBe(id);
});

test("places in the log are written as digits, and its start as 0", () => {
  expect([placeOf("start"), placeOf(4711n)]).toEqual(["0", "4711"]);
});
