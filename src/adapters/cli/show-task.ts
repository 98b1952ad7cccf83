// show RUN --task T: one task with its params, every attempt and what it waited for.
import { instantOf, type Json, type JsonObject, type TaskId } from "../../domain/index.ts";
import {
  attemptJson,
  eventsOf,
  gapJson,
  methodText,
  openValues,
  type RunReport,
  type TaskReport,
  taskDocument,
} from "../../engine/index.ts";
import { type Gap, gapsOf, type TaskTimeline, timeline } from "../../projections/index.ts";
import type { Context } from "./context.ts";
import { EXIT } from "./exit-codes.ts";
import { answer } from "./output.ts";
import type { Reading } from "./parts.ts";
import { gapText } from "./view/gap-text.ts";
import { paint, sign, tinted } from "./view/paint.ts";
import { spentText } from "./view/spent-text.ts";
import { duration, lines } from "./view/text.ts";
import { valuesText } from "./view/values.ts";

export async function showTask(
  context: Context,
  reading: Reading,
  report: RunReport,
  task: TaskReport,
): Promise<number> {
  const { run, detail } = report.history;
  const told = await storyOf(reading, report, task.detail.id);
  const document: JsonObject = {
    runId: run,
    status: detail.status,
    task: {
      id: task.detail.id,
      ...taskDocument(task),
      params: told.params,
      timeline: { attempts: told.line.attempts.map(attemptJson), waits: told.gaps.map(gapJson) },
    },
  };
  answer(context, document, () => textOf(task, told, context));
  return EXIT.done;
}

type Story = { readonly params: Json; readonly line: TaskTimeline; readonly gaps: readonly Gap[] };

async function storyOf({ store, tenant }: Reading, { history }: RunReport, id: TaskId): Promise<Story> {
  const { fold, empty } = timeline(history.graph);
  let view = empty();
  let params: Json = null;
  for await (const recorded of eventsOf(store.events, history.run, tenant)) {
    if (recorded.revision >= history.detail.events) break;
    view = fold(view, recorded);
    const { event } = recorded;
    if (event.type !== "TaskScheduled" || event.data.task !== id) continue;
    params = (await openValues(recorded, tenant, store)).params ?? params;
  }
  const line = view.tasks.get(id) ?? { id, name: id, attempts: [] };
  return { params, line, gaps: gapsOf(view, line) };
}

function textOf(
  { detail, result, error }: TaskReport,
  { params, line, gaps }: Story,
  { terminal: { out } }: Context,
): string {
  const colors = paint(out.color);
  const title = `${tinted(colors, detail.status, `${sign(detail.status)} ${detail.id} ${detail.status}`)}  ${colors.dim(methodText(detail))}\n`;
  const steps = [
    ...gaps.map((gap) => [gap.from, gapText(gap)] as const),
    ...line.attempts.map(({ startedAt, endedAt, attempt, outcome, code, provider, instance }) => {
      const took = endedAt === undefined ? "" : ` after ${duration(Math.max(0, endedAt - startedAt))}`;
      return [
        startedAt,
        `attempt ${attempt} by ${provider}${instance === undefined || instance === provider ? "" : ` (${instance})`}: ${outcome}${code === undefined ? "" : ` ${code}`}${took}`,
      ] as const;
    }),
  ].toSorted(([a], [b]) => a - b);
  const section = (name: string, text: string): string => `\n${colors.bold(name)}\n${text}`;
  return [
    title,
    ...(detail.cached
      ? [`  result recorded at revision ${detail.cached.revision} of run ${detail.cached.run}\n`]
      : []),
    ...(detail.model === undefined
      ? []
      : [`  ${colors.dim(lines(spentText(detail.model, detail.usage)))}\n`]),
    ...steps.map(([at, text]) => `  ${colors.dim(instantOf(at))}  ${lines(text)}\n`),
    ...(params === null ? [] : [section("params", valuesText(params, out))]),
    ...(detail.status === "succeeded" ? [section("result", valuesText(result, out))] : []),
    ...(error ? [section("error", `${colors.red(error.code)}  ${lines(error.message)}\n`)] : []),
  ].join("");
}
