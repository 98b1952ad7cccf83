// Exports: the log, in the order of the log, in the forms of other programs.
import { resolve } from "node:path";
import type { Auditing, Exporting } from "../../adapters/cli/index.ts";
import { sha256 } from "../../adapters/host/index.ts";
import type { RunId } from "../../domain/index.ts";
import {
  factsOfRuns,
  hasLeft,
  heldOn,
  loggedEvents,
  type RecordedCall,
  recordedCalls,
  subjectPseudonym,
} from "../../engine/index.ts";
import type { OpenStore } from "../../open-store.ts";
import type { Base } from "../base.ts";
import { archiveFolder } from "../store/archive-folder.ts";

/** Each recorded before anything of it leaves. */
type Leaving = Omit<Exporting, "cassette"> & {
  readonly calls: (run: RunId, children: boolean) => Promise<AsyncIterable<RecordedCall>>;
};

export function exportingOf(
  base: Base,
  reading: () => Promise<OpenStore>,
  auditing: () => Promise<Pick<Auditing, "exported">>,
): Leaving {
  const { outside } = base;
  return {
    lines: async (format, what, since) => {
      const { exportLines } = await import("../../adapters/exports/index.ts");
      const { origin, ...range } = await (await auditing()).exported(format, what, since);
      const part = await reading();
      const factsOf = factsOfRuns(part);
      return exportLines(format, loggedEvents(part, what, range), {
        origin,
        version: outside.version,
        workflowOf: (stream) =>
          factsOf(stream).then(
            ({ workflow }) => workflow,
            (error: unknown) => {
              if (hasLeft(error)) return undefined;
              throw error;
            },
          ),
      });
    },
    heldOn: async (name) => {
      const { archiveReading } = await import("../../adapters/audit/index.ts");
      const before = await reading();
      const subject = subjectPseudonym(await before.keys(), before.tenant, name);
      const folder = await archiveFolder(base, before);
      const archives = folder === undefined ? undefined : archiveReading(folder);
      await firstOf(await heldOn({ ...before, archives }, name)); // refused for nobody, before it is recorded
      await (await auditing()).exported("subject", { subject });
      return jsonLines(await heldOn({ ...(await reading()), archives }, name));
    },
    calls: async (run, children) => {
      await (await auditing()).exported("cassette", { run, children });
      return recordedCalls(await reading(), run, children);
    },
  };
}

/** Wherever the calls come from: they are asked for when it is certain that the folder takes them. */
export function cassettesFrom({ outside, random }: Base, calls: Leaving["calls"]): Exporting["cassette"] {
  return async (run, children, shown) => {
    const { recorder } = await import("../../adapters/cassettes/index.ts");
    const place = { folder: resolve(outside.workingFolder, shown), shown };
    const { keep } = await recorder({ place, isAnew: true, sha256, random });
    let count = 0;
    for await (const { call, caller, answer } of await calls(run, children)) {
      await keep(call, caller, answer);
      count += 1;
    }
    return count;
  };
}

async function firstOf(documents: AsyncIterable<object>): Promise<void> {
  for await (const _ of documents) return;
}

async function* jsonLines(documents: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const document of documents) yield `${JSON.stringify(document)}\n`;
}
