// A document that a command has written itself: the same path as one from a file.

import type { JsonObject } from "../../domain/index.ts";
import { driveOrWait, type RunReport } from "../../engine/index.ts";
import { attend } from "./attend.ts";
import { type Context, waiting } from "./context.ts";
import { gettingReady } from "./getting-ready.ts";
import { type SavedFile, savedFile } from "./saved-file.ts";

export type Written = {
  /** Where it would stand: files that it names are looked for beside it. */
  readonly path: string;
  readonly document: JsonObject;
  readonly reason: string | undefined;
  /** Show also what tasks print while they run. */
  readonly watch: boolean;
  readonly output?: string;
  readonly saved?: (report: RunReport) => string;
};

export async function submitted(written: Written, context: Context): Promise<number> {
  const { path, document, reason, watch, output, saved } = written;
  const { parts } = context;
  const workflow = await parts.written(path, document);
  const request = await parts.request(workflow, { inputs: {}, ...(reason !== undefined && { reason }) });
  const file: SavedFile | undefined = output === undefined ? undefined : await savedFile(output);
  try {
    await gettingReady(request, context);
    const driving = await parts.driving();
    const started = await driving.engine.run(request, driving.actor);
    const end = () => started.end ?? driveOrWait(waiting(context), driving, started.run);
    return await attend(context, driving, started.run, end, {
      from: 0,
      output: watch,
      ...(file && { save: file.save }),
      ...(saved && { saved }),
    });
  } finally {
    await file?.discard();
  }
}
