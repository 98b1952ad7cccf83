// What `config show` and the server tell of a configuration: that there is a key, never which.
import { expect, test } from "vitest";
import { shown } from "../../../src/adapters/config/index.ts";
import { ground, load, write } from "./places.ts";

const here = ground();

test("keys in clear are not shown, wherever servers want to have them", async () => {
  await write(
    here().work,
    "gleitzeit.yaml",
    `providers:
  office: {type: openai, url: "http://10.0.0.1/v1", api_key: canary, default_model: small}
  tools: {type: mcp, command: node, args: [server.mjs, --token, canary, --api-key=canary, --port, "1"], env: {A: canary}}
  search: {type: mcp, url: "http://10.0.0.1/mcp?api_key=canary&page=2", headers: {x: canary}}
  shop: {type: http, url: "http://10.0.0.1", headers: {Authorization: "Bearer canary", other: "\${secret.SHOP}"}}
`,
  );
  const text = JSON.stringify(shown(await load(here())));
  expect(text).not.toContain("canary");
  for (const said of [
    '["server.mjs","--token","***","--api-key=***","--port","1"]',
    "/mcp?api_key=***&page=2",
    "${secret.SHOP}",
    '"api_key":"***"',
  ])
    expect(text).toContain(said);
});
