// Shows a run while it goes on: a live tree on a terminal, a line per transition elsewhere. It reads the log only, so
// it shows a run of another process just as well.
import {
  type RecordedRunEvent,
  type Revision,
  type RunId,
  runStream,
  type TaskId,
} from "../../domain/index.ts";
import { type Chunk, graphOf, openValues, runEvents, submissionOf, textIn } from "../../engine/index.ts";
import { type RunDetail, runDetail } from "../../projections/index.ts";
import type { Context } from "./context.ts";
import type { Driving, Reading } from "./parts.ts";
import { batchPace } from "./view/batch-pace.ts";
import { frame } from "./view/frame.ts";
import { paint } from "./view/paint.ts";
import { spoken } from "./view/spoken.ts";
import { line } from "./view/text.ts";
import { transition } from "./view/transition.ts";

/** Shows what is left, and leaves the last state standing. */
export type StopShowing = () => Promise<void>;

export type ShowOptions = {
  /** What stands before this revision is no news. */
  readonly from: Revision;
  /** Also what tasks print, where there is no terminal. */
  readonly output: boolean;
};

type View = {
  readonly see: (recorded: RecordedRunEvent) => Promise<void> | void;
  readonly hear: (chunk: Chunk) => void;
  readonly end: () => void;
};

const FRAME_MS = 100;
const HIGHEST = 40;

export async function showProgress(
  context: Context,
  driving: Driving,
  run: RunId,
  options: ShowOptions,
): Promise<StopShowing> {
  if (context.globals.quiet) return async () => undefined;
  const view = context.terminal.pin
    ? await treeView(context, driving, run, context.terminal.pin)
    : lineView(context, driving, options);
  const stop = new AbortController();
  const chunks = driving.engine.chunks.subscribe((chunk) => chunk.run === run && view.hear(chunk));
  const shown = (async () => {
    for await (const recorded of runEvents(driving, run, 0, stop.signal)) await view.see(recorded);
  })();
  shown.catch(() => undefined);
  return async () => {
    stop.abort();
    try {
      await shown;
    } finally {
      chunks.unsubscribe();
      view.end();
    }
  };
}

async function treeView(
  { terminal, parts }: Context,
  { store, tenant }: Reading,
  run: RunId,
  pin: (lines: readonly string[]) => void,
): Promise<View> {
  const first = await submissionOf(store.events, runStream(run, tenant));
  const graph = first && (await graphOf(store, first.event.data, tenant));
  const { fold, empty } = runDetail(graph?.nodes ?? []);
  const saying = spoken();
  const isBatch = graph?.nodes.some(({ batchFile }) => batchFile !== undefined) ?? false;
  let detail: RunDetail = empty();
  let cancel = (): void => undefined;
  const drawn = (): readonly string[] => {
    const { columns, rows } = terminal.size();
    return frame(
      { title: graph?.name ?? run, detail, said: saying, isBatch },
      {
        columns: columns - 1,
        rows: Math.min(HIGHEST, rows - 1),
        now: parts.clock.now(),
        paint: paint(terminal.err.color),
      },
    );
  };
  const tick = (): void => {
    pin(drawn());
    cancel = parts.clock.after(FRAME_MS, tick);
  };
  cancel = parts.clock.after(FRAME_MS, tick);
  return {
    see: (recorded) => {
      detail = fold(detail, recorded);
      const ended = endedAttempt(recorded);
      if (ended !== undefined) saying.rest(ended);
    },
    hear: (chunk) => {
      saying.add(chunk);
    },
    end: () => {
      cancel();
      pin([]);
      terminal.err.write(
        drawn()
          .map((text) => `${text}\n`)
          .join(""),
      );
    },
  };
}

/** The task whose attempt is over: the next one, if there is one, begins anew. */
function endedAttempt({ event }: RecordedRunEvent): TaskId | undefined {
  const isEnd = event.type === "TaskSucceeded" || event.type === "TaskFailed" || event.type === "TaskLost";
  return isEnd || event.type === "TaskCancelled" ? event.data.task : undefined;
}

function lineView({ terminal: { err } }: Context, { store, tenant }: Reading, options: ShowOptions): View {
  const messageOf = async (recorded: RecordedRunEvent): Promise<string | undefined> => {
    const { event } = recorded;
    if (event.type !== "TaskFailed" && event.type !== "RunFailed") return undefined;
    const { error } = await openValues(recorded, tenant, store);
    return textIn(error, "message");
  };
  const saying = spoken();
  const pace = batchPace();
  const tell = (task: TaskId, lines: readonly string[]): void => {
    for (const text of lines) err.write(`${task} | ${line(text)}\n`);
  };
  return {
    see: async (recorded) => {
      const ended = endedAttempt(recorded);
      if (ended !== undefined) tell(ended, saying.rest(ended));
      const far = pace(recorded);
      if (recorded.revision < options.from) return;
      const news = [transition(recorded, await messageOf(recorded)), far];
      for (const text of news) if (text !== undefined) err.write(`${line(text)}\n`);
    },
    hear: (chunk) => {
      if (options.output) tell(chunk.task, saying.add(chunk));
    },
    end: () => undefined,
  };
}
