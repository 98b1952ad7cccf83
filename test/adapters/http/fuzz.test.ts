import { expect, test } from "vitest";
import { fuzzed } from "./fuzzed.ts";
import { server } from "./rig.ts";

const here = server({ env: { GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "1000000" } });

test("300 requests made up from the OpenAPI document: no 5xx, no hang, every refusal is a problem", async () => {
  const statuses = await fuzzed(here(), 300);
  expect([...statuses.keys()].length).toBeGreaterThan(2);
});
