// What every provider promises, held to by both that use containers.

import { pythonProvider } from "../../../../src/adapters/providers/python/index.ts";
import { imagesFolder as cacheFolder } from "../../../images.ts";
import { until } from "../../processes/group-members.ts";
import { describeProvider } from "../../providers/provider.contract.ts";
import { pythonLanguage } from "../../providers/python/language.ts";
import { memberOf, scriptBox } from "../../providers/script-box.ts";
import { describeScripts } from "../../providers/scripts.contract.ts";
import type { RealDocker } from "../dockerd.ts";
import { box, scriptsIn, standing } from "./box.ts";

export function describeContracts(real: RealDocker): void {
  const seen = {
    begun: () => until(async () => (await real.docker.listContainers()).length > 0),
    gone: () => until(async () => (await standing(real.docker)) === 0),
  };
  const run = (params: object) => ({ method: "run", params: JSON.parse(JSON.stringify(params)) });

  describeProvider(
    "container",
    async () => {
      const opened = box(real);
      return { provider: opened.programs, remove: opened.close };
    },
    {
      works: [
        {
          call: run({ command: ["echo", "hello"] }),
          result: { result: "hello", output: "hello\n", exit_code: 0 },
        },
        { call: run({ command: ["cat", "a.txt"], files: ["a.txt"] }), result: { output: "one\n" } },
        { call: run({ command: "echo $((6 * 7)); echo oh >&2" }), result: { result: 42, stderr: "oh\n" } },
      ],
      fails: [
        { call: run({ command: ["false"] }), code: "TASK_EXECUTION_FAILED", message: /exit code 1/ },
        { call: run({ command: ["no-such"] }), code: "TASK_PARAMETER_ERROR", message: /no program no-such/ },
        { call: run({ image: "no/such:1" }), code: "CONFIGURATION_ERROR", message: /docker pull no\/such:1/ },
      ],
      badParams: [
        { call: run({ command: [] }), path: "params.command" },
        { call: run({ command: 7 }), path: "params.command" },
        { call: run({ image: "../x" }), path: "params.image" },
        { call: run({ files: ["a.txt"] }), path: "params.command" },
        { call: run({ command: "x", collect: ["../up"] }), path: "params.collect[0]" },
        { call: run({ command: "x", collect: ["/etc"] }), path: "params.collect[0]" },
        { call: run({ command: "x", timeout: 0 }), path: "params.timeout" },
        { call: run({ command: "x", privileged: true }), path: "params.privileged" },
        { call: run({ command: "x", HostConfig: { Binds: ["/:/host"] } }), path: "params.HostConfig" },
      ],
      unknown: { call: { method: "rum", params: {} }, suggests: "did you mean `run`?" },
      carries: {
        call: (text) => run({ command: ["cat"], stdin: text }),
        read: (result) => memberOf(result, "output"),
      },
      slow: () => ({ call: run({ command: "trap '' TERM; while :; do sleep 1; done" }), ...seen }),
      huge: { call: run({ command: ["yes"] }), code: "TASK_EXECUTION_FAILED" },
      files: { "a.txt": "one\n" },
    },
  );

  describeScripts(
    "python in containers",
    (options) => {
      const there = scriptsIn(real);
      const opened = scriptBox(
        (given) => pythonProvider({ ...given, mode: "docker", elsewhere: { docker: there.docker } }),
        { cacheFolder, ...options },
      );
      return {
        ...opened,
        async close() {
          await opened.close();
          await there.close();
        },
      };
    },
    { ...pythonLanguage(["wasm", "docker"]), seen },
  );
}
