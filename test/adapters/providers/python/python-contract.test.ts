import { groupMembers, until } from "../../processes/group-members.ts";
import { describeProvider } from "../provider.contract.ts";
import { memberOf, type Sandbox, sandbox } from "./sandbox.ts";

const execute = (params: Readonly<Record<string, string>>) => ({ method: "execute", params });

/** A script that hangs, and whether anything of it is there. */
function slow({ processes }: Sandbox) {
  let groups: readonly number[] = [];
  return {
    call: execute({ code: "while True: pass" }),
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
  "python",
  async () => {
    const box = sandbox({ interpreters: 1, spare: false });
    return { ...box, remove: box.close };
  },
  {
    works: [
      {
        call: execute({ code: "print('hi')\nresult = {'a': [1, None]}" }),
        result: { result: { a: [1, null] }, output: "hi\n", success: true },
      },
      {
        call: { method: "execute", params: { file: "scripts/add.py", context: { a: 1, b: 2 } } },
        result: { result: 3 },
      },
      {
        call: { method: "validate", params: { file: "scripts/add.py" } },
        result: { valid: true, errors: [] },
      },
      { call: { method: "info", params: {} }, result: { execution_modes: ["wasm"] } },
    ],
    fails: [
      {
        call: execute({ code: "raise ValueError('no')" }),
        code: "TASK_EXECUTION_FAILED",
        message: /^ValueError: no \(<code>, line 1\)$/,
      },
      {
        call: execute({ code: "result = float('nan')" }),
        code: "TASK_RESULT_INVALID",
        message: /^result: nan/,
      },
      { call: execute({ file: "scripts/gone.py" }), code: "TASK_PARAMETER_ERROR", message: /gone\.py/ },
    ],
    badParams: [
      { call: execute({}), path: "params: give exactly one of `file` and `code`" },
      { call: { method: "execute", params: { code: "1", context: 5 } }, path: "params.context" },
      { call: { method: "execute", params: { code: "1", args: ["a", 2] } }, path: "params.args[1]" },
      { call: execute({ code: "1", execution_mode: "docker" }), path: "params.execution_mode" },
      { call: { method: "validate", params: { code: 1 } }, path: "params.code" },
      { call: { method: "info", params: { x: 1 } }, path: "params.x" },
    ],
    unknown: { call: { method: "excute", params: {} }, suggests: "did you mean `execute`?" },
    carries: {
      call: (text) => ({
        method: "execute",
        params: { code: "result = context['text']", context: { text } },
      }),
      read: (result) => memberOf(result, "result"),
    },
    slow,
    huge: { call: execute({ code: "result = 'x' * 9_000_000" }), bytes: 9_000_000 },
    files: { "scripts/add.py": "result = context['a'] + context['b']\n" },
  },
);
