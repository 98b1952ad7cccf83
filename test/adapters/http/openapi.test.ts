// The OpenAPI document: it is drawn from what requests are checked by, passes a linter, and is the one that is published.
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isObject, type Json } from "../../../src/domain/index.ts";
import { at } from "../cli/rig.ts";
import { server } from "./rig.ts";

const here = server();

test("it is OpenAPI 3.1, and a linter finds nothing to say against it", async () => {
  const { json, status } = await here().ask("GET", "/openapi.json");
  expect(here().logged.filter((line) => line.includes('"error"'))).toEqual([]);
  expect({ status, openapi: json.openapi }).toEqual({ status: 200, openapi: "3.1.0" });
  const folder = await mkdtemp(join(tmpdir(), "gz-openapi-"));
  try {
    await writeFile(join(folder, "openapi.json"), JSON.stringify(json));
    const cli = join(dirname(fileURLToPath(import.meta.resolve("@redocly/cli/package.json"))), "bin/cli.js");
    const {
      stdout,
      stderr,
      status: exit,
    } = spawnSync(process.execPath, [cli, "lint", "openapi.json", "--format", "stylish"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, REDOCLY_TELEMETRY: "off" },
    });
    expect(exit, stdout + stderr).toBe(0);
    expect(stdout + stderr).not.toMatch(/\b[1-9]\d* (?:errors?|warnings?)\b/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("each route says who is asked, what it may refuse, and is named once", async () => {
  const { json, text } = await here().ask("GET", "/openapi.json");
  expect(text, "an answer is told in words").not.toContain("Default Response");
  const paths = isObject(json.paths) ? Object.values(json.paths) : [];
  const operations = paths.flatMap((path) => (isObject(path) ? Object.values(path) : [])).filter(isObject);
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(25);
  for (const operation of operations) {
    if (isObject(operation) && Array.isArray(operation.security)) continue;
    for (const status of ["400", "401", "403", "422", "429", "503"]) {
      expect(
        at(operation, `responses.${status}`),
        `${JSON.stringify(operation.operationId)} ${status}`,
      ).toBeDefined();
    }
  }
});

test("the published document is this one: npm run generate", async () => {
  const { json } = await here().ask("GET", "/openapi.json");
  const published: Json = JSON.parse(
    await readFile(new URL("../../../schemas/openapi.json", import.meta.url), "utf8"),
  );
  const known = isObject(published) ? published : {};
  expect(Object.keys(known)).toEqual(Object.keys(json));
  for (const part of ["paths", "components", "tags"]) expect(known[part], part).toEqual(json[part]);
});

test("/docs lists every route for people, without scripts", async () => {
  const { text, headers } = await here().ask("GET", "/docs");
  expect(headers.get("content-type")).toContain("text/html");
  expect(text).toContain("/v1/runs/{id}/cancel");
  expect(text).not.toContain("<script");
});
