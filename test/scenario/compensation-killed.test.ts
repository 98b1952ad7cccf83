// `kill -9` in the middle of undoing: whoever resumes goes on where it was. What was recorded as undone is not undone
// again, what was under way is, under the same key, and the run ends as it would have ended.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gleitzeit, place } from "./command.ts";

const here = place();
const root = new URL("../../", import.meta.url);

/** Books what it is asked to, and once is killed while it takes something back: before that is in the ledger, or after. */
const PROVIDER = `
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { defineProvider } from "${new URL("dist/index.js", root)}";
import { z } from "${new URL("node_modules/zod/index.js", root)}";

const params = z.strictObject({ what: z.string() });
const die = () => {
  writeFileSync("died", "");
  process.kill(process.pid, "SIGKILL");
};

export const provider = ({ at, when }) => {
  const isDue = (what, moment) => what === at && when === moment && !existsSync("died");
  return defineProvider({
    protocol: "ledger/v1",
    methods: {
      book: { description: "Books.", params, execute: ({ what }) => ({ what }) },
      takeBack: {
        description: "Takes back.",
        params,
        execute: ({ what }, { idempotencyKey }) => {
          if (isDue(what, "before")) die();
          appendFileSync("ledger", what + " " + idempotencyKey + "\\n");
          if (isDue(what, "after")) die();
          return {};
        },
      },
    },
  });
};
`;

const booked = (id: string, dependencies: readonly string[]) => ({
  id,
  dependencies,
  method: "ledger/book",
  params: { what: id },
  compensate: { method: "ledger/takeBack", params: { what: `\${${id}.what}` } },
});

const TRIP = {
  name: "Trip",
  tasks: [
    booked("flight", []),
    booked("hotel", ["flight"]),
    booked("car", ["hotel"]),
    { id: "pay", dependencies: ["car"], method: "echo/echo", params: { message: "${car.price}" } },
  ],
};

test.each([
  ["car", "before", ["car", "hotel", "flight"]],
  ["hotel", "after", ["car", "hotel", "hotel", "flight"]],
  ["flight", "after", ["car", "hotel", "flight", "flight"]],
])("killed while %s is undone, %s it stands in the ledger", async (at, when, undone) => {
  const { folder } = here();
  await writeFile(join(folder, "ledger.mjs"), PROVIDER);
  const ledger = { type: "module", module: "./ledger.mjs", options: { at, when } };
  await writeFile(join(folder, "gleitzeit.yaml"), JSON.stringify({ providers: { ledger } }));
  await writeFile(join(folder, "trip.json"), JSON.stringify(TRIP));

  const first = await gleitzeit(here(), ["run", "trip.json", "--id", "trip", "--quiet"]);
  expect(first).toMatchObject({ signal: "SIGKILL" });
  const resumed = await gleitzeit(here(), ["resume", "trip", "--json"]);
  expect(resumed, resumed.stderr).toMatchObject({ exit: 1 });
  expect(JSON.parse(resumed.stdout)).toMatchObject({
    status: "failed",
    error: { code: "WORKFLOW_EXECUTION_FAILED", cause: { code: "TASK_PARAMETER_ERROR" } },
    compensation: { outcome: "failed", tasks: 3, succeeded: 3, failed: 0 },
  });

  const lines = (await readFile(join(folder, "ledger"), "utf8")).trim().split("\n");
  expect(lines.map((line) => line.split(" ")[0])).toEqual(undone);
  expect(new Set(lines).size, "twice under one key").toBe(3);
  const { stdout } = await gleitzeit(here(), ["events", "trip", "--json", "--type", "TaskSucceeded"]);
  const recorded = [...stdout.matchAll(/"task":"(compensate:\w+)"/g)].map(([, task]) => task);
  expect(recorded).toEqual(["compensate:car", "compensate:hotel", "compensate:flight"]);
});
