// Who waits for a slot, in the order in which they get one: priority with ageing, then deadline, then tenants in turn,
// then whoever has waited longest, which is the order of submission for those that come new.
//
// Invariants:
//  1. Age counts in whole steps of AGEING_MS, each worth one priority, so that an entry's class (priority minus the step
//     in which its wait began) never changes while it waits: nothing is sorted again because time passes.
//  2. Among tenants age counts from when the tenant last had a turn. A thousand runs that one of them submits at once
//     do not grow old together: whatever their priority, the others' turn comes.
//  3. Entries in heaps may be stale: whoever takes one asks whether it still holds. O(log n) comparisons a move.
import { heap, type Millis, priorityRank, type RunId } from "../../domain/index.ts";
import {
  type Entry,
  entryBefore,
  epoch,
  type Party,
  type Tenant,
  type Ticket,
  ticketBefore,
  type Want,
} from "./fair-order.ts";

export type FairQueue = {
  readonly size: () => number;
  readonly has: (run: RunId) => boolean;
  /** Again with another wish: it keeps its place in time. */
  readonly add: (party: Party, want: Want, now: Millis) => void;
  readonly remove: (run: RunId) => void;
  /** The next one gets its turn. */
  readonly take: (now: Millis) => RunId | undefined;
  /** Whether the next one comes before somebody who would begin to wait now. */
  readonly outranks: (want: Want, now: Millis) => boolean;
};

export function fairQueue(): FairQueue {
  const entries = new Map<RunId, Entry>();
  const tenants = new Map<string, Tenant>();
  const tickets = heap<Ticket>(ticketBefore);
  let order = 0;
  let turns = 0;

  const tenantOf = (name: string, now: Millis): Tenant => {
    const known = tenants.get(name);
    if (known) return known;
    const tenant = {
      waiting: heap(entryBefore),
      counts: [0, 0, 0, 0],
      since: now,
      served: 0,
      ticket: undefined,
    };
    tenants.set(name, tenant);
    return tenant;
  };

  const first = ({ waiting }: Tenant): Entry | undefined => {
    while (waiting.peek()?.isGone) waiting.pop();
    return waiting.peek();
  };

  const place = (tenant: Tenant): void => {
    const next = first(tenant);
    const old = tenant.ticket;
    if (!next) {
      tenant.ticket = undefined;
      return;
    }
    const rank = tenant.counts.findLastIndex((count) => count > 0);
    const ticket: Ticket = {
      tenant,
      class: rank - epoch(tenant.since),
      first: next,
      served: tenant.served,
    };
    const isSame = old?.first === next && old.class === ticket.class && old.served === ticket.served;
    if (isSame) return;
    tenant.ticket = ticket;
    tickets.push(ticket);
  };

  const best = (): Ticket | undefined => {
    for (let ticket = tickets.peek(); ticket; ticket = tickets.peek()) {
      if (ticket.tenant.ticket === ticket && !ticket.first.isGone) return ticket;
      tickets.pop();
      if (ticket.tenant.ticket === ticket) place(ticket.tenant);
    }
    return undefined;
  };

  const drop = (entry: Entry, tenant: Tenant): void => {
    entry.isGone = true;
    entries.delete(entry.run);
    count(tenant, entry, -1);
  };

  return {
    size: () => entries.size,
    has: (run) => entries.has(run),
    add: (party, want, now) => {
      const tenant = tenantOf(party.tenant, now);
      const known = entries.get(party.run);
      if (known?.want.priority === want.priority && known.want.deadline === want.deadline) return;
      if (known) drop(known, tenant);
      if (!first(tenant) && !known) tenant.since = Math.max(tenant.since, now);
      const since = known?.since ?? now;
      order += known ? 0 : 1;
      const entry: Entry = {
        ...party,
        want,
        since,
        order: known?.order ?? order,
        class: priorityRank[want.priority] - epoch(since),
        isGone: false,
      };
      entries.set(party.run, entry);
      count(tenant, entry, 1);
      tenant.waiting.push(entry);
      place(tenant);
    },
    remove: (run) => {
      const entry = entries.get(run);
      const tenant = entry && tenants.get(entry.tenant);
      if (!tenant) return;
      drop(entry, tenant);
      place(tenant);
    },
    take: (now) => {
      const ticket = best();
      if (!ticket) return undefined;
      const { tenant, first: entry } = ticket;
      drop(entry, tenant);
      turns += 1;
      tenant.since = now;
      tenant.served = turns;
      place(tenant);
      return entry.run;
    },
    outranks: (want, now) => {
      const ticket = best();
      return ticket !== undefined && ticket.class > priorityRank[want.priority] - epoch(now);
    },
  };
}

const count = ({ counts }: Tenant, { want }: Entry, by: number): void => {
  const rank = priorityRank[want.priority];
  counts[rank] = (counts[rank] ?? 0) + by;
};
