// Failures as they are kept: under what they have in common, in the order of their instants.
import { type Instant, millisOf } from "../domain/index.ts";
import {
  FAILURE_TRAITS,
  type Failure,
  type FailureRow,
  type Failures,
  type FailureTrait,
  failures,
  traitOf,
} from "./failures.ts";
import { type IndexEntry, keptModel } from "./kept-model.ts";
import { rowCodec } from "./row-codec.ts";

export const failureRowCodec = rowCodec<FailureRow>();

export const keptFailures = keptModel<Failures, FailureRow>({
  name: "failures",
  version: 1,
  projection: failures,
  rowsOf: ({ rows }) => rows,
  codec: failureRowCodec,
  entries: (row) => ("failure" in row ? entriesOf(row.failure) : entriesOfRun(row.run)),
});

function entriesOf(failure: Failure): readonly IndexEntry[] {
  const at = BigInt(millisOf(failure.at));
  const { tenant } = failure;
  return [
    { label: failureLabel(tenant), at },
    ...FAILURE_TRAITS.map((trait) => ({ label: causeLabel(tenant, trait, traitOf(failure, trait)), at })),
  ];
}

/** Once for each cause, when it was last: so many runs have it since then. */
const entriesOfRun = ({
  tenant,
  last,
}: Extract<FailureRow, { run: unknown }>["run"]): readonly IndexEntry[] =>
  [...last].flatMap(([trait, instants]) =>
    [...instants].map(([what, at]) => ({ label: runsLabel(tenant, trait, what), at: BigInt(at) })),
  );

export const failureLabel = (tenant: string): string => `failures\n${tenant}`;
const causeLabel = (tenant: string, trait: FailureTrait, what: string): string =>
  `failures\n${tenant}\n${trait}\n${what}`;
export const runsLabel = (tenant: string, trait: FailureTrait, what: string): string =>
  `failing runs\n${tenant}\n${trait}\n${what}`;

/** Labels from the first up to, and without, the second are those of all causes of a kind. */
export const causeLabels = (tenant: string, trait: FailureTrait): readonly [string, string] => [
  causeLabel(tenant, trait, ""),
  `failures\n${tenant}\n${trait}\v`, // what follows a line feed
];

/** What a label of a cause is about. */
export const causeIn = (label: string): string => label.split("\n").slice(3).join("\n");

export type FailureQuery = {
  /** Failed then or later. */
  readonly since?: Instant;
  /** Only those that failed before: where the page before ended. */
  readonly before?: number;
  /** More when several failed at once. */
  readonly limit: number;
};

export type FailurePage = {
  /** The latest first. */
  readonly failures: readonly Failure[];
  /** `before` of the next page; undefined at the end. */
  readonly next: number | undefined;
};

export type CauseQuery = {
  readonly by: FailureTrait;
  /** Failed then or later. */
  readonly since?: Instant;
  /** The most frequent ones. */
  readonly limit: number;
};

export type FailureCause = {
  readonly what: string;
  readonly count: number;
  readonly runs: number;
  readonly latest: Failure;
};

export type FailureCauses = {
  readonly causes: readonly FailureCause[];
  /** How many causes there are. */
  readonly total: number;
};
