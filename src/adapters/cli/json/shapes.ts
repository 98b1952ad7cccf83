// The same documents by what they are, for other ways in than the command line.

import { validated } from "./judgements.ts";
import { list } from "./lists.ts";
import { event } from "./log.ts";
import { providers } from "./providers.ts";
import { run } from "./runs.ts";
import { timeline } from "./timeline.ts";
import { deliveries, made, redelivery, replay, tested, webhook, list as webhooks } from "./webhooks.ts";
import { registered, shownWorkflow, workflows } from "./workflows.ts";

export const outputs = {
  run,
  runs: list,
  event,
  timeline,
  workflow: shownWorkflow,
  registered,
  workflows,
  validated,
  providers,
  webhook,
  webhooks,
  newWebhook: made,
  webhookTested: tested,
  deliveries,
  delivery: redelivery,
  replay,
};
