// replay RUN: the past of a run, transition by transition; or decided again, by the engine and the document of today.
import { z } from "zod";
import { GleitzeitError, isObject, type RunId } from "../../../domain/index.ts";
import {
  findRun,
  historyOf,
  otherDocument,
  replayRun,
  reportOf,
  type StubReplay,
  transitionDocument,
  transitionsOf,
  valuesInSight,
} from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer, printJson } from "../output.ts";
import { divergencesText } from "../view/divergences.ts";
import { transitionText } from "../view/transition-text.ts";

const MODES = ["view", "stub"] as const;
const FORMATS = ["text", "json", "junit", "markdown"] as const;

const Options = z.object({
  mode: z.enum(MODES, { error: `must be ${MODES.join(" or ")}` }).optional(),
  against: z.string().min(1, "must not be empty").optional(),
  all: z.boolean().default(false),
  workflow: z.string().optional(),
  format: z.enum(FORMATS, { error: `must be one of ${FORMATS.join(", ")}` }).optional(),
});

export const replay: Command = async ({ args: [text], options: typed }, context) => {
  const { mode, against, all, workflow, format } = optionsOf(Options, typed);
  if ((text === undefined) !== all) throw usage("name a run, or say --all for all recorded runs");
  if (against !== undefined && mode === "view") throw usage("--against is for --mode stub");
  if (all) {
    if (mode === "view") throw usage("--all is for --mode stub");
    const { replayAllOf } = await import("./replay-all.ts");
    return replayAllOf(context, { workflow, against, format: format ?? "text" });
  }
  if (workflow !== undefined || format !== undefined) throw usage("--workflow and --format are for --all");
  const run = await findRun(await context.parts.reading(), text ?? "");
  return mode === "stub" || against !== undefined ? stub(context, run, against) : view(context, run);
};

const usage = (message: string): GleitzeitError => new GleitzeitError("USAGE_ERROR", message);

async function view({ parts, globals, terminal: { out, gone } }: Context, run: RunId): Promise<number> {
  const reading = await parts.reading();
  const report = await reportOf(reading, await historyOf(reading, run));
  const transitions = [];
  let written = 0;
  for await (const transition of transitionsOf(reading, run)) {
    if (gone.aborted) break;
    if (globals.json) {
      transitions.push(transitionDocument(transition));
      continue;
    }
    const values = await valuesInSight(transition.recorded, reading.tenant, reading.store);
    const error = values?.error ?? null;
    const message = isObject(error) && typeof error.message === "string" ? error.message : undefined;
    out.write(transitionText(transition, report.history.detail.submittedAt, message, out));
    written += 1;
    if (written % 100 === 0) await out.drained();
  }
  const { status } = report.history.detail;
  if (globals.json)
    printJson(out, {
      runId: run,
      mode: "view",
      divergences: [],
      status,
      outputs: report.outputs,
      transitions,
    });
  return EXIT.done;
}

async function stub(context: Context, run: RunId, against: string | undefined): Promise<number> {
  const { parts, globals, terminal } = context;
  const host = await parts.replaying();
  const document =
    against === undefined
      ? undefined
      : await parts.request(await parts.workflowNamed(against), { inputs: {} });
  const found: StubReplay = await replayRun(
    host,
    run,
    document ? { against: otherDocument(host, document) } : {},
  );
  answer(context, found, () => (globals.quiet ? "" : divergencesText(found, terminal.out)));
  return found.divergences.length > 0 ? EXIT.invalid : EXIT.done;
}
