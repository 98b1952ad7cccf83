// Every route.
import type { Routes } from "../app.ts";
import { auditRoutes } from "./audit.ts";
import { comparingRoutes } from "./comparing.ts";
import { configurationRoutes } from "./configuration.ts";
import { eventStreamRoutes } from "./event-streams.ts";
import { eventRoutes } from "./events.ts";
import { exportRoutes } from "./exports.ts";
import { healthRoutes } from "./health.ts";
import { keyRoutes } from "./keys.ts";
import { logRoutes } from "./log.ts";
import { overviewRoutes } from "./overview.ts";
import { personRoutes } from "./persons.ts";
import { providerRoutes } from "./providers.ts";
import { retentionRoutes } from "./retention.ts";
import { runListRoutes } from "./run-list.ts";
import { runRequestRoutes } from "./run-requests.ts";
import { runRoutes } from "./runs.ts";
import { settingsRoutes } from "./settings.ts";
import { timelineRoutes } from "./timeline.ts";
import { trailRoutes } from "./trail.ts";
import { webhookDeliveryRoutes } from "./webhook-deliveries.ts";
import { webhookRoutes } from "./webhooks.ts";
import { workflowRoutes } from "./workflows.ts";

export const ROUTES: readonly Routes[] = [
  healthRoutes,
  runRoutes,
  runListRoutes,
  runRequestRoutes,
  timelineRoutes,
  comparingRoutes,
  overviewRoutes,
  eventRoutes,
  eventStreamRoutes,
  logRoutes,
  workflowRoutes,
  providerRoutes,
  keyRoutes,
  auditRoutes,
  trailRoutes,
  exportRoutes,
  retentionRoutes,
  personRoutes,
  configurationRoutes,
  settingsRoutes,
  webhookRoutes,
  webhookDeliveryRoutes,
];
