// What the shells themselves make of the scripts.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { ECHO, rig, text } from "./rig.ts";

const here = rig();

/** What bash offers behind these words, the last of them half typed. */
async function offered(words: readonly string[], runs: readonly string[] = []): Promise<readonly string[]> {
  const { out } = await here().gleitzeit(["completion", "bash"]);
  // Stands for the program where runs are asked for.
  const list = `gleitzeit() { printf '%s\\n' RUN ${runs.join(" ")}; }\n`;
  const line = words.map((word) => `'${word}'`).join(" ");
  const ask = `COMP_WORDS=(gleitzeit ${line}); COMP_CWORD=${words.length}; _gleitzeit; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", `${list}${out}${ask}`], {
    cwd: here().folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((one) => one !== "");
}

test.each<[readonly string[], readonly string[]]>([
  [["ru"], ["run"]],
  [["config", "sh"], ["show"]],
  [["--store", "memory:", "config", "sh"], ["show"]],
  [["--store", "run", "config", "sh"], ["show"]],
  [
    ["run", "--inp"],
    ["--input", "--inputs"],
  ],
  [
    ["list", "--st"],
    ["--status", "--stuck", "--store"],
  ],
  [["run", "x.yaml", "--priority", ""], []],
  [["--js"], ["--json"]],
])("bash completes %j", async (words, expected) => {
  expect(await offered(words)).toEqual(expected);
});

test("bash offers files where a file is typed, and runs where a run is", async () => {
  const talk = await here().file("talk.yaml", ECHO);
  expect(await offered(["run", "ta"])).toEqual(["talk.yaml"]);
  expect(await offered(["run", "talk.yaml", "--inputs", "ta"])).toEqual(["talk.yaml"]);
  const { json } = await here().gleitzeit(["run", talk, "--json"]);
  const run = text(json, "runId");
  expect(await offered(["show", run.slice(0, 4)], [run])).toEqual([run]);
});

test("the first column that the scripts read is the run's id", async () => {
  const { json } = await here().gleitzeit(["run", await here().file("talk.yaml", ECHO), "--json"]);
  const { out } = await here().gleitzeit(["list", "--quiet"]);
  expect(out.split("\n")[1]?.split(" ")[0]).toBe(json.runId);
});

test.each(["zsh", "fish"])("%s takes its script", async (shell) => {
  const { out, exit } = await here().gleitzeit(["completion", shell]);
  expect(exit).toBe(0);
  for (const word of ["gleitzeit", "gz", "run", "config show", "quiet", "awk"]) expect(out).toContain(word);
});

test.for(["zsh", "fish"])("%s itself finds nothing wrong with it", async (shell, { skip }) => {
  const { out } = await here().gleitzeit(["completion", shell]);
  const script = await here().file(`completion.${shell}`, out);
  const { error, status, stderr } = spawnSync(shell, ["-n", script], { encoding: "utf8" });
  if (error) skip(`${shell} is not installed here`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("another shell is wrong usage, with those that there are", async () => {
  const { exit, err } = await here().gleitzeit(["completion", "tcsh"]);
  expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining("bash, zsh, fish") });
});
