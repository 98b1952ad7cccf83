// Every route.
import type { Routes } from "../app.ts";
import { healthRoutes } from "./health.ts";
import { keyRoutes } from "./keys.ts";
import { runListRoutes } from "./run-list.ts";
import { runRoutes } from "./runs.ts";

export const ROUTES: readonly Routes[] = [healthRoutes, runRoutes, runListRoutes, keyRoutes];
