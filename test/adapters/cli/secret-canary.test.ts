// Secrets from the command line: a canary goes through every door, and is nowhere afterwards.
import { join } from "node:path";
import { expect, test } from "vitest";
import { CANARY, everyFile, expectClean } from "./canary.ts";
import { rig } from "./rig.ts";

const here = rig({ withImages: true });

const keep = (name: string) => here().gleitzeit(["secrets", "set", name, "--json"], { input: `${CANARY}\n` });

const SPEAKING = `name: Speaking
inputs: {token: {type: string, secret: true}}
tasks:
  - {id: echo, method: echo/echo, params: {message: "Bearer \${secret.KEY}", again: ["\${inputs.token}"]}}
  - {id: after, method: echo/echo, params: {message: "it said \${echo}"}}
  - {id: wrong, method: mcp/tool.add, params: {a: "\${secret.KEY}", b: 1}, on_failure: continue}
  - {id: call, method: http/request, params: {url: "http://127.0.0.1:9/?key=\${secret.KEY}"}, on_failure: continue, retry: {max_attempts: 1}}
  - id: told
    method: echo/echo
    for_each: [1, 2]
    params: {message: "\${secret.KEY} \${item} \${wrong.error.message} \${call.error.message}"}
outputs: {said: "\${after}", told: "\${told}"}
`;

test("a secret is in no file, event, error, log line or output, whoever sends it back", async () => {
  await keep("KEY");
  const file = await here().file("speaking.yaml", SPEAKING);
  const said: string[] = [];
  for (const argv of [
    ["run", file, "--input", "token=KEY", "--id", "t", "--json", "--verbose"],
    [
      "run",
      file,
      "--input",
      "token=KEY",
      "--watch",
      "--verbose",
      "--output",
      join(here().folder, "out.json"),
    ],
    ["show", "t", "--json"],
    ["show", "t", "--task", "echo"],
    ["logs", "t", "--json"],
    ["events", "t", "--json"],
    ["timeline", "t", "--json"],
    ["why", "t", "wrong"],
    ["failures", "--json"],
    ["secrets", "list", "--json"],
    ["config", "show", "--json"],
  ]) {
    const { exit, out, err } = await here().gleitzeit(argv);
    expect(exit, argv.join(" ")).toBe(0);
    said.push(out, err);
  }
  expect(said.join("\n")).toContain("Bearer ${secret.KEY}");
  expect(said.join("\n")).toContain("it said Bearer ***");
  expectClean(said.join("\n"));
  const files = await everyFile(here().home);
  expect(files).toContain("${secret.KEY}");
  expectClean(files);
  expectClean(await everyFile(here().folder));
});

test("nor does a script, whatever it does with it", { timeout: 120_000 }, async () => {
  await keep("KEY");
  const code = [
    "import base64, json, sys, urllib.parse",
    "k = context['k']",
    "print(k); print(json.dumps({'k': k})); print(json.dumps(json.dumps(k)), file=sys.stderr)",
    "print(base64.b64encode(('user:' + k).encode()).decode(), urllib.parse.quote(k), k.encode().hex())",
    "for c in k: print(c, end='')",
    "result = {k: [k, {'inner': k + k}]}",
    "if context.get('fail'): raise ValueError('no ' + k)",
  ];
  const file = await here().file(
    "script.yaml",
    `name: Script
tasks:
  - {id: good, method: python/execute, params: {code: ${JSON.stringify(code.join("\n"))}, context: {k: "\${secret.KEY}"}}}
  - {id: bad, method: python/execute, params: {code: ${JSON.stringify(code.join("\n"))}, context: {k: "\${secret.KEY}", fail: true}}, on_failure: continue}
`,
  );
  const said: string[] = [];
  for (const argv of [
    ["run", file, "--id", "t", "--json"],
    ["run", file, "--watch"],
    ["logs", "t"],
    ["events", "t", "--json"],
  ]) {
    const { exit, out, err } = await here().gleitzeit(argv);
    expect(exit, `${argv.join(" ")}\n${out}`).toBe(0);
    said.push(out, err);
  }
  const all = said.join("\n");
  expect(all).toContain("no ***");
  expectClean(all);
  expectClean(await everyFile(here().home));
});
