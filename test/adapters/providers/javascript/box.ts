// A JavaScript provider with real children, for tests.
import { javascriptProvider } from "../../../../src/adapters/providers/javascript/index.ts";
import { type BoxOptions, type ScriptBox, scriptBox } from "../script-box.ts";

export const box = (options: BoxOptions = {}): ScriptBox => scriptBox(javascriptProvider, options);
