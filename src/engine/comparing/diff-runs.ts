// Two runs, aligned by task: where they begin to differ, and all the rest. Runs that are tasks of theirs are compared in
// the same way, as are the elements of what is repeated and the steps of agents, which are tasks.
import type { RunId, SameText, TaskId } from "../../domain/index.ts";
import { type TaskDetail, tasksInOrder } from "../../projections/index.ts";
import type { Reading } from "../reading/reading.ts";
import { differing, type HowToCompare, type TaskSide, taskDifferences } from "./compare-task.ts";
import {
  type ComparedRun,
  comparedRun,
  definitionSeen,
  endSeen,
  UNSEEN,
  valueIn,
  valuesSeen,
} from "./compared-run.ts";
import {
  type DiffDocument,
  type Difference,
  type DiffRun,
  differenceDocument,
  earlier,
  type Side,
} from "./difference.ts";

export type DiffOptions = {
  /** Durations too. */
  readonly timing?: boolean;
};

/** Ids of the runs, instants and durations are no difference. */
export async function diffRuns(
  reading: Reading,
  a: RunId,
  b: RunId,
  { timing = false }: DiffOptions = {},
): Promise<DiffDocument> {
  const [one, other] = [await comparedRun(reading, a), await comparedRun(reading, b)];
  const same = new Map([[`${a}`, `${b}`]]);
  const differences = await compared({ reading, same, timing }, one, other);
  const sorted = differences.toSorted(earlier);
  const first = sorted.find(({ isUnknown }) => !isUnknown);
  const told = first && differenceDocument(first);
  return {
    a: runOf(one),
    b: runOf(other),
    same: first === undefined,
    first: told ?? null,
    differences: sorted.map((one) => (one === first ? told : undefined) ?? differenceDocument(one)),
  };
}

function runOf({ history: { run, first, detail } }: ComparedRun): DiffRun {
  const { name, hash, version } = first.event.data.workflow;
  return {
    runId: run,
    workflow: { name, hash, ...(version !== undefined && { version }) },
    status: detail.status,
  };
}

type Comparison = {
  readonly reading: Reading;
  /** Ids of runs that stand at the same place. */
  readonly same: Map<string, string>;
  readonly timing: boolean;
};

async function compared(to: Comparison, a: ComparedRun, b: ComparedRun): Promise<readonly Difference[]> {
  return [...(await documents(to, a, b)), ...(await tasks(to, a, b)), ...(await ends(to, a, b))];
}

const howIn = (to: Comparison): HowToCompare => ({ timing: to.timing, sameText: sameTextIn(to) });

const sameTextIn =
  ({ same }: Comparison): SameText =>
  (before, after) => {
    if (before.length !== after.length) return false;
    let text = before;
    for (const [a, b] of same) text = text.replaceAll(a, b);
    return text === after;
  };

async function documents(to: Comparison, a: ComparedRun, b: ComparedRun): Promise<readonly Difference[]> {
  const hash = ({ history: { first } }: ComparedRun): string => first.event.data.workflow.hash;
  const head = { task: undefined, at: [0] } as const;
  const sides = async (side: ComparedRun): Promise<Side> => {
    const values = (await valuesSeen(to.reading, side.history.run, [0])).get(0);
    return values ? (valueIn(values, "inputs") ?? {}) : UNSEEN;
  };
  const definitions =
    hash(a) === hash(b)
      ? []
      : differing(
          { ...head, kind: "definition" },
          await definitionSeen(to.reading, hash(a)),
          await definitionSeen(to.reading, hash(b)),
          { timing: true, sameText: () => false },
        );
  const inputs = differing({ ...head, kind: "inputs" }, await sides(a), await sides(b), howIn(to));
  return [...definitions, ...inputs];
}

const CHUNK = 200;

async function tasks(to: Comparison, a: ComparedRun, b: ComparedRun): Promise<readonly Difference[]> {
  const ids = [
    ...new Set([...tasksInOrder(a.history.detail), ...tasksInOrder(b.history.detail)].map(({ id }) => id)),
  ];
  const found: Difference[] = [];
  for (let i = 0; i < ids.length; i += CHUNK) {
    const page = ids.slice(i, i + CHUNK);
    const [one, other] = [await sidesOf(to, a, page), await sidesOf(to, b, page)];
    for (const id of page) found.push(...(await task(to, id, one.get(id), other.get(id))));
  }
  return found;
}

async function sidesOf({ reading }: Comparison, side: ComparedRun, ids: readonly TaskId[]) {
  const { history, places } = side;
  const details = ids.flatMap((id) => history.detail.tasks.get(id) ?? []);
  const revisions = details.flatMap(({ id, resultAt, errorAt }) => [
    resultAt,
    errorAt,
    places.get(id)?.givenAt,
  ]);
  const values = await valuesSeen(reading, history.run, revisions);
  return new Map(
    details.map((detail): readonly [TaskId, TaskSide] => [
      detail.id,
      { detail, place: places.get(detail.id), isWait: isWait(side, detail), values },
    ]),
  );
}

function isWait({ history: { graph } }: ComparedRun, { id, of }: TaskDetail): boolean {
  const index = graph.indexOf.get(of ?? id);
  const node = index === undefined ? undefined : graph.nodes[index];
  return node?.wait !== undefined || node?.approval !== undefined;
}

async function task(
  to: Comparison,
  id: TaskId,
  a: TaskSide | undefined,
  b: TaskSide | undefined,
): Promise<readonly Difference[]> {
  const only = a ?? b;
  if (!only) return [];
  if (!a || !b) {
    const at = [only.place?.firstAt ?? Number.MAX_SAFE_INTEGER];
    return [{ task: id, kind: "missing", at, a: a?.detail.status, b: b?.detail.status }];
  }
  const inside = await children(to, id, a, b);
  return [...taskDifferences(id, a, b, howIn(to)), ...inside];
}

/** Of the latest attempts. Where one of them is the same run, or was not run again, there is nothing to compare. */
async function children(
  to: Comparison,
  id: TaskId,
  a: TaskSide,
  b: TaskSide,
): Promise<readonly Difference[]> {
  const [one, other] = [a.detail.child, b.detail.child];
  if (one === undefined || other === undefined || one === other) return [];
  to.same.set(one, other);
  const found = await compared(to, await comparedRun(to.reading, one), await comparedRun(to.reading, other));
  const begins = a.place?.givenAt ?? a.place?.firstAt ?? 0;
  return found.map((difference) => ({
    ...difference,
    task: difference.task === undefined ? id : `${id}/${difference.task}`,
    at: [begins, ...difference.at],
  }));
}

async function ends(to: Comparison, a: ComparedRun, b: ComparedRun): Promise<readonly Difference[]> {
  const [one, other] = [await endSeen(to.reading, a), await endSeen(to.reading, b)];
  const at = [a.history.detail.endAt ?? a.history.detail.events];
  const how = howIn(to);
  return [
    ...differing(
      { task: undefined, kind: "status", at },
      a.history.detail.status,
      b.history.detail.status,
      how,
    ),
    ...differing({ task: undefined, kind: "error", at }, one.error, other.error, how),
    ...differing({ task: undefined, kind: "outputs", at }, one.outputs, other.outputs, how),
    ...(to.timing
      ? differing(
          { task: undefined, kind: "duration", at },
          a.history.detail.durationMs,
          b.history.detail.durationMs,
          how,
        )
      : []),
  ];
}
