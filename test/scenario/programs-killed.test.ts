// `kill -9` in the middle of a call of a program that hears nothing any more: nothing of it is left, and the run goes on.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { groupMembers, until } from "../adapters/processes/group-members.ts";
import { gleitzeit, place, started } from "./command.ts";

const here = place();
const PROGRAM = fileURLToPath(new URL("deaf-program.mjs", import.meta.url));

const begun = (): Promise<string> => readFile(join(here().folder, "begun"), "utf8").catch(() => "");

test.each([
  ["mcp", "mcp/tool.dive", {}],
  ["jsonrpc", "jsonrpc/call", { method: "dive" }],
])("of type %s", async (type, method, params) => {
  const { folder } = here();
  const deep = { type, command: process.execPath, args: [PROGRAM] };
  await writeFile(join(folder, "gleitzeit.yaml"), JSON.stringify({ providers: { deep } }));
  const tasks = [
    { id: "before", method: "echo/echo", params: { message: "once" } },
    { id: "call", method, provider: "deep", dependencies: ["before"], params },
  ];
  await writeFile(join(folder, "dive.json"), JSON.stringify({ name: "Dive", tasks }));

  const running = started(here(), ["run", "dive.json", "--id", "d", "--quiet"]);
  await until(async () => (await begun()) !== "");
  const group = Number(await begun());
  expect(await groupMembers(group)).toHaveLength(2);
  running.child.kill("SIGKILL");
  expect(await running.ended).toMatchObject({ signal: "SIGKILL" });
  await until(async () => (await groupMembers(group)).length === 0);

  const resumed = await gleitzeit(here(), ["resume", "d", "--json"]);
  expect(resumed, resumed.stdout).toMatchObject({ exit: 0 });
  expect(JSON.parse(resumed.stdout)).toMatchObject({
    status: "succeeded",
    tasks: { before: { attempts: 1 }, call: { attempts: 2 } },
  });
});
