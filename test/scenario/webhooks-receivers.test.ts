// The receivers of docs/webhooks.md, started as they stand there: a delivery is taken, a forged one is not. Where python3
// or go is missing, its receiver is not started, and that is said.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { z } from "zod";
import { blocksIn } from "../docs/blocks.ts";
import { gleitzeit, place } from "./command.ts";
import { CONFIGURATION } from "./webhook-story.ts";

const here = place();
const page = new URL("../../docs/webhooks.md", import.meta.url);
const Made = z.object({ id: z.string(), secret: z.string() });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** Into the folder where it lies; what belongs to Go itself is compiled once for all of its programs. */
async function compiled(path: string): Promise<readonly [string]> {
  const built = spawn("go", ["build", "-o", `${path}.out`, path], { stdio: "inherit" });
  expect(await once(built, "close")).toEqual([0, null]);
  return [`${path}.out`];
}

test.for([
  ["receiver.ts", process.execPath, "receiver.mjs"],
  ["receiver.py", "python3", "receiver.py"],
  ["receiver.go", "go", "receiver.go"],
] as const)("%s", async ([name, program, file], context) => {
  if (spawnSync(program, ["version"]).error) context.skip(`not run: ${program} cannot be found here`);
  const block = blocksIn(await readFile(page, "utf8")).find((one) => one.name === name);
  const text = block?.text ?? "";
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  const source = name.endsWith(".ts")
    ? ts.transpileModule(text, { compilerOptions: options }).outputText
    : text;
  await writeFile(join(here().folder, file), source);
  await writeFile(join(here().folder, "gleitzeit.yaml"), CONFIGURATION);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const made = await gleitzeit(here(), ["webhooks", "create", url, "--json"]);
  const { id, secret } = Made.parse(JSON.parse(made.stdout));
  const path = join(here().folder, file);
  const [command, ...args] = program === "go" ? await compiled(path) : [program, path];
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await once(child.stdout, "data"); // it says that it listens
    const tested = await gleitzeit(here(), ["webhooks", "test", id, "--json"]);
    expect(JSON.parse(tested.stdout)).toMatchObject({ outcome: "delivered", status: 204 });
    expect(tested.exit).toBe(0);
    const headers = { "webhook-id": "a", "webhook-timestamp": String(Math.floor(Date.now() / 1000)) };
    const forged = await fetch(url, {
      method: "POST",
      body: "{}",
      headers: { ...headers, "webhook-signature": "v1,AAAA" },
    });
    expect(forged.status).toBe(401);
  } finally {
    child.kill("SIGKILL");
    await once(child, "close");
  }
});
