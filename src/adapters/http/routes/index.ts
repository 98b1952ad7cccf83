// Every route.
import type { Routes } from "../app.ts";
import { eventStreamRoutes } from "./event-streams.ts";
import { eventRoutes } from "./events.ts";
import { healthRoutes } from "./health.ts";
import { keyRoutes } from "./keys.ts";
import { providerRoutes } from "./providers.ts";
import { runListRoutes } from "./run-list.ts";
import { runRequestRoutes } from "./run-requests.ts";
import { runRoutes } from "./runs.ts";
import { timelineRoutes } from "./timeline.ts";
import { webhookDeliveryRoutes } from "./webhook-deliveries.ts";
import { webhookRoutes } from "./webhooks.ts";
import { workflowRoutes } from "./workflows.ts";

export const ROUTES: readonly Routes[] = [
  healthRoutes,
  runRoutes,
  runListRoutes,
  runRequestRoutes,
  timelineRoutes,
  eventRoutes,
  eventStreamRoutes,
  workflowRoutes,
  providerRoutes,
  keyRoutes,
  webhookRoutes,
  webhookDeliveryRoutes,
];
