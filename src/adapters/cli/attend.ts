// Stays with a run until this process has no more to do for it, then says how it ended.
import { errorInfo, type RunId } from "../../domain/index.ts";
import type { DriveEnd } from "../../engine/index.ts";
import {
  awakeFor,
  driveOrWait,
  errorJson,
  historyOf,
  type RunReport,
  reportOf,
  runDocument,
} from "../../engine/index.ts";
import { type Context, waiting } from "./context.ts";
import { EXIT, EXIT_OF_RUN } from "./exit-codes.ts";
import { printJson } from "./output.ts";
import type { Driving } from "./parts.ts";
import { type ShowOptions, showProgress } from "./progress.ts";
import { printSummary } from "./view/summary.ts";

export type Attended = ShowOptions & {
  /** Besides the screen, where the document goes. */
  readonly save?: (document: string) => Promise<void>;
  /** How it looks there; the run's JSON document when left out. */
  readonly saved?: (report: RunReport) => string;
};

export async function attend(
  context: Context,
  driving: Driving,
  run: RunId,
  end: () => Promise<DriveEnd>,
  options: Attended,
): Promise<number> {
  const { interrupted } = context.terminal;
  /** Whoever took the run over, having thought this process dead, is watched from then on. */
  const toTheEnd = async (): Promise<DriveEnd> => {
    const how = await end();
    return how.kind === "taken-over" ? driveOrWait(waiting(context), driving, run) : how;
  };
  const close = (): void => {
    const closing = driving.engine.close();
    closing.catch(() => undefined); // whoever closes the parts closes it again, and gets the error
  };
  interrupted.addEventListener("abort", close, { once: true });
  if (interrupted.aborted) close();
  const stop = await showProgress(context, driving, run, options);
  const [how] = await Promise.allSettled([awakeFor(context.parts.clock, toTheEnd())]);
  interrupted.removeEventListener("abort", close);
  const [shown] = await Promise.allSettled([stop()]);
  if (how.status === "rejected") throw how.reason;
  if (shown.status === "rejected") throw shown.reason;
  const report = await reportOf(driving, await historyOf(driving, run));
  if (how.value.kind === "stopped") return interruption(report, context, driving.server !== undefined);
  await options.save?.((options.saved ?? documentText)(report));
  return tell(report, context);
}

const documentText = (report: RunReport): string => `${JSON.stringify(runDocument(report), null, 2)}\n`;

/** The document, or the summary, and the exit that the run's status means. */
export function tell(
  report: RunReport,
  { terminal, globals }: Pick<Context, "terminal" | "globals">,
): number {
  if (globals.json) printJson(terminal.out, runDocument(report));
  else printSummary(report, terminal, globals.quiet);
  return EXIT_OF_RUN[report.history.detail.status];
}

function interruption({ history }: RunReport, { terminal, globals }: Context, isAtServer: boolean): number {
  const { run, detail } = history;
  const next = isAtServer
    ? `the run goes on at the server, and \`gleitzeit cancel ${run}\` ends it`
    : `\`gleitzeit resume ${run}\` goes on with the run`;
  const message = `interrupted; ${next}`;
  if (globals.json) {
    const error = errorJson(errorInfo("INTERRUPTED", message));
    printJson(terminal.out, { error, runId: run, status: detail.status });
  } else {
    terminal.err.write(`${message}\n`);
  }
  return EXIT.interrupted;
}
