// Providers that a configuration names by module.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openGleitzeit } from "../../src/index.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gz-module-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What `defineProvider` gives, by hand: a class, whose members do not lie on the object itself. */
const CLASS = `class Counter {
  protocol = "counter/v1";
  name = "own";
  closed = false;
  methods = { count: { version: 1, description: "Counts.", params: { safeParse: (data) => ({ success: true, data }) },
    result: { safeParse: (data) => ({ success: true, data }) }, examples: [{}] } };
  async execute() { return { ok: true, result: this.name }; }
  async close() { this.closed = true; }
}
`;

const opened = (module: string) =>
  openGleitzeit({
    folder,
    home: join(folder, "home"),
    configuration: { providers: { count: { type: "module", module, options: { by: 2 } } } },
  });

test.each([
  ["export const provider = new Counter();", "own"],
  ["export const provider = async ({ by }) => Object.assign(new Counter(), { name: String(by) });", "2"],
])("%s", async (exported, result) => {
  await writeFile(join(folder, "count.mjs"), `${CLASS}${exported}\n`);
  const gleitzeit = await opened("./count.mjs");
  expect(await gleitzeit.call("counter/count", {}, { provider: "count" })).toBe(result);
  await gleitzeit.close();
});

test("a package is found from the configuration's folder", async () => {
  await mkdir(join(folder, "node_modules/counter"), { recursive: true });
  const manifest = { name: "counter", version: "1.0.0", type: "module", exports: "./index.js" };
  await writeFile(join(folder, "node_modules/counter/package.json"), JSON.stringify(manifest));
  await writeFile(
    join(folder, "node_modules/counter/index.js"),
    `${CLASS}export const provider = new Counter();\n`,
  );
  const gleitzeit = await opened("counter");
  expect(await gleitzeit.call("counter/count")).toBe("own");
  await gleitzeit.close();
});

test.each([
  ["export const other = 1;", "exports no provider"],
  ["export const provider = () => { throw new Error('no luck'); };", "no luck"],
  ["syntax error", "count.mjs cannot be used"],
])("a module that cannot be used says why, and its name: %s", async (text, why) => {
  await writeFile(join(folder, "count.mjs"), `${text}\n`);
  await expect(opened("./count.mjs")).rejects.toMatchObject({
    code: "CONFIGURATION_ERROR",
    message: expect.stringMatching(new RegExp(`provider \`count\`.*${why}`)),
  });
});

test("a module that is not there, and two providers of one name, are refused", async () => {
  await expect(opened("./none.mjs")).rejects.toMatchObject({ code: "CONFIGURATION_ERROR" });
  await expect(opened("no-such-package")).rejects.toMatchObject({ code: "CONFIGURATION_ERROR" });
});
