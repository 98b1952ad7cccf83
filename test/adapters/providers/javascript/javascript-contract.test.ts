import { describeScripts } from "../scripts.contract.ts";
import { box } from "./box.ts";

describeScripts("javascript", box, {
  suffix: "js",
  hangs: "for (;;);",
  says: "console.log('hi');\nresult = { a: [1, null] };",
  adds: "result = context.a + context.b;\n",
  raises: { code: "throw new RangeError('no')", name: "RangeError" },
  noNumber: { code: "result = NaN", name: "NaN" },
  carries: "result = context.text",
  huge: "result = 'x'.repeat(9_000_000)",
  info: { engine: "quickjs", platform: "wasm" },
  badParams: [
    { params: { code: "1", args: ["a"] }, path: "params.args" },
    { params: { code: "1", timeout: 0 }, path: "params.timeout" },
  ],
});
