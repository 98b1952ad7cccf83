// Whole engines on a real daemon: the example, and one that is killed.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runCase } from "../../../scenario/case.ts";
import { gleitzeit, place, started } from "../../../scenario/command.ts";
import { until } from "../../processes/group-members.ts";
import { BUSYBOX, PYTHON, type RealDocker } from "../dockerd.ts";
import { standing } from "./box.ts";

const example = fileURLToPath(new URL("../../../../examples/containers", import.meta.url));

export function describeEngines(real: RealDocker): void {
  const here = place();
  const env = { DOCKER_HOST: real.address };

  describe("an engine on a Docker daemon", () => {
    test("runs the example, and leaves nothing", async () => {
      expect(await runCase(example, { ...here(), env })).toEqual([]);
      expect(await standing(real.docker)).toBe(0);
    });

    test("that is killed leaves containers, which the next one removes, and nobody else's", async () => {
      const at = { ...here(), env };
      const config = { providers: { docker: { type: "docker", image: PYTHON, pool: 1 } } };
      const tasks = [
        {
          id: "program",
          method: "container/run",
          params: { image: BUSYBOX, command: "echo begun; sleep 1000" },
        },
        {
          id: "script",
          method: "python/execute",
          params: { execution_mode: "docker", code: "while True: pass" },
        },
      ];
      await writeFile(join(at.folder, "gleitzeit.yaml"), JSON.stringify(config));
      await writeFile(join(at.folder, "long.json"), JSON.stringify({ name: "Long", tasks }));
      await writeFile(
        join(at.folder, "short.json"),
        JSON.stringify({ name: "Short", tasks: [{ id: "a", method: "echo/echo" }] }),
      );
      const other = await strangers(real);
      const killed = started(at, ["run", "long.json"]);
      await until(async () => (await real.docker.listContainers()).length >= 2);
      killed.child.kill("SIGKILL");
      await killed.ended;
      expect(await standing(real.docker)).toBeGreaterThanOrEqual(2);
      expect((await gleitzeit(at, ["run", "short.json"])).exit).toBe(0);
      expect(await standing(real.docker)).toBe(1);
      await other.remove();
      expect(await standing(real.docker)).toBe(0);
    });
  });
}

/** A container of another installation, whose process lives no more either. */
async function strangers({ docker }: RealDocker) {
  const Labels = {
    "dev.gleitzeit.owner": "another",
    "dev.gleitzeit.worker": "0191f3a1-7c00-7000-8000-000000000001",
  };
  const made = await docker.createContainer({ Image: BUSYBOX, Cmd: ["true"], Labels });
  return { remove: () => made.remove({ force: true }) };
}
