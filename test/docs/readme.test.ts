// What the README shows is what the commands print.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { fakeModels } from "../adapters/providers/llm/fake-models.ts";
import { ollamaProtocol } from "../adapters/providers/llm/protocols.ts";
import { gleitzeit, place } from "../scenario/command.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = place({ withImage: true });
const readme = readFile(join(root, "README.md"), "utf8");

test("the first command prints the picture", async () => {
  const { exit, stdout } = await gleitzeit(here(), [
    "run",
    join(root, "examples/analyse/workflow.yaml"),
    "--quiet",
  ]);
  expect(exit).toBe(0);
  const shown = (await readme)
    .split("\n")
    .filter((line) => /^(headline:|spring {3}|summer {3}|autumn {3}|winter {3})/.test(line));
  expect(shown).toHaveLength(5);
  for (const line of shown) expect(stdout).toContain(line.trim());
});

test("the ten lines are ten", async () => {
  const [, yaml = ""] = /```yaml ten-lines.yaml\n([\s\S]*?)```/.exec(await readme) ?? [];
  expect(yaml.trim().split("\n")).toHaveLength(10);
});

test("every command it names exists, and every page it links to", async () => {
  const text = await readme;
  const commands = new Set([...text.matchAll(/npx gleitzeit (\w+)/g)].map(([, command]) => command ?? ""));
  for (const command of commands) {
    const { exit, stdout } = await gleitzeit(here(), [command, "--help"]);
    expect(exit, command).toBe(0);
    expect(stdout).toContain("Examples:");
  }
  for (const [, target = ""] of text.matchAll(/\]\(([^)#]+)\)/g)) {
    expect(existsSync(join(root, target)), target).toBe(true);
  }
});

describe("the model example", () => {
  const COMMAND = /^GLEITZEIT_OLLAMA_URL=(\S+) npx gleitzeit (run \S+ --input \S+)$/m;
  const typed = async (): Promise<readonly string[]> => {
    const [, , line = ""] = COMMAND.exec(await readme) ?? [];
    return line.split(" ").map((word) => (word.startsWith("examples/") ? join(root, word) : word));
  };

  test("does what it says with a server that answers as Ollama does", async () => {
    const server = await fakeModels(ollamaProtocol);
    server.answers(({ text }) =>
      /friendly/.test(text) ? "All is well." : '{"wish": "a berth", "urgent": true}',
    );
    try {
      const env = { GLEITZEIT_OLLAMA_URL: server.url };
      const { exit, stdout, stderr } = await gleitzeit(here(), [...(await typed()), "--id", "post"], { env });
      expect(exit, stderr).toBe(0);
      expect(stdout).toContain("All is well.");
      const { stdout: events } = await gleitzeit(here(), ["events", "post", "--json"]);
      expect(events).toContain('"modelDigest":"digest-of-llama3.2"');
      expect(events).toMatch(/"inputTokens":\d+/);
    } finally {
      await server.close();
    }
  });

  test("is refused without one before anything runs, and says what to set", async () => {
    const words = await typed();
    expect(words[0]).toBe("run");
    const { exit, stderr } = await gleitzeit(here(), [...words, "--id", "post"]);
    expect(exit).toBe(3);
    expect(stderr).toMatch(/GLEITZEIT_OLLAMA_URL.*OPENAI_API_KEY.*ANTHROPIC_API_KEY/);
    const { stdout } = await gleitzeit(here(), ["list", "--json"]);
    expect(stdout).not.toContain("post");
  });
});
