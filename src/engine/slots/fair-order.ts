// In which order slots are given: what is compared, and how. Places never change because time passes (fair-queue.ts).
import type { Heap, Millis, Priority, RunId } from "../../domain/index.ts";

/** Waiting this long counts as much as the next higher priority. */
export const AGEING_MS = 10_000;

/** What a run would start next. */
export type Want = { readonly priority: Priority; readonly deadline?: Millis | undefined };

export type Party = { readonly run: RunId; readonly tenant: string };

export type Entry = Party & {
  readonly want: Want;
  readonly since: Millis;
  readonly order: number;
  readonly class: number;
  isGone: boolean;
};

export type Tenant = {
  readonly waiting: Heap<Entry>;
  /** By rank of priority. */
  readonly counts: number[];
  /** When it last had a turn, or began to wait for one. */
  since: Millis;
  /** A number that grows with every turn of any tenant. */
  served: number;
  ticket: Ticket | undefined;
};

/** Where a tenant stands among the others; another one takes its place when that changes. */
export type Ticket = {
  readonly tenant: Tenant;
  readonly class: number;
  readonly first: Entry;
  readonly served: number;
};

export const epoch = (at: Millis): number => Math.floor(at / AGEING_MS);

const deadlineOf = ({ want }: Entry): Millis => want.deadline ?? Number.POSITIVE_INFINITY;

export function entryBefore(a: Entry, b: Entry): boolean {
  if (a.class !== b.class) return a.class > b.class;
  const [sooner, later] = [deadlineOf(a), deadlineOf(b)];
  return sooner === later ? a.order < b.order : sooner < later;
}

export function ticketBefore(a: Ticket, b: Ticket): boolean {
  if (a.class !== b.class) return a.class > b.class;
  const [sooner, later] = [deadlineOf(a.first), deadlineOf(b.first)];
  if (sooner !== later) return sooner < later;
  return a.served === b.served ? a.first.order < b.first.order : a.served < b.served;
}
