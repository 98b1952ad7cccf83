// Exports: the log, in the order of the log, in the forms of other programs.
import { resolve } from "node:path";
import type { Auditing, Exporting } from "../adapters/cli/index.ts";
import { sha256 } from "../adapters/host/index.ts";
import { factsOfRuns, loggedEvents, recordedCalls } from "../engine/index.ts";
import type { OpenStore } from "../open-store.ts";
import type { Base } from "./base.ts";

export function exportingOf(
  { outside, random }: Base,
  reading: () => Promise<OpenStore>,
  auditing: () => Promise<Auditing>,
): Exporting {
  return {
    lines: async (format, what) => {
      const { exportLines } = await import("../adapters/exports/index.ts");
      const { origin, upTo } = await (await auditing()).exported(format, what);
      const part = await reading();
      const factsOf = factsOfRuns(part);
      return exportLines(format, loggedEvents(part, what, upTo), {
        origin,
        version: outside.version,
        workflowOf: async (stream) => (await factsOf(stream)).workflow,
      });
    },
    cassette: async (run, children, shown) => {
      const { recorder } = await import("../adapters/cassettes/index.ts");
      const place = { folder: resolve(outside.workingFolder, shown), shown };
      const { keep } = await recorder({ place, isAnew: true, sha256, random });
      await (await auditing()).exported("cassette", { run, children });
      let count = 0;
      for await (const { call, caller, answer } of recordedCalls(await reading(), run, children)) {
        await keep(call, caller, answer);
        count += 1;
      }
      return count;
    },
  };
}
