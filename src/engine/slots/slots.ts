// One per process: how many attempts run at once, and which run may start the next one.
//
// Invariants:
//  1. held ≤ total, until somebody lowers the total: a slot is reserved when the start is decided, before it is recorded.
//  2. While others wait, no run takes more than its share of its tenant's share; alone, it may take everything.
//  3. A freed slot goes to the first in the queue. Only whoever freed it may go on in the same step instead, which saves
//     an append: as long as its turn lasts, and nobody waits who comes before it.
//  4. Who is woken may take one slot whatever its share, so that nobody waits beside a free one. That slot is kept for
//     it until its next step has decided: whoever came later would send it to the end of the queue.
import type { Millis, RunId } from "../../domain/index.ts";
import type { Party, Want } from "./fair-order.ts";
import { fairQueue } from "./fair-queue.ts";

/** So long a run may go on from one start to the next while others wait. */
export const TURN_MS = 50;

export type Slots = {
  /** A step of the run begins. What it is offered from now on is for the step after. */
  readonly begin: (run: RunId) => void;
  /** Whether this run may reserve one more now. */
  readonly mayTake: (party: Party, want: Want) => boolean;
  readonly reserve: (party: Party) => void;
  /** Wakes nobody: the run itself comes first in the step that follows, then `passOn`. */
  readonly release: (run: RunId) => void;
  /** The run has work but no slot: it is woken when one is free. */
  readonly queue: (party: Party, want: Want) => void;
  /** True while another run has asked in vain. */
  readonly contended: (run: RunId) => boolean;
  /** The run takes part no longer: what it held is free. */
  readonly leave: (run: RunId) => void;
  /** The step has decided what the run takes, be it durable or not: wakes the next in the queue if there is room. */
  readonly passOn: (run: RunId) => void;
  /** Another total from now on. Nothing that has begun is stopped for it. */
  readonly resize: (total: number) => void;
};

/** A run that holds slots, or waits for one. */
type Member = {
  readonly tenant: string;
  held: number;
  turnSince: Millis;
  /** One slot is kept for it: for its next step, or for the one under way. */
  offer: "none" | "next" | "now";
};

/** `now` never goes back. */
export function slots(first: number, now: () => Millis, wake: (run: RunId) => void): Slots {
  const members = new Map<RunId, Member>();
  const perTenant = new Map<string, number>();
  const queue = fairQueue();
  let total = first;
  let free = total;
  let offered = 0;

  const count = (tenant: string, by: number): void => {
    const left = (perTenant.get(tenant) ?? 0) + by;
    if (left === 0) perTenant.delete(tenant);
    else perTenant.set(tenant, left);
  };

  const memberOf = ({ run, tenant }: Party): Member => {
    const known = members.get(run);
    if (known) return known;
    const member: Member = { tenant, held: 0, turnSince: now(), offer: "none" };
    members.set(run, member);
    count(tenant, 1);
    return member;
  };

  /** Those that hold nothing and wait for nothing do not count. */
  const forget = (run: RunId): void => {
    const member = members.get(run);
    if (!member || member.held > 0 || member.offer !== "none" || queue.has(run)) return;
    members.delete(run);
    count(member.tenant, -1);
  };

  const shareOf = (tenant: string): number => {
    const ofTenant = Math.max(1, Math.floor(total / Math.max(1, perTenant.size)));
    return Math.max(1, Math.floor(ofTenant / Math.max(1, perTenant.get(tenant) ?? 1)));
  };

  const contended = (run: RunId): boolean => queue.size() > (queue.has(run) ? 1 : 0);

  const invite = (): void => {
    const next = free > offered ? queue.take(now()) : undefined;
    const member = next === undefined ? undefined : members.get(next);
    if (next === undefined || !member) return;
    offer(member, "next");
    wake(next);
  };

  const offer = (member: Member, to: Member["offer"]): void => {
    offered += Number(to !== "none") - Number(member.offer !== "none");
    member.offer = to;
  };

  return {
    contended,
    begin: (run) => {
      const member = members.get(run);
      if (member?.offer === "next") member.offer = "now";
    },
    mayTake: ({ run, tenant }, want) => {
      const member = members.get(run);
      if (member && member.offer !== "none" && free > 0) return true;
      if (free <= offered) return false;
      if (!contended(run)) return true;
      if (!member || queue.has(run) || member.held >= shareOf(tenant)) return false;
      return now() - member.turnSince < TURN_MS && !queue.outranks(want, now());
    },
    queue: (party, want) => {
      offer(memberOf(party), "none");
      queue.add(party, want, now());
    },
    reserve: (party) => {
      if (free <= 0) throw new Error("a slot was reserved that nobody has");
      const member = memberOf(party);
      if (member.offer !== "none") member.turnSince = now();
      offer(member, "none");
      queue.remove(party.run);
      free -= 1;
      member.held += 1;
    },
    release: (run) => {
      const member = members.get(run);
      if (!member || member.held === 0) return;
      free += 1;
      member.held -= 1;
    },
    leave: (run) => {
      queue.remove(run);
      const member = members.get(run);
      if (member) {
        free += member.held;
        offer(member, "none");
        members.delete(run);
        count(member.tenant, -1);
      }
      invite();
    },
    passOn: (run) => {
      const member = members.get(run);
      if (member?.offer === "now") offer(member, "none");
      forget(run);
      invite();
    },
    resize: (next) => {
      free += next - total;
      total = next;
      while (free > offered && queue.size() > 0) invite();
    },
  };
}
