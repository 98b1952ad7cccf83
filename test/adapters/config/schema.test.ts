import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesIn, configJsonSchema } from "../../../src/adapters/config/index.ts";
import { masked } from "../../../src/adapters/config/store-url.ts";

test("the published schema is the one that the program checks with", async () => {
  const published: unknown = JSON.parse(
    await readFile(new URL("../../../schemas/config.json", import.meta.url), "utf8"),
  );
  expect(published).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});

test("it refuses unknown keys and describes every setting", () => {
  const text = JSON.stringify(configJsonSchema());
  expect(text).toContain('"additionalProperties":false');
  expect(configJsonSchema()).toMatchObject({
    properties: { store: { description: expect.any(String) }, log_level: { default: "warn" } },
  });
});

test.each([
  [1024, 1024],
  ["1024", 1024],
  ["1k", 1024],
  ["256m", 256 * 1024 ** 2],
  ["64MiB", 64 * 1024 ** 2],
  ["64 MB", 64 * 1024 ** 2],
  ["1G", 1024 ** 3],
])("%j is %d bytes", (written, bytes) => {
  expect(bytesIn(written)).toBe(bytes);
});

test.each([["0"], ["-1"], ["1.5m"], ["m"], ["9999999g"], [""], [1.5]])("%j is no size", (written) => {
  expect(() => bytesIn(written)).toThrow();
});

test("a password in a store's URL is not shown", () => {
  expect(masked("postgres://me:hunter2@db:5432/x")).toBe("postgres://me:***@db:5432/x");
  expect(masked("sqlite:/var/x.db")).toBe("sqlite:/var/x.db");
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z0-9!$%]{8,}$/), (password) => {
      expect(masked(`esdb://user:${password}@host`)).not.toContain(password);
    }),
  );
});
