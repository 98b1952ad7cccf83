import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { systemClock } from "../../../../src/adapters/host/index.ts";
import { processGroups } from "../../../../src/adapters/processes/index.ts";
import { pythonProvider } from "../../../../src/adapters/providers/python/index.ts";
import { commandSandbox, hostProgram } from "../../../../src/adapters/sandbox/index.ts";
import { imagesFolder as cacheFolder } from "../../../images.ts";
import { scriptBox } from "../script-box.ts";
import { describeScripts } from "../scripts.contract.ts";
import { pythonLanguage } from "./language.ts";
import { sandbox } from "./sandbox.ts";

describeScripts("python", sandbox, pythonLanguage(["wasm"]));

if (spawnSync("python3", ["--version"]).error !== undefined)
  test("python as processes of the host", (context) => context.skip("there is no python3 on PATH"));
else
  describeScripts(
    "python as processes of the host",
    ({ interpreters = 2, ...options }) => {
      const processes = processGroups();
      const start = hostProgram(processes, process.env.PATH ?? "");
      const there = {
        sandbox: commandSandbox({ clock: systemClock(), needs: [], start }),
        options: { interpreters, spares: 0 },
      };
      return scriptBox(
        (given) => pythonProvider({ ...given, mode: "process", elsewhere: { process: there } }),
        {
          processes,
          cacheFolder,
          interpreters,
          ...options,
        },
      );
    },
    pythonLanguage(["wasm", "process"]),
  );

test("where the usual mode is not there, nothing is: no other takes its place", () => {
  expect(() => scriptBox((given) => pythonProvider({ ...given, mode: "docker" }), {})).toThrow(
    "`docker` is not available here: no provider of type docker is declared",
  );
});
