// A Python provider with real children, for tests. Memory images are shared, so that only the first start is a cold one.

import { pythonProvider } from "../../../../src/adapters/providers/python/index.ts";
import { imagesFolder } from "../../../images.ts";
import { type BoxOptions, type ScriptBox, scriptBox } from "../script-box.ts";

export { type Given, memberOf, newRun } from "../script-box.ts";

export type Sandbox = ScriptBox;

export const sandbox = (options: BoxOptions = {}): Sandbox =>
  scriptBox(pythonProvider, { cacheFolder: imagesFolder, ...options });
