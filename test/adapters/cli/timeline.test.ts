import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fakeModels } from "../providers/llm/fake-models.ts";
import { ollamaProtocol } from "../providers/llm/protocols.ts";
import { at, BROKEN, ECHO, type RigOptions, rig, text } from "./rig.ts";

const here = rig();

async function ran(document: string): Promise<string> {
  const flow = await here().file("flow.yaml", document);
  return text((await here().gleitzeit(["run", flow, "--json", "--quiet"])).json, "runId");
}

const RETRIED = `name: "Tried <script>alert('x')</script> & again"
tasks:
  - id: first
    method: echo/echo
    params: {message: ok}
  - id: much
    name: "much <b>more</b>"
    method: mcp/tool.multiply
    dependencies: [first]
    params: {a: 9007199254740991, b: 10}
    retry: {max_attempts: 2, backoff: fixed, base_delay: 0.01, jitter: false, "on": [TASK_RESULT_INVALID]}
  - id: after
    method: echo/echo
    params: {message: "\${much.result}"}
`;

test("timeline --json: each task with its attempts and waits, and the critical path", async () => {
  const run = await ran(RETRIED);
  const { exit, json } = await here().gleitzeit(["timeline", run, "--json"]);
  expect(exit).toBe(0);
  expect(json).toMatchObject({
    runId: run,
    status: "failed",
    criticalPath: [{ task: "first" }, { task: "much" }],
    pauses: [],
    tasks: [
      { id: "first", critical: true, status: "succeeded", attempts: [{ attempt: 1, outcome: "succeeded" }] },
      {
        id: "much",
        critical: true,
        waitedFor: "first",
        attempts: [
          { attempt: 1, outcome: "failed", code: "TASK_RESULT_INVALID" },
          { attempt: 2, outcome: "failed" },
        ],
        waits: expect.arrayContaining([expect.objectContaining({ for: "retry" })]),
      },
      { id: "after", critical: false, status: "skipped", attempts: [], runMs: 0 },
    ],
  });
});

test("as text it fits the terminal, however narrow, and says which path was critical", async () => {
  const run = await ran(ECHO);
  for (const columns of [50, 80, 200]) {
    const { out } = await here().gleitzeit(["timeline", run], { columns });
    const drawn = out.slice(0, out.indexOf("critical path"));
    expect(out).toContain("✓ succeeded");
    expect(drawn).toMatch(/^\* hello +.*█/m);
    const bars = drawn.split("\n").filter((line) => line.includes("█") && !line.includes(" ran"));
    expect(Math.max(...bars.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(out).toMatch(/critical path\n {2}.* hello.*\n {2}.* reply/);
  }
});

test("--html is one page by itself, and what a document says in it stays text", async () => {
  const run = await ran(RETRIED);
  const file = join(here().folder, "run.html");
  const { exit, out, err } = await here().gleitzeit(["timeline", run, "--html", file]);
  expect({ exit, out }).toEqual({ exit: 0, out: "" });
  expect(err).toContain(file);
  const page = await readFile(file, "utf8");
  expect(page).not.toMatch(/<script|<b>|https?:|src=|url\(|@import/);
  expect(page).toContain("default-src &#39;none&#39;".replaceAll("&#39;", "'"));
  expect(page).toContain("Tried &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; again");
  expect(page).toContain("much &lt;b&gt;more&lt;/b&gt;");
  expect(page).toContain("attempt 1 by mcp: failed TASK_RESULT_INVALID");
  expect(page).toContain("waited for the next attempt");
  expect(page).toMatch(/<polyline class="path" points="[\d., ]+">/);
  expect(isWellFormed(page)).toBe(true);
});

test("a place that cannot be written to is said by its option; nothing is left there", async () => {
  const run = await ran(BROKEN);
  const options: RigOptions = {};
  const { exit, json } = await here().gleitzeit(
    ["timeline", run, "--json", "--html", join(here().folder, "nowhere/run.html")],
    options,
  );
  expect(exit).toBe(2);
  expect(at(json, "error.message")).toContain("--html");
});

/** Every tag that is opened is closed in turn. */
function isWellFormed(page: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = "", rest = ""] of page.matchAll(/<(\/?)([a-z0-9]+)((?:"[^"]*"|[^>"])*)>/g)) {
    if (name === "meta" || name === "br" || rest.endsWith("/")) continue;
    if (slash === "") open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

test("what models counted is told by task and in all, and stays text on the page, whatever a model is called", async () => {
  const hostile = "<img src=x onerror=alert(1)>";
  const models = await fakeModels(ollamaProtocol, [hostile]);
  const flow = await here().file(
    "asks.yaml",
    `name: Asks
tasks:
  - {id: one, method: llm/chat, params: {prompt: Hello., model: ${JSON.stringify(hostile)}}}
  - {id: two, method: llm/chat, params: {prompt: "\${one}", model: ${JSON.stringify(hostile)}}}
  - {id: three, method: echo/echo, params: {message: "\${two}"}}
`,
  );
  const env = { GLEITZEIT_OLLAMA_URL: models.url };
  const run = text((await here().gleitzeit(["run", flow, "--json", "--quiet"], { env })).json, "runId");
  await models.close();
  const { json } = await here().gleitzeit(["timeline", run, "--json"]);
  const spent = { model: hostile, usage: { inputTokens: 7, outputTokens: 5 } };
  expect(json).toMatchObject({
    tasks: [
      { id: "one", ...spent },
      { id: "two", ...spent },
      { id: "three", attempts: [{}] },
    ],
    usage: { inputTokens: 14, outputTokens: 10 },
  });

  const { out } = await here().gleitzeit(["timeline", run]);
  expect(out).toMatch(/\ntokens {2}\d+ tokens read, \d+ written\n {2}(?:one|two) +<img/);
  const file = join(here().folder, "asks.html");
  await here().gleitzeit(["timeline", run, "--html", file]);
  const page = await readFile(file, "utf8");
  expect(page).not.toMatch(/<img|<script|https?:|src="|url\(|@import/);
  expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;");
  expect(page).toMatch(/<th>Tokens<\/th>/);

  const fork = await here().gleitzeit(["fork", run, "--from", "three", "--json", "--quiet"]);
  const again = await here().gleitzeit(["timeline", text(fork.json, "runId"), "--json"]);
  expect(at(again.json, "usage")).toBeUndefined();
});
