// Every route, once. Who adds a route adds its row: routes.test.ts compares this table with the OpenAPI document.
import { INSTALLATION } from "./installation.ts";
import { EVENTS, WORKFLOWS } from "./log.ts";
import type { Row } from "./row.ts";
import { RUNS } from "./runs.ts";
import { SETTINGS } from "./settings.ts";
import { WEBHOOKS } from "./webhooks.ts";

export type { Asking, Row, World } from "./row.ts";

export const ROUTE_ROWS: readonly Row[] = [
  ...RUNS,
  ...EVENTS,
  ...WORKFLOWS,
  ...INSTALLATION,
  ...SETTINGS,
  ...WEBHOOKS,
];

export const methodOf = ({ route }: Row): string => route.split(" ")[0] ?? "";
