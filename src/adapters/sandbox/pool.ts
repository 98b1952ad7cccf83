// Interpreters and the runs that use them.
//
// 1. An interpreter that has served a run serves no other run, ever.
// 2. There are never more than `size` children, those that start included.
// 3. Every run that waits gets its turn: one that has no interpreter, or the fewest, comes first, and a run that
//    others wait for gives one back after a while.
// 4. Fresh interpreters belong to nobody, and whoever is first in turn when one is ready gets it; unless they are made to
//    measure: then one that was started for a run is that run's from the beginning.
import { GleitzeitError, type Millis, type RunId } from "../../domain/index.ts";
import type { Clock } from "../../engine/ports/index.ts";
import type { Interpreter } from "./interpreter.ts";
import { nextMove, type SlotView } from "./turns.ts";
import { waitingCalls } from "./waiting-calls.ts";

export type PoolOptions = {
  /** As messages say it. */
  readonly language: string;
  readonly size: number;
  readonly waitingCalls: number;
  readonly idleMs: Millis;
  readonly isolation: "run" | "task";
  /** So many fresh interpreters are kept ready while there is room. */
  readonly spares: number;
  /** What is started for a run carries its name. */
  readonly madeToMeasure: boolean;
  readonly clock: Clock;
  readonly start: (run?: RunId) => Promise<Interpreter>;
};

export type Lease = {
  readonly interpreter: Interpreter;
  /** The call is answered, and it will be given back soon. */
  readonly tidying: () => void;
  /** `reusable`: it is clean and may serve its run again; otherwise it is ended. */
  readonly giveBack: (reusable: boolean) => void;
};

export interface Pool {
  /** GleitzeitError: PROVIDER_OVERLOADED, SYSTEM_SHUTDOWN, why none could be started, or the signal's reason. */
  lease(run: RunId, signal: AbortSignal): Promise<Lease>;
  /** Starts fresh interpreters, one at least, if there is room; rejects when one cannot be started. */
  warm(): Promise<void>;
  release(run: RunId): void;
  /** No more leases; ends nothing by itself. */
  close(): void;
}

type Slot = {
  state: SlotView["state"];
  run?: RunId;
  since: Millis;
  interpreter?: Interpreter;
  cancelIdle?: () => void;
};

export function pool({ size, idleMs, isolation, spares, clock, start, ...options }: PoolOptions): Pool {
  const slots = new Set<Slot>();
  const released = new WeakSet<Slot>();
  const waiting = waitingCalls<Lease>(options.waitingCalls, options.language);
  let isClosed = false;

  function advance(): void {
    for (;;) {
      const view = { slots: [...slots], waiting: waiting.counts(), size, now: clock.monotonic() };
      const move = isClosed ? undefined : nextMove(view);
      if (!move) return;
      if (move.type === "start") void startSlot(options.madeToMeasure ? move.run : undefined);
      else if (move.type === "end") end(move.slot);
      else serve(move.slot, move.run);
    }
  }

  /** Resolves when it is ready, or with why it is not, which is told to the call that has waited longest. */
  async function startSlot(run?: RunId): Promise<Error | undefined> {
    const slot: Slot = { state: "starting", since: clock.monotonic(), ...(run !== undefined && { run }) };
    slots.add(slot);
    try {
      const interpreter = await start(run);
      slot.interpreter = interpreter;
      slot.state = "idle";
      void interpreter.ended.then(() => {
        slots.delete(slot);
        advance();
      });
      return undefined;
    } catch (thrown) {
      slots.delete(slot);
      const error =
        thrown instanceof Error ? thrown : new GleitzeitError("PROVIDER_NOT_AVAILABLE", String(thrown));
      waiting.refuseFirst(error);
      return error;
    } finally {
      advance();
      // Whoever it was made for has gone meanwhile.
      if (run !== undefined && slot.state === "idle") end(slot);
    }
  }

  function serve(slot: Slot, run: RunId): void {
    const { interpreter } = slot;
    if (!interpreter) return;
    slot.cancelIdle?.();
    if (slot.run === undefined) slot.since = clock.monotonic();
    slot.run = run;
    slot.state = "busy";
    const tidying = (): void => {
      if (isolation === "task") takeBack(slot, false);
      else slot.state = "tidying";
    };
    waiting.serve(run, { interpreter, tidying, giveBack: (reusable) => takeBack(slot, reusable) });
  }

  function takeBack(slot: Slot, reusable: boolean): void {
    if (!slots.has(slot)) return;
    if (!reusable || released.has(slot) || isClosed) end(slot);
    else {
      slot.state = "idle";
      slot.cancelIdle = clock.after(idleMs, () => end(slot));
    }
    advance();
    if (waiting.counts().size > 0) return;
    for (let lacking = lackingOf(spares); lacking > 0; lacking -= 1) void startSlot();
  }

  function end(slot: Slot): void {
    slot.cancelIdle?.();
    slots.delete(slot);
    void slot.interpreter?.kill();
  }

  /** Of that many fresh ones, so many are not there and could be. */
  function lackingOf(wanted: number): number {
    const fresh = [...slots].filter(({ run }) => run === undefined).length;
    return isClosed ? 0 : Math.max(0, Math.min(wanted - fresh, size - slots.size));
  }

  const closed = (): GleitzeitError =>
    new GleitzeitError("SYSTEM_SHUTDOWN", `the ${options.language} provider is closed`);

  return {
    lease(run, signal) {
      if (isClosed) return Promise.reject(closed());
      const lease = waiting.wait(run, signal);
      advance();
      return lease;
    },
    async warm() {
      const lacking = lackingOf(Math.max(1, spares));
      const errors = await Promise.all(Array.from({ length: lacking }, () => startSlot()));
      const error = errors.find((one) => one !== undefined);
      if (error) throw error;
    },
    release(run) {
      for (const slot of [...slots].filter((held) => held.run === run)) {
        if (slot.state === "idle") end(slot);
        else released.add(slot);
      }
      advance();
    },
    close() {
      isClosed = true;
      for (const slot of slots) slot.cancelIdle?.();
      waiting.refuseAll(closed());
    },
  };
}
