import { groupMembers, until } from "../../processes/group-members.ts";
import { describeProvider } from "../provider.contract.ts";
import { memberOf, type ScriptBox } from "../script-box.ts";
import { box } from "./box.ts";

const execute = (params: Readonly<Record<string, string>>) => ({ method: "execute", params });

/** A script that hangs, and whether anything of it is there. */
function slow({ processes }: ScriptBox) {
  let groups: readonly number[] = [];
  return {
    call: execute({ code: "for (;;);" }),
    async begun() {
      await until(() => processes.living().length > 0);
      groups = processes.living();
    },
    async gone() {
      for (const group of groups) await until(async () => (await groupMembers(group)).length === 0);
    },
  };
}

describeProvider(
  "javascript",
  async () => {
    const opened = box({ interpreters: 1, spare: false });
    return { ...opened, remove: opened.close };
  },
  {
    works: [
      {
        call: execute({ code: "console.log('hi');\nresult = { a: [1, null] };" }),
        result: { result: { a: [1, null] }, output: "hi\n", success: true },
      },
      {
        call: { method: "execute", params: { file: "scripts/add.js", context: { a: 1, b: 2 } } },
        result: { result: 3 },
      },
      {
        call: { method: "validate", params: { file: "scripts/add.js" } },
        result: { valid: true, errors: [] },
      },
      { call: { method: "info", params: {} }, result: { engine: "quickjs", platform: "wasm" } },
    ],
    fails: [
      {
        call: execute({ code: "throw new RangeError('no')" }),
        code: "TASK_EXECUTION_FAILED",
        message: /^RangeError: no \(<code>, line 1\)$/,
      },
      { call: execute({ code: "result = NaN" }), code: "TASK_RESULT_INVALID", message: /^result: NaN/ },
      { call: execute({ file: "scripts/gone.js" }), code: "TASK_PARAMETER_ERROR", message: /gone\.js/ },
    ],
    badParams: [
      { call: execute({}), path: "params: give exactly one of `file` and `code`" },
      { call: { method: "execute", params: { code: "1", context: 5 } }, path: "params.context" },
      { call: { method: "execute", params: { code: "1", args: ["a"] } }, path: "params.args" },
      { call: { method: "execute", params: { code: "1", timeout: 0 } }, path: "params.timeout" },
      { call: { method: "validate", params: { code: 1 } }, path: "params.code" },
      { call: { method: "info", params: { x: 1 } }, path: "params.x" },
    ],
    unknown: { call: { method: "excute", params: {} }, suggests: "did you mean `execute`?" },
    carries: {
      call: (text) => ({ method: "execute", params: { code: "result = context.text", context: { text } } }),
      read: (result) => memberOf(result, "result"),
    },
    slow,
    huge: { call: execute({ code: "result = 'x'.repeat(9_000_000)" }), bytes: 9_000_000 },
    files: { "scripts/add.js": "result = context.a + context.b;\n" },
  },
);
