// Receivers are written against schemas/events: what once stood there stays. A new member may come; a member that goes, is no
// longer always there, or changes its kind, and an outcome that nobody has heard of, need another version of the schema.
import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { isList, isObject, type Json, parseJson, webhookCatalogue } from "../../../src/domain/index.ts";

const published = new URL("../../../schemas/events/", import.meta.url);

/** What a receiver of `before` may stumble over in `after`. */
function breaks(before: Json, after: Json | undefined, path = ""): readonly string[] {
  if (!isObject(before)) return [];
  if (!isObject(after)) return [`${path} is gone`];
  const kinds = ["type", "const", "format", "pattern"] as const;
  const changed = kinds.filter((one) => JSON.stringify(before[one]) !== JSON.stringify(after[one]));
  const required = isList(after.required) ? after.required : [];
  const noLonger = (isList(before.required) ? before.required : []).filter(
    (name) => !required.includes(name),
  );
  const enums = isList(before.enum) && isList(after.enum) ? [before.enum, after.enum] : undefined;
  const unheard = enums ? (enums[1] ?? []).filter((one) => !enums[0]?.includes(one)) : [];
  const members = isObject(before.properties) ? before.properties : {};
  const others = isObject(after.properties) ? after.properties : {};
  return [
    ...changed.map((one) => `${path} has another ${one}`),
    ...noLonger.map((name) => `${path}.${JSON.stringify(name)} is not always there`),
    ...unheard.map((one) => `${path} may be ${JSON.stringify(one)}`),
    ...(isList(before.enum) !== isList(after.enum) ? [`${path} is of another kind`] : []),
    ...Object.entries(members).flatMap(([name, member]) => breaks(member, others[name], `${path}.${name}`)),
  ];
}

test("every published type is still told, as it was published", async () => {
  const files = (await readdir(published)).filter((name) => name.endsWith(".v1.json"));
  const now = new Map(webhookCatalogue().map(({ type, schema }) => [`${type}.v1.json`, schema]));
  expect(files.toSorted()).toEqual([...now.keys()].toSorted());
  for (const file of files) {
    const before = parseJson(await readFile(new URL(file, published), "utf8"));
    expect(breaks(before, now.get(file)), file).toEqual([]);
  }
});

describe("the check itself can fail", () => {
  const before = {
    type: "object",
    required: ["a"],
    properties: { a: { type: "string" }, b: { type: "string", enum: ["x"] } },
  };

  test.each<[string, Json, number]>([
    ["the same", before, 0],
    ["one more member", { ...before, properties: { ...before.properties, c: { type: "null" } } }, 0],
    ["a member that is gone", { ...before, properties: { a: { type: "string" } } }, 1],
    ["a member that may be missing", { ...before, required: [] }, 1],
    [
      "a member of another type",
      { ...before, properties: { ...before.properties, a: { type: "number" } } },
      1,
    ],
    [
      "an outcome nobody has heard of",
      { ...before, properties: { ...before.properties, b: { type: "string", enum: ["x", "y"] } } },
      1,
    ],
  ])("%s", (_, after, many) => {
    expect(breaks(before, after)).toHaveLength(many);
  });
});
