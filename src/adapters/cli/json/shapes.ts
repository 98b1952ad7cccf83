// The same documents by what they are, for other ways in than the command line.

import { checkpoint, proof, trailEntry, vkeys } from "./audit.ts";
import { settings } from "./configuration.ts";
import { validated } from "./judgements.ts";
import { failures, list, status } from "./lists.ts";
import { event, events } from "./log.ts";
import { diff, forkPlan } from "./past.ts";
import { providers } from "./providers.ts";
import { ran, shown as retention } from "./retention.ts";
import { run } from "./runs.ts";
import { key, keys, newKey } from "./server.ts";
import { flag, flags, quota, quotas } from "./settings.ts";
import { erased, erasures, held, holds } from "./subjects.ts";
import { timeline } from "./timeline.ts";
import { deliveries, made, redelivery, replay, tested, webhook, list as webhooks } from "./webhooks.ts";
import { registered, shownWorkflow, workflows } from "./workflows.ts";

export const outputs = {
  run,
  runs: list,
  event,
  events,
  timeline,
  status,
  failures,
  diff,
  forkPlan,
  checkpoint,
  vkeys,
  proof,
  erased,
  held,
  erasures,
  holds,
  retention,
  retained: ran,
  trailEntry,
  settings,
  flag,
  flags,
  quota,
  quotas,
  workflow: shownWorkflow,
  registered,
  workflows,
  validated,
  providers,
  key,
  keys,
  newKey,
  webhook,
  webhooks,
  newWebhook: made,
  webhookTested: tested,
  deliveries,
  delivery: redelivery,
  replay,
};
