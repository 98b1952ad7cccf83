// Which commands a server is asked, and which are about this machine whatever server there is. The others need a store
// of their own, and are refused by name where a server is given: `audit verify` judges the log without its server's word,
// `audit accept-rollback` and `rotate` change the keys beside it, `projections` and `store` its files. `replay` shows a run of a
// server, and decides none again.

const AT_SERVERS: ReadonlySet<string> = new Set([
  ...["run", "exec", "batch", "pause", "cancel", "resume", "retry", "fork", "signal", "approve", "reject"],
  ...[
    "list",
    "show",
    "status",
    "failures",
    "events",
    "logs",
    "timeline",
    "why",
    "diff",
    "replay",
    "validate",
  ],
  ...["workflows register", "workflows list", "workflows show"],
  ...["erase", "hold add", "hold release", "hold list", "retention show", "retention run"],
  ...["audit vkey", "audit checkpoint", "audit prove", "audit trail", "export"],
  ...["flags list", "flags set", "flags clear", "quotas list", "quotas set", "quotas clear"],
  ...["keys create", "keys list", "keys rotate", "keys revoke"],
  ...[
    "webhooks create",
    "webhooks list",
    "webhooks show",
    "webhooks update",
    "webhooks delete",
    "webhooks rotate",
  ],
  ...["webhooks enable", "webhooks disable", "webhooks test"],
  ...["webhooks deliveries", "webhooks redeliver", "webhooks replay"],
]);

const ABOUT_THIS_MACHINE: ReadonlySet<string> = new Set([
  ...["import", "init", "verify", "doctor", "completion"],
  ...["config show", "config validate", "config path", "config set", "config migrate"],
  ...["providers list", "providers methods", "providers health", "providers test", "providers discover"],
  ...["secrets set", "secrets list", "secrets rotate", "secrets delete"],
]);

type Way = "server" | "here" | "store";

/** By command as it is typed: `workflows show`. */
export const wayOf = (path: string): Way =>
  AT_SERVERS.has(path) ? "server" : ABOUT_THIS_MACHINE.has(path) ? "here" : "store";

type Asked = {
  readonly path: string;
  /** `--server`. */
  readonly server: string | undefined;
  readonly store: string | undefined;
  readonly hasCassette: boolean;
};

/** What is wrong with being asked so; undefined when nothing is. `isGiven`: whether there is a server, whoever said so. */
export function refusalOf({ path, server, store, hasCassette }: Asked, isGiven: boolean): string | undefined {
  const way = wayOf(path);
  if (server !== undefined && store !== undefined) return "--server and --store both say where the runs are";
  if (way === "here" && server !== undefined)
    return `\`${path}\` is about this machine, and asks nothing of a server`;
  if (!isGiven) return undefined;
  if (way === "store")
    return `\`${path}\` works on a store, not through a server: run it where the store is, without --server and GLEITZEIT_SERVER, or name one with --store`;
  if (way === "server" && hasCassette)
    return "calls are recorded and played where they are made: --record and --play do not go through a server";
  return undefined;
}
