// Imports that are refused, layer by layer, and imports that are not.
export type Sample = readonly [path: string, text: string];
export type Samples = { readonly breaks: readonly Sample[]; readonly holds: readonly Sample[] };

export const importSamples: Samples = {
  breaks: [
    ["src/domain/x.ts", 'import "node:fs";'],
    ["src/domain/x.ts", 'import { map } from "rxjs";'],
    ["src/domain/x.ts", 'import { x } from "../engine/index.ts";'],
    ["src/domain/x.ts", 'export const x = () => import("../engine/index.ts");'],
    ["src/projections/x.ts", 'import { z } from "zod";'],
    ["src/projections/x.ts", 'import { x } from "../domain/run/state.ts";'],
    ["src/engine/x.ts", 'import { x } from "../adapters/cli/index.ts";'],
    ["src/engine/x.ts", 'import { z } from "zod";'],
    ["src/engine/sub/x.ts", 'import { x } from "../../domain/ids.ts";'],
    ["src/adapters/cli/x.ts", 'import type { X } from "../event-store/x.ts";'],
    ["src/adapters/cli/x.ts", 'type X = import("../config/x.ts").X;'],
    ["src/adapters/providers/a/x.ts", 'import { x } from "../b/x.ts";'],
    ["src/adapters/providers/a/x.ts", 'import { x } from "../../processes/index.ts";'],
    ["src/adapters/cli/x.ts", 'import { x } from "../../engine/registry.ts";'],
    ["src/adapters/cli/x.ts", 'import { x } from "../../compose.ts";'],
    ["src/adapters/cli/x.ts", 'import { test } from "vitest";'],
    ["src/adapters/cli/x.ts", 'import assert from "node:assert/strict";'],
    ["src/adapters/audit/verifier/x.ts", 'import { x } from "../leaf.ts";'],
    ["src/adapters/audit/verifier/x.ts", 'import { x } from "../../../domain/index.ts";'],
    ["src/adapters/audit/verifier/x.ts", 'import { z } from "zod";'],
    ["src/compose.ts", 'import { x } from "./main.ts";'],
    ["src/compose/x.ts", 'import { x } from "../compose.ts";'],
    ["src/adapters/cli/x.ts", 'import { x } from "../../compose/x.ts";'],
    ["src/domain/x.ts", 'export * from "../projections/index.ts";'],
  ],
  holds: [
    ["src/domain/run/x.ts", 'import { z } from "zod"; import { y } from "../ids.ts";'],
    ["src/projections/x.ts", 'import { map } from "rxjs"; import { x } from "../domain/index.ts";'],
    [
      "src/engine/ports/x.ts",
      'import type { z } from "zod"; import type { X } from "../../domain/index.ts";',
    ],
    ["src/engine/x.ts", 'import { x } from "../projections/index.ts"; import { y } from "./y.ts";'],
    ["src/adapters/providers/a/sub/x.ts", 'import fs from "node:fs"; import { y } from "../y.ts";'],
    ["src/adapters/cli/x.ts", 'import { x } from "../../engine/ports/index.ts"; import { z } from "zod/v4";'],
    ["src/adapters/audit/verifier/x.ts", 'import { hash } from "node:crypto"; import { y } from "./y.ts";'],
    ["src/adapters/audit/x.ts", 'import { y } from "./verifier/y.ts";'],
    ["src/main.ts", 'import { x } from "./compose.ts";'],
    ["src/compose/x.ts", 'import { x } from "../adapters/cli/index.ts"; import { y } from "../version.ts";'],
  ],
};
