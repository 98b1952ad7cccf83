// The processes of one owner among all that are handed out, so that closing it leaves the others alone.
import { GleitzeitError } from "../../domain/index.ts";
import type { Processes, ProcessGroup } from "../../engine/ports/index.ts";

/** `closed`: what is said to who comes too late. */
export function ownProcesses(all: Processes, closed: string) {
  const groups = new Set<ProcessGroup>();
  const starting = new Set<Promise<ProcessGroup>>();
  let isClosed = false;

  const processes: Pick<Processes, "node" | "spawn"> = {
    node: all.node,
    async spawn(program) {
      if (isClosed) throw new GleitzeitError("SYSTEM_SHUTDOWN", closed);
      const start = all.spawn(program);
      starting.add(start);
      try {
        const group = await start;
        groups.add(group);
        void group.ended.then(() => groups.delete(group));
        return group;
      } finally {
        starting.delete(start);
      }
    },
  };

  return {
    processes,
    living: () => groups.size,
    async close() {
      isClosed = true;
      await Promise.allSettled(starting);
      await Promise.all([...groups].map((group) => group.kill()));
    },
  };
}
