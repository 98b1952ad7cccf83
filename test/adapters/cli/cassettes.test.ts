// --record and --play, from the command line: nobody is called while a cassette is played, whoever could be.
import { access, readdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import { ollamaProtocol } from "../providers/llm/protocols.ts";
import { at, rig } from "./rig.ts";

const here = rig({ withImages: true });

const ECHO = "name: Echo\ntasks:\n  - {id: say, method: echo/echo, params: {message: ahoy}}\n";

describe("while a cassette is played", () => {
  let models: FakeModels;
  let canary: Server;
  let knocks = 0;
  beforeEach(async () => {
    models = await fakeModels(ollamaProtocol);
    knocks = 0;
    canary = createServer((_, response) => response.end('{"jsonrpc":"2.0","id":1,"result":{}}'));
    canary.on("connection", () => (knocks += 1));
    await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    await models.close();
    await new Promise((resolve) => canary.close(resolve));
  });
  const canaryUrl = (): string => {
    const address = canary.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  };

  const DOCUMENT = `name: Tides
tasks:
  - {id: explain, method: llm/chat, params: {prompt: Explain it., file_path: tides.txt, model: llama3.2}}
  - {id: count, method: python/execute, params: {code: "result = len(context['text'])", context: {text: "\${explain}"}}}
  - {id: turn, method: javascript/execute, params: {code: "result = 6 * context.n", context: {n: "\${count}"}}}
`;

  test("a run is the same without its models, their address, or an interpreter", async () => {
    const file = await here().file("tides.yaml", DOCUMENT);
    await here().file("tides.txt", "High and low.");
    const env = { GLEITZEIT_OLLAMA_URL: models.url };
    const recorded = await here().gleitzeit(["run", file, "--record", "tape", "--json"], { env });
    expect([recorded.exit, recorded.err]).toEqual([0, expect.not.stringContaining("error")]);
    const asked = models.heard.length;
    await models.close();
    const played = await here().gleitzeit(["run", file, "--play", "tape", "--json"]);
    expect([played.exit, at(played.json, "outputs")]).toEqual([0, at(recorded.json, "outputs")]);
    expect(at(played.json, "tasks.explain.result")).toEqual(at(recorded.json, "tasks.explain.result"));
    expect(models.heard.length).toBe(asked);
    await here().file("tides.txt", "Another text.");
    const changed = await here().gleitzeit(["run", file, "--play", "tape", "--json"]);
    expect(changed.exit).toBe(1);
    expect(at(changed.json, "tasks.explain.error.message")).toMatch(/files\["tides\.txt"\] was "sha256-/);
  });

  test("no server is connected to and no program started, neither by calls nor by checks before them", async () => {
    const program = JSON.stringify(process.execPath);
    const args = "[\"-e\", \"require('fs').writeFileSync('started', '')\"]";
    await here().file(
      "gleitzeit.yaml",
      `outbound: {allow: {hosts: ["127.0.0.1"]}}
providers:
  one: {type: ollama, url: "${canaryUrl()}"}
  two: {type: openai, instances: [{url: "${canaryUrl()}", api_key: sk-canary}, {url: "${canaryUrl()}/b"}]}
  three: {type: jsonrpc, protocol: three/v1, url: "${canaryUrl()}"}
  four: {type: jsonrpc, protocol: four/v1, command: ${program}, args: ${args}}
  five: {type: mcp, command: ${program}, args: ${args}}
  six: {type: mcp, url: "${canaryUrl()}"}
`,
    );
    const methods = [
      ["llm/chat", "{prompt: hi}", "one"],
      ["llm/chat", "{prompt: hi}", "two"],
      ["three/ask", "{}", "three"],
      ["four/ask", "{}", "four"],
      ["mcp/tool.echo", "{message: hi}", "five"],
      ["mcp/tool.echo", "{message: hi}", "six"],
      ["http/request", `{method: GET, url: "${canaryUrl()}"}`, ""],
      ["python/execute", "{code: 'result = 1'}", ""],
      ["javascript/execute", "{code: 'result = 1'}", ""],
      ["jsonrpc/call", "{endpoint: three, method: ask}", ""],
    ];
    const tasks = methods.map(
      ([method, params, provider], i) =>
        `  - {id: t${i}, method: ${method}, params: ${params}${provider === "" ? "" : `, provider: ${provider}`}}`,
    );
    const agent =
      "  - {id: agent, method: llm/agent, params: {prompt: hi, tools: [mcp/tool.echo, three/ask]}}";
    const all = await here().file("all.yaml", `name: All\ntasks:\n${[...tasks, agent].join("\n")}\n`);
    const echo = await here().file("echo.yaml", ECHO);
    expect((await here().gleitzeit(["run", echo, "--record", "tape"])).exit).toBe(0);
    const { exit, json } = await here().gleitzeit(["run", all, "--play", "tape", "--json"]);
    expect(exit).toBe(1);
    for (const [i] of methods.entries()) expect(at(json, `tasks.t${i}.error.code`)).toBe("CALL_NOT_RECORDED");
    expect(at(json, "tasks.agent.status")).toBe("failed");
    expect(knocks).toBe(0);
    await expect(access(join(here().folder, "started"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("every command that makes calls can record and play them", () => {
  test("batch, and retry of what failed in it", async () => {
    await here().file("files/a.txt", "one two");
    await here().file("files/b.txt", "three");
    await here().file("files/count.py", "result = len(open(context['file_path']).read().split())");
    const params = JSON.stringify({ file: "count.py" });
    const args = [
      "batch",
      join(here().folder, "files"),
      "--pattern",
      "*.txt",
      "--method",
      "python/execute",
      "--params",
      params,
      "--json",
    ];
    const recorded = await here().gleitzeit([...args, "--record", "tape"]);
    expect(recorded.exit).toBe(0);
    const played = await here().gleitzeit([...args, "--play", "tape"]);
    expect([played.exit, at(played.json, "outputs")]).toEqual([0, at(recorded.json, "outputs")]);
    await here().file("files/b.txt", "three four five");
    const missed = await here().gleitzeit([...args, "--play", "tape"]);
    expect(missed.exit).toBe(1);
    const { runId: run } = z.object({ runId: z.string() }).parse(missed.json);
    const retried = await here().gleitzeit(["retry", run, "--record", "tape", "--json"]);
    expect(retried.exit).toBe(0);
    expect((await here().gleitzeit([...args, "--play", "tape"])).exit).toBe(0);
  });

  test("exec", async () => {
    const recorded = await here().gleitzeit(["exec", "result = 6 * 7", "--record", "tape", "--json"]);
    const played = await here().gleitzeit(["exec", "result = 6 * 7", "--play", "tape", "--json"]);
    expect([played.exit, at(played.json, "outputs")]).toEqual([0, at(recorded.json, "outputs")]);
    const other = await here().gleitzeit(["exec", "result = 6 * 8", "--play", "tape"]);
    expect([other.exit, other.err]).toEqual([1, expect.stringContaining('params.code was "result = 6 * 7"')]);
  });

  test("resume adds to what its run has recorded", async () => {
    const text = `name: Pauses
tasks:
  - {id: first, method: echo/echo, params: {n: 1}}
  - {id: stop, method: python/execute, on_failure: pause, dependencies: [first], params: {code: "raise ValueError()"}}
  - {id: last, method: echo/echo, dependencies: [stop], params: {n: 1}}
`;
    const file = await here().file("pauses.yaml", text);
    const set = ["--set", 'tasks.stop.result={"result": 1}'];
    expect((await here().gleitzeit(["run", file, "--id", "p", "--record", "tape"])).exit).toBe(1);
    expect((await here().gleitzeit(["resume", "p", ...set, "--record", "tape"])).exit).toBe(0);
    const names = (await readdir(join(here().folder, "tape"))).map((name) => name.split(".")[0]);
    expect(names.toSorted()).toEqual(["first", "last", "stop"]);
    expect((await here().gleitzeit(["run", file, "--id", "q", "--play", "tape"])).exit).toBe(1);
    expect((await here().gleitzeit(["resume", "q", ...set, "--play", "tape"])).exit).toBe(0);
  });

  test("a worker", async () => {
    const file = await here().file("echo.yaml", ECHO);
    const work = async (id: string, option: string) => {
      expect((await here().gleitzeit(["run", file, "--id", id, "--detach"])).exit).toBe(0);
      const stop = new AbortController();
      const options = { interrupted: stop.signal };
      const working = here().gleitzeit(["worker", option, "tape", "--json"], options);
      const shown = await here().gleitzeit(["events", id, "--follow", "--json"]);
      stop.abort();
      expect((await working).exit).toBe(0);
      return shown.out;
    };
    expect(await work("r", "--record")).toContain("RunSucceeded");
    expect(await readdir(join(here().folder, "tape"))).toEqual([expect.stringMatching(/^say\./)]);
    expect(await work("p", "--play")).toContain("RunSucceeded");
    expect(await work("again", "--record")).toContain("RunSucceeded");
    expect(await readdir(join(here().folder, "tape"))).toHaveLength(2);
  });
});

describe("what makes no sense is said before anything runs", () => {
  test.each([
    [["--record", "a", "--play", "a"], 2, /--record makes the calls and --play makes none; give one of them/],
    [["--record", "a", "--detach"], 2, /--detach leaves them to another: give it to that worker/],
    [["--play", ""], 2, /--play: must not be empty/],
    [
      ["--play", "nowhere"],
      3,
      /CASSETTE_INVALID: there is no cassette nowhere: `--record nowhere` makes one/,
    ],
    [["--record", "echo.yaml"], 3, /CASSETTE_INVALID: echo\.yaml is no folder/],
    [["--record", "/proc/none"], 3, /CASSETTE_INVALID|AUTHORIZATION_FAILED|PERSISTENCE_WRITE_FAILED/],
  ])("%j", async (options, exit, message) => {
    const file = await here().file("echo.yaml", ECHO);
    const answer = await here().gleitzeit(["run", file, ...options]);
    expect([answer.exit, answer.err]).toEqual([exit, expect.stringMatching(message)]);
    expect((await here().gleitzeit(["list", "--json"])).json).toMatchObject({ items: [] });
  });
});
