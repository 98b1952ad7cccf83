import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { processGroups } from "../../../src/adapters/processes/index.ts";
import type { Processes, ProcessGroup, Program } from "../../../src/engine/ports/index.ts";
import { groupMembers, until } from "./group-members.ts";

let processes: Processes;
beforeEach(() => {
  processes = processGroups();
});
afterEach(() => processes.closeAll());

const script = (code: string, more: Partial<Program> = {}): Program => ({
  command: processes.node.path,
  args: ["-e", code],
  env: {},
  cwd: "/",
  onStdout: () => undefined,
  ...more,
});

/** Starts it and collects what it writes. */
async function started(code: string, more: Partial<Program> = {}) {
  const parts: Uint8Array[] = [];
  const group = await processes.spawn(script(code, { onStdout: (bytes) => parts.push(bytes), ...more }));
  return { group, text: () => Buffer.concat(parts).toString() };
}

/** A leader that has started a child of its own, and says so. */
const family = (leader: string) => `
  const { spawn } = require("node:child_process");
  spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" })
    .on("spawn", () => { console.log("both"); ${leader} });`;

async function startedFamily(leader = ""): Promise<ProcessGroup> {
  const { group, text } = await started(family(leader));
  await until(() => text() !== "");
  return group;
}

describe("a program", () => {
  test("has the arguments, the environment and the folder it is given, and nothing else", async () => {
    const code = "console.log(JSON.stringify([process.argv.slice(1), process.env, process.cwd()]))";
    const args = ["-e", code, "--", "$(id)", "; echo x", "a b"];
    const { group, text } = await started("", { args, env: { ONLY: "this" }, cwd: "/usr" });
    expect(await group.ended).toEqual({ code: 0, stderr: "", overflowed: false });
    expect(JSON.parse(text())).toEqual([["$(id)", "; echo x", "a b"], { ONLY: "this" }, "/usr"]);
  });

  test("reads what is written to it until its input is closed", async () => {
    const { group, text } = await started("process.stdin.pipe(process.stdout)");
    expect(await group.write("first, ")).toBe(true);
    expect(await group.write(new TextEncoder().encode("second"))).toBe(true);
    group.endInput();
    expect((await group.ended).code).toBe(0);
    expect(text()).toBe("first, second");
    expect(await group.write("too late")).toBe(false);
  });

  test("that no longer reads makes writing fail, not the writer", async () => {
    const { group } = await started("require('node:fs').closeSync(0); setTimeout(() => {}, 1e6)");
    const flood = "x".repeat(1 << 20);
    await until(async () => !(await group.write(flood)));
    expect((await group.kill()).signal).toBe("SIGKILL");
  });

  test("tells its exit code, and of its stderr as much as is kept", async () => {
    const { group } = await started("process.stderr.write('e'.repeat(1000)); process.exitCode = 3", {
      keepStderrBytes: 10,
    });
    expect(await group.ended).toEqual({ code: 3, stderr: "e".repeat(10), overflowed: false });
  });

  test("that writes more than it may is killed, and nothing beyond the limit is passed on", async () => {
    const { group, text } = await started("for (;;) console.log('x'.repeat(1000))", {
      maxStdoutBytes: 50_000,
    });
    expect(await group.ended).toMatchObject({ signal: "SIGKILL", overflowed: true });
    expect(text().length).toBeLessThanOrEqual(50_000);
  });

  test.each([
    ["/no/such/program", {}],
    ["/etc", {}],
    [undefined, { cwd: "/no/such/folder" }],
    [undefined, { args: ["a\0b"] }],
  ])("that cannot be started is refused with a code: %s %j", async (command, more) => {
    const refused = processes.spawn(script("", { ...(command && { command }), ...more }));
    await expect(refused).rejects.toMatchObject({ name: "GleitzeitError", code: "CONFIGURATION_ERROR" });
    expect(processes.living()).toEqual([]);
  });
});

describe("a group", () => {
  test("is the program and what it starts; killing it leaves none of them", async () => {
    const group = await startedFamily();
    expect((await groupMembers(group.pid)).length).toBe(2);
    expect(await group.kill()).toMatchObject({ signal: "SIGKILL" });
    expect(await groupMembers(group.pid)).toEqual([]);
  });

  test("does not outlive its leader", async () => {
    const group = await startedFamily("process.exit(5)");
    expect((await group.ended).code).toBe(5);
    expect(await groupMembers(group.pid)).toEqual([]);
  });

  test("is killed once: again gives the same end", async () => {
    const { group } = await started("setInterval(() => {}, 1000)");
    const ends = await Promise.all([group.kill(), group.kill(), group.ended]);
    expect(new Set(ends).size).toBe(1);
    expect(await group.kill()).toBe(ends[0]);
  });
});

describe("closing all", () => {
  test("leaves none, and none can be started afterwards", async () => {
    const groups = await Promise.all([startedFamily(), startedFamily(), startedFamily()]);
    expect(processes.living().toSorted()).toEqual(groups.map(({ pid }) => pid).toSorted());
    await processes.closeAll();
    await processes.closeAll();
    expect(processes.living()).toEqual([]);
    for (const { pid } of groups) expect(await groupMembers(pid)).toEqual([]);
    await expect(processes.spawn(script(""))).rejects.toMatchObject({ code: "SYSTEM_SHUTDOWN" });
  });

  test("also ends what is being started", async () => {
    const starting = [1, 2, 3].map(() => processes.spawn(script("setInterval(() => {}, 1000)")));
    await processes.closeAll();
    for (const start of starting) {
      const { pid, ended } = await start;
      expect((await ended).signal).toBe("SIGKILL");
      expect(await groupMembers(pid)).toEqual([]);
    }
    expect(processes.living()).toEqual([]);
  });

  test("forgets those that have ended by themselves", async () => {
    const { group } = await started("");
    await group.ended;
    expect(processes.living()).toEqual([]);
  });
});
