// Who was turned away: counted by key or address, written once a minute, so that strangers cannot make the log grow.
import { type Actor, type Denial, type ErrorCode, instantOf, type KeyId } from "../../domain/index.ts";
import type { Clock, TenantKeys } from "../../engine/ports/index.ts";
import type { AccessLog } from "./access-log.ts";

export type DenialOptions = {
  readonly accessLog: AccessLog;
  readonly tenant: string;
  readonly clock: Clock;
  readonly keys: TenantKeys;
  readonly actor: Actor;
};

export type Denied = { readonly key?: KeyId | undefined; readonly address: string; readonly code: ErrorCode };

export type Denials = {
  readonly count: (denied: Denied) => void;
  /** What is counted so far is written. */
  readonly close: () => Promise<void>;
};

const MINUTE_MS = 60_000;
/** By key and code, or address and code; whoever else comes in that minute is one of `others`. */
const MOST = 100;

export function denials({ accessLog, tenant, clock, keys, actor }: DenialOptions): Denials {
  let counts = new Map<string, Denial>();
  let others = 0;
  let from = 0;
  let cancel: (() => void) | undefined;

  const flush = (): void => {
    cancel?.();
    cancel = undefined;
    const [denied, more, at] = [[...counts.values()], others, instantOf(from)];
    counts = new Map();
    others = 0;
    if (denied.length === 0) return;
    const data = { from: at, denials: denied, ...(more > 0 && { others: more }) };
    accessLog.write({ type: "AccessDenied", data }, at, actor, "who was turned away could not be recorded");
  };

  return {
    count: ({ key, address, code }) => {
      if (!cancel) {
        from = clock.now();
        cancel = clock.after(MINUTE_MS, flush);
      }
      const who =
        key === undefined ? { address: keys.hmac(tenant, "address", address).slice(0, 32) } : { key };
      const label = `${key ?? who.address} ${code}`;
      const before = counts.get(label);
      if (!before && counts.size >= MOST) others += 1;
      else counts.set(label, { ...who, code, count: (before?.count ?? 0) + 1 });
    },
    close: async () => {
      flush();
      await accessLog.written();
    },
  };
}
