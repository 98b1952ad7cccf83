// The one place that starts other programs.
import process from "node:process";
import { GleitzeitError } from "../../domain/index.ts";
import type { Processes, ProcessGroup } from "../../engine/ports/index.ts";
import { type Guard, guard } from "./guard.ts";
import { startGroup } from "./start-group.ts";

export function processGroups(): Processes {
  const living = new Map<number, ProcessGroup>();
  const starting = new Set<Promise<ProcessGroup>>();
  let isClosed = false;
  let watching: Guard | undefined;

  return {
    node: { path: process.execPath, version: process.versions.node },

    async spawn(program) {
      if (isClosed)
        throw new GleitzeitError("SYSTEM_SHUTDOWN", `${program.command} is not started: closing down`);
      watching ??= guard();
      const { watch, forget } = watching;
      const started = startGroup(program);
      starting.add(started);
      try {
        const group = await started;
        watch(group.pid);
        living.set(group.pid, group);
        void group.ended.then(() => {
          living.delete(group.pid);
          forget(group.pid);
        });
        return group;
      } finally {
        starting.delete(started);
      }
    },

    living: () => [...living.keys()],

    async closeAll() {
      isClosed = true;
      const begun = await Promise.allSettled(starting);
      const groups = begun.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
      await Promise.all([...living.values(), ...groups].map((group) => group.kill()));
      watching?.end();
    },
  };
}
