// What each command prints with `--json`: the schemas that tests hold every command to, and that docs/json.md and
// schemas/output.json are made from.
import { z } from "zod";
import * as audit from "./audit.ts";
import * as configuration from "./configuration.ts";
import * as judgements from "./judgements.ts";
import * as lists from "./lists.ts";
import * as log from "./log.ts";
import * as past from "./past.ts";
import * as providers from "./providers.ts";
import * as retention from "./retention.ts";
import * as runs from "./runs.ts";
import * as secrets from "./secrets.ts";
import * as server from "./server.ts";
import * as settings from "./settings.ts";
import * as store from "./store.ts";
import * as subjects from "./subjects.ts";
import * as timeline from "./timeline.ts";
import * as values from "./values.ts";
import * as webhooks from "./webhooks.ts";
import * as workflows from "./workflows.ts";

type Output = {
  readonly schema: z.ZodType;
  /** A stream: one document a line. */
  readonly isLines?: true;
};

const one = (schema: z.ZodType): Output => ({ schema });
const lines = (schema: z.ZodType): Output => ({ schema, isLines: true });
const aRun = one(runs.run);

/** By command, as it is typed. */
export const OUTPUTS: Readonly<Record<string, Output>> = {
  run: aRun,
  exec: aRun,
  batch: aRun,
  resume: aRun,
  pause: aRun,
  cancel: aRun,
  signal: aRun,
  approve: aRun,
  reject: aRun,
  retry: one(z.union([runs.run, runs.retried])),
  worker: lines(runs.ended),
  validate: one(judgements.validated),
  import: one(judgements.imported),
  list: one(lists.list),
  status: one(lists.status),
  show: one(z.union([runs.run, timeline.oneTask])),
  timeline: one(timeline.timeline),
  fork: one(z.union([runs.run, past.forkPlan])),
  diff: one(past.diff),
  replay: one(z.union([past.stubReplay, past.viewReplay, past.replayedAll])),
  why: one(judgements.why),
  failures: one(lists.failures),
  events: lines(log.event),
  logs: lines(log.log),
  init: one(configuration.project),
  "workflows register": one(workflows.registered),
  "workflows list": one(workflows.workflows),
  "workflows show": one(workflows.shownWorkflow),
  "providers list": one(providers.providers),
  "providers methods": one(providers.methods),
  "providers health": one(providers.health),
  "providers test": one(providers.tested),
  "providers drain": one(providers.drained),
  "providers undrain": one(providers.drained),
  "providers discover": one(providers.discovered),
  "projections list": one(store.projections),
  "projections rebuild": one(store.rebuilt),
  "store check": one(store.storeCheck),
  "store migrate": one(store.migrated),
  "store backup": one(store.copied),
  "store restore": one(store.copied),
  export: lines(z.union([audit.exported, values.map])),
  verify: one(audit.bundleVerified),
  "audit vkey": one(audit.vkeys),
  "audit checkpoint": one(audit.checkpoint),
  "audit verify": one(audit.logVerified),
  "audit prove": one(audit.proof),
  "audit trail": lines(audit.trailEntry),
  "audit accept-rollback": one(audit.accepted),
  "audit rotate": one(audit.rotated),
  erase: one(subjects.erased),
  "hold add": one(subjects.held),
  "hold release": one(subjects.held),
  "hold list": one(subjects.holds),
  "retention show": one(retention.shown),
  "retention run": one(retention.ran),
  "secrets set": one(secrets.kept),
  "secrets list": one(secrets.list),
  "secrets rotate": one(z.union([secrets.kept, secrets.changedKey])),
  "secrets delete": one(secrets.removed),
  serve: one(server.serving),
  "flags list": one(settings.flags),
  "flags set": one(settings.flag),
  "flags clear": one(settings.flag),
  "quotas list": one(settings.quotas),
  "quotas set": one(settings.quota),
  "quotas clear": one(settings.quota),
  "keys create": one(server.newKey),
  "keys list": one(server.keys),
  "keys rotate": one(server.newKey),
  "keys revoke": one(server.key),
  "webhooks create": one(webhooks.made),
  "webhooks list": one(webhooks.list),
  "webhooks show": one(webhooks.webhook),
  "webhooks update": one(webhooks.webhook),
  "webhooks delete": one(webhooks.removed),
  "webhooks test": one(webhooks.tested),
  "webhooks rotate": one(webhooks.made),
  "webhooks deliveries": one(webhooks.deliveries),
  "webhooks redeliver": one(webhooks.redelivery),
  "webhooks replay": one(webhooks.replay),
  "webhooks enable": one(webhooks.webhook),
  "webhooks disable": one(webhooks.webhook),
  "webhooks listen": lines(webhooks.received),
  "config show": one(configuration.settings),
  "config validate": one(configuration.validConfiguration),
  "config set": one(configuration.changed),
  "config migrate": one(configuration.migrated),
  "config path": one(configuration.places),
  completion: one(configuration.completion),
  doctor: one(configuration.checkups),
};

/** Instead of its own, what any command may print: with an exit of 2 to 6; at 130; for `--help` and `--version`. */
export const EVERYWHERE: Readonly<Record<string, z.ZodType>> = {
  refused: z.strictObject({ error: values.error, problems: z.array(values.problem) }),
  interrupted: runs.interrupted,
  help: z.strictObject({ help: z.string() }),
  version: z.strictObject({ version: z.string() }),
};

/** All of them as one JSON Schema: a definition for each command, its words joined with `-`. */
export function outputSchemas(): object {
  const all = {
    ...Object.fromEntries(Object.entries(OUTPUTS).map(([name, { schema }]) => [name, schema])),
    ...EVERYWHERE,
  };
  const { $defs, properties = {} } = z.toJSONSchema(z.strictObject(all));
  const commands = Object.entries(properties).map(
    ([name, schema]) => [name.replaceAll(" ", "-"), schema] as const,
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "What the commands of Gleitzeit print with --json",
    $defs: { ...Object.fromEntries(commands), ...$defs },
  };
}
