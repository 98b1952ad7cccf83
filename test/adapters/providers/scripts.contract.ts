// What every provider of scripts is held to, with scripts of its own language.
import type { JsonObject } from "../../../src/domain/index.ts";
import { groupMembers, until } from "../processes/group-members.ts";
import { describeProvider } from "./provider.contract.ts";
import type { Slow } from "./samples.ts";
import { type BoxOptions, memberOf, type ScriptBox } from "./script-box.ts";

export type Language = {
  readonly suffix: string;
  readonly hangs: string;
  /** Writes `hi` and results in `{"a": [1, null]}`. */
  readonly says: string;
  /** Adds `a` and `b` of its context. */
  readonly adds: string;
  /** Fails with the text `no`, by this name. */
  readonly raises: { readonly code: string; readonly name: string };
  /** Results in no number, by this name. */
  readonly noNumber: { readonly code: string; readonly name: string };
  /** Results in the context's `text`. */
  readonly carries: string;
  /** Results in nine million letters. */
  readonly huge: string;
  readonly info: JsonObject;
  readonly badParams: readonly { readonly params: JsonObject; readonly path: string }[];
  /** How its work is seen where that is no process of this machine. */
  readonly seen?: Omit<Slow, "call">;
};

const execute = (params: JsonObject) => ({ method: "execute", params });

/** A script that hangs, and whether anything of it is there. */
const hanging =
  (code: string) =>
  ({ processes }: ScriptBox) => {
    let groups: readonly number[] = [];
    return {
      call: execute({ code }),
      async begun() {
        await until(() => processes.living().length > 0);
        groups = processes.living();
      },
      async gone() {
        for (const group of groups) await until(async () => (await groupMembers(group)).length === 0);
      },
    };
  };

export function describeScripts(name: string, open: (options: BoxOptions) => ScriptBox, language: Language) {
  const { suffix, raises, noNumber } = language;
  const [added, gone] = [`scripts/add.${suffix}`, `scripts/gone.${suffix}`];
  describeProvider(
    name,
    async () => {
      const opened = open({ interpreters: 1, spares: 0 });
      return { ...opened, remove: opened.close };
    },
    {
      works: [
        {
          call: execute({ code: language.says }),
          result: { result: { a: [1, null] }, output: "hi\n", success: true },
        },
        { call: execute({ file: added, context: { a: 1, b: 2 } }), result: { result: 3 } },
        { call: { method: "validate", params: { file: added } }, result: { valid: true, errors: [] } },
        { call: { method: "info", params: {} }, result: language.info },
      ],
      fails: [
        {
          call: execute({ code: raises.code }),
          code: "TASK_EXECUTION_FAILED",
          message: new RegExp(`^${raises.name}: no \\(<code>, line 1\\)$`),
        },
        {
          call: execute({ code: noNumber.code }),
          code: "TASK_RESULT_INVALID",
          message: new RegExp(`^result: ${noNumber.name}`),
        },
        { call: execute({ file: gone }), code: "TASK_PARAMETER_ERROR", message: /scripts\/gone/ },
      ],
      badParams: [
        { call: execute({}), path: "params: give exactly one of `file` and `code`" },
        { call: execute({ code: "1", context: 5 }), path: "params.context" },
        { call: { method: "validate", params: { code: 1 } }, path: "params.code" },
        { call: { method: "info", params: { x: 1 } }, path: "params.x" },
        ...language.badParams.map(({ params, path }) => ({ call: execute(params), path })),
      ],
      unknown: { call: { method: "excute", params: {} }, suggests: "did you mean `execute`?" },
      carries: {
        call: (text) => execute({ code: language.carries, context: { text } }),
        read: (result) => memberOf(result, "result"),
      },
      slow: (box) => ({ ...hanging(language.hangs)(box), ...language.seen }),
      huge: { call: execute({ code: language.huge }), bytes: 9_000_000 },
      files: { [added]: language.adds },
    },
  );
}
