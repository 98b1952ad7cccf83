// How our streams are called on a server that may hold other logs, and streams of other programs, beside them.
import { StreamName } from "../../../domain/index.ts";

/** What is of no such kind is somebody else's. */
const KINDS = [
  "run",
  "workflow",
  "schedule",
  "webhook",
  "subject",
  "worker",
  "provider",
  "tenant",
  "access",
  "audit",
  "owners",
] as const;

export type Names = {
  toServer(stream: StreamName): string;
  /** Undefined for what is not of this log: other logs, other programs, the server's own. */
  fromServer(name: string): StreamName | undefined;
  ofBlob(tenant: string, hash: string): string;
  /** Every name of this log begins with one of these. */
  readonly prefixes: readonly string[];
};

/** `log`: what keeps several logs on one server apart; the first one needs no name. */
export function names(log: string | undefined): Names {
  const before = log === undefined ? "" : `${log}.`;
  return {
    toServer: (stream) => before + stream,
    fromServer: (name) => {
      if (!name.startsWith(before)) return undefined;
      const parsed = StreamName.safeParse(name.slice(before.length));
      return parsed.success && isOurs(parsed.data) ? parsed.data : undefined;
    },
    ofBlob: (tenant, hash) => `${before}blob-${tenant}.${hash}`,
    prefixes: KINDS.map((kind) => before + kind),
  };
}

const isOurs = (stream: StreamName): boolean =>
  KINDS.some((kind) => stream === kind || stream.startsWith(`${kind}-`));
