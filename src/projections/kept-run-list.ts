// The run list as it is kept, and where in it the answer to a query lies.
import { type Instant, isFinal, RUN_STATUSES, type RunStatus } from "../domain/index.ts";
import { type IndexEntry, keptModel } from "./kept-model.ts";
import { activityLabels } from "./kept-run-activity.ts";
import { rowCodec } from "./row-codec.ts";
import type { ActivityQuery } from "./run-activity.ts";
import { type RunList, type RunRow, runList } from "./run-list.ts";
import type { RunListQuery } from "./run-list-query.ts";

export const runRowCodec = rowCodec<RunRow>();

export const keptRunList = keptModel<RunList, RunRow>({
  name: "run-list",
  version: 3,
  projection: runList,
  rowsOf: ({ rows }) => rows,
  codec: runRowCodec,
  entries: (row) => labelsOf(row).map((label) => ({ label, at: row.submittedPosition }) satisfies IndexEntry),
});

/** Each trait by itself and together with the status, so that the usual pairs of filters need no search either. */
function labelsOf(row: RunRow): readonly string[] {
  const { tenant, status, workflow, tags, subject, submittedAt } = row;
  const traits = new Set([
    ...[workflow.id, workflow.name].map(workflowTrait),
    ...tags.map(tagTrait),
    ...(subject === undefined ? [] : [subjectTrait(subject)]),
  ]);
  const standing = statusTrait(status);
  return [
    label(tenant),
    label(tenant, standing),
    ...[...traits].flatMap((trait) => [label(tenant, trait), label(tenant, standing, trait)]),
    minuteLabel(tenant, submittedAt),
    ...quotaLabelsOf(row),
  ];
}

/** What quotas count: an index entry each, so that a count is one number of the index. */
function quotaLabelsOf({ tenant, status, parent, submittedAt }: RunRow): readonly string[] {
  if (parent) return [];
  const day = submittedDayLabel(tenant, submittedAt.slice(0, 10));
  return isFinal(status) ? [day] : [day, openLabel(tenant)];
}

const workflowTrait = (name: string): string => `workflow=${name}`;
const tagTrait = (tag: string): string => `tag=${tag}`;
const subjectTrait = (subject: string): string => `subject=${subject}`;
const statusTrait = (status: RunStatus): string => `status=${status}`;
const label = (tenant: string, ...traits: readonly string[]): string =>
  ["runs", tenant, ...traits].join("\n");

/** Runs of users, not those that other runs call. */
export const openLabel = (tenant: string): string => label(tenant, "open");
export const submittedDayLabel = (tenant: string, day: string): string => label(tenant, `day=${day}`);

/** Sorts by time: instants are ISO 8601 in UTC. */
const minuteLabel = (tenant: string, at: Instant): string => label(tenant, `minute=${at.slice(0, 16)}`);

/** Rows that fit are under one of `oneOf` and under all of `allOf`; other rows may be there too. */
export type Whereabouts = { readonly oneOf: readonly string[]; readonly allOf: readonly string[] };

export function whereabouts(tenant: string, query: RunListQuery & ActivityQuery): Whereabouts {
  const { statuses, workflow, tag, subject } = query;
  const [trait, ...others] = [
    ...(workflow === undefined ? [] : [workflowTrait(workflow)]),
    ...(tag === undefined ? [] : [tagTrait(tag)]),
    ...(subject === undefined ? [] : [subjectTrait(subject)]),
  ];
  const first = trait === undefined ? [] : [trait];
  return {
    oneOf: statuses
      ? [...new Set(statuses)].map((status) => label(tenant, statusTrait(status), ...first))
      : [label(tenant, ...first)],
    allOf: [...others.map((other) => label(tenant, other)), ...activityLabels(tenant, query)],
  };
}

/** Every run, once. */
export const runsLabelOf = (tenant: string): string => label(tenant);

/** Labels from the first up to, and without, the second hold every row that was submitted then or later. */
export const minutesSince = (tenant: string, since: Instant): readonly [string, string] => [
  minuteLabel(tenant, since),
  label(tenant, "minute=:"), // after every digit
];

export const statusLabels = (tenant: string): readonly (readonly [RunStatus, string])[] =>
  RUN_STATUSES.map((status) => [status, label(tenant, statusTrait(status))]);
