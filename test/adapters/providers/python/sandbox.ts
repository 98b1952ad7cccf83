// A Python provider with real children, for tests. Memory images are shared, so that only the first start is a cold one.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonProvider } from "../../../../src/adapters/providers/python/index.ts";
import { type BoxOptions, type ScriptBox, scriptBox } from "../script-box.ts";

export { type Given, memberOf, newRun } from "../script-box.ts";

export const cacheFolder = join(fileURLToPath(new URL("../../../..", import.meta.url)), ".tmp", "python");

export type Sandbox = ScriptBox;

export const sandbox = (options: BoxOptions = {}): Sandbox =>
  scriptBox(pythonProvider, { cacheFolder, ...options });
