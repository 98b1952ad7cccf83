// Both providers that use containers, on a real daemon, and what stands there in the end.
import type Dockerode from "dockerode";
import { expect } from "vitest";
import { systemClock } from "../../../../src/adapters/host/index.ts";
import { processGroups } from "../../../../src/adapters/processes/index.ts";
import { containerProvider } from "../../../../src/adapters/providers/container/index.ts";
import { CONTAINER_LAYERS, pythonProvider } from "../../../../src/adapters/providers/python/index.ts";
import { commandSandbox, sandbox } from "../../../../src/adapters/sandbox/index.ts";
import type { JsonObject } from "../../../../src/domain/index.ts";
import type {
  Containers,
  Outcome,
  Provider,
  ScriptOptions,
  StartScript,
} from "../../../../src/engine/ports/index.ts";
import { imagesFolder as cacheFolder } from "../../../images.ts";
import { callContext, silent } from "../../providers/call-context.ts";
import { type Given, memberOf } from "../../providers/script-box.ts";
import { BUSYBOX, PYTHON, type RealDocker } from "../dockerd.ts";
import { opened } from "../opened.ts";

const MIB = 1024 ** 2;

export type Box = {
  readonly programs: Provider;
  readonly scripts: Provider;
  readonly run: (params: JsonObject, given?: Given) => Promise<Outcome>;
  readonly script: (params: JsonObject, given?: Given) => Promise<Outcome>;
  readonly standing: () => Promise<number>;
  readonly close: () => Promise<void>;
};

export type BoxOptions = {
  readonly spares?: number;
  readonly concurrent?: number;
  readonly own?: Parameters<typeof opened>[1];
};

export function box(
  { address, docker }: RealDocker,
  { spares = 0, concurrent = 4, own }: BoxOptions = {},
): Box {
  const clock = systemClock();
  const processes = processGroups();
  const containers = opened(address, own);
  const programs = containerProvider({
    name: "docker",
    image: BUSYBOX,
    concurrent,
    containers,
    clock,
    mark: () => "<the mark of this test>",
    limits: {
      keepBytes: MIB,
      floodBytes: 4 * MIB,
      archiveBytes: 2 * MIB,
      collectedBytes: MIB,
      memoryBytes: 64 * MIB,
    },
  });
  const there = scriptsOf(containers, { interpreters: concurrent, spares, limits: { floodBytes: 4 * MIB } });
  const scripts = pythonProvider({
    sandbox: sandbox({ processes, clock, log: silent, cacheFolder }),
    interpreters: 1,
    mode: "docker",
    elsewhere: { docker: there },
  });
  return {
    programs,
    scripts,
    run: (params, { texts, ...given } = {}) =>
      programs.execute({ method: "run", params }, callContext(given, texts)),
    script: (params, { texts, ...given } = {}) =>
      scripts.execute({ method: "execute", params }, callContext(given, texts)),
    standing: () => standing(docker),
    async close() {
      await programs.close();
      await scripts.close();
      await containers.close();
      await processes.closeAll();
      expect(await standing(docker)).toBe(0);
    },
  };
}

/** Where Python scripts run, on this daemon. */
function scriptsOf(containers: Containers, options: ScriptOptions) {
  const start: StartScript = async (script) => {
    const { image, ...container } = await containers.start({ ...script, image: PYTHON });
    return { ...container, instance: image };
  };
  return { sandbox: commandSandbox({ clock: systemClock(), needs: CONTAINER_LAYERS, start }), options };
}

export function scriptsIn({ address }: RealDocker) {
  const containers = opened(address);
  return { docker: scriptsOf(containers, { interpreters: 4, spares: 0 }), close: () => containers.close() };
}

export const standing = async (docker: Dockerode): Promise<number> =>
  (await docker.listContainers({ all: true, filters: { label: ["dev.gleitzeit.owner"] } })).length;

export { memberOf };
