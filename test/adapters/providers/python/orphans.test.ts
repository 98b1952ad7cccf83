// When the program that started it is killed with -9, a child ends by itself.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { processGroups } from "../../../../src/adapters/processes/index.ts";
import type { Processes, Program } from "../../../../src/engine/ports/index.ts";
import { groupMembers, until } from "../../processes/group-members.ts";
import { sandbox } from "./sandbox.ts";

const left: number[] = [];
afterEach(async () => {
  for (const group of left.splice(0))
    if ((await groupMembers(group)).length > 0) process.kill(-group, "SIGKILL");
});

const LOOP = "print('on')\nwhile True: pass";
const SLEEP = "import time\nprint('on')\ntime.sleep(600)";
const IN_C = "print('on')\nsum(range(10**12))";

/** How the provider starts a child; `without` what this system offers around it. */
async function childProgram(help: "with" | "without"): Promise<Program> {
  const programs: Program[] = [];
  const real = processGroups();
  const processes: Processes = {
    ...real,
    spawn(program) {
      programs.push(program);
      const isTrial = program.args.at(-1)?.endsWith("/true") === true;
      return real.spawn(isTrial && help === "without" ? { ...program, command: "/bin/false" } : program);
    },
  };
  const box = sandbox({ processes });
  await box.provider.warm();
  await box.provider.close();
  await real.closeAll();
  const program = programs.findLast(({ args }) => args.includes("serve"));
  if (!program) throw new Error("no child was started");
  return program;
}

async function startedBy(parentOf: Program, scripts: readonly string[]) {
  const entry = fileURLToPath(new URL("./orphans.mjs", import.meta.url));
  const { command, args } = parentOf;
  const parent = spawn(
    process.execPath,
    [entry, JSON.stringify({ command, args }), JSON.stringify(scripts)],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const groups = await new Promise<readonly number[]>((resolve) => {
    parent.stdout.once("data", (line: Buffer) => resolve(JSON.parse(line.toString())));
  });
  left.push(...groups);
  for (const group of groups) expect(await groupMembers(group)).not.toEqual([]);
  return { parent, groups };
}

test("asleep, in a loop, and in a computation that never comes back, where the system helps", async (context) => {
  const program = await childProgram("with");
  if (!program.args.includes("--pdeathsig"))
    context.skip("this system tells no process of its parent's death");
  const { parent, groups } = await startedBy(program, [SLEEP, LOOP, IN_C]);
  parent.kill("SIGKILL");
  for (const group of groups) await until(async () => (await groupMembers(group)).length === 0);
});

test("asleep and in a loop, without the system's help", async () => {
  const program = await childProgram("without");
  expect(program.command).toBe(process.execPath);
  const { parent, groups } = await startedBy(program, [SLEEP, LOOP]);
  parent.kill("SIGKILL");
  for (const group of groups) await until(async () => (await groupMembers(group)).length === 0);
});
