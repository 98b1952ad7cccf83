// Python scripts as tasks: on Pyodide in the sandbox's children, and on CPython in containers and as processes where
// the configuration has them.
import { GleitzeitError, isObject, type JsonObject } from "../../../domain/index.ts";
import {
  type CommandSandbox,
  type Outcome,
  type Sandbox,
  type ScriptOptions,
  type ScriptProvider,
  scriptOperations,
} from "../../../engine/ports/index.ts";
import { command } from "./cpython.ts";
import { pythonMethods } from "./methods.ts";
import { MODES, type Mode, REMEDIES } from "./modes.ts";
import { program } from "./program.ts";

type Elsewhere = { readonly sandbox: CommandSandbox; readonly options: ScriptOptions };

export type PythonOptions = ScriptOptions & {
  readonly sandbox: Sandbox;
  /** Where a script runs whose task says nothing; `wasm` when left out. */
  readonly mode?: Mode;
  /** Other places that there are. */
  readonly elsewhere?: Partial<Readonly<Record<Exclude<Mode, "wasm">, Elsewhere>>>;
};

export function pythonProvider(given: PythonOptions): ScriptProvider {
  const { sandbox, mode: usual = "wasm", elsewhere = {}, ...options } = given;
  const available = MODES.filter((mode) => mode === "wasm" || elsewhere[mode] !== undefined);
  if (!available.includes(usual)) throw unavailable(usual);
  const methods = pythonMethods(available, usual);
  const spoken = (mode: Mode) => ({
    language: "Python",
    protocol: "python/v1",
    name: "python",
    methods,
    operations: scriptOperations({ execution_mode: mode }),
  });
  const place = (mode: Mode, { sandbox: there, options: wanted }: Elsewhere) =>
    there({ ...spoken(mode), command }, wanted);
  const wasm = sandbox({ ...spoken("wasm"), program }, options);
  const places: ReadonlyMap<Mode, ScriptProvider> = new Map([
    ["wasm", wasm],
    ...MODES.flatMap((mode): [Mode, ScriptProvider][] => {
      const one = mode === "wasm" ? undefined : elsewhere[mode];
      return one ? [[mode, place(mode, one)]] : [];
    }),
  ]);
  const all = [...places.values()];
  /** A mode that is not there is refused with the params, by whoever is asked. */
  const meant = ({ execution_mode: mode }: JsonObject): ScriptProvider =>
    places.get(MODES.find((one) => one === mode) ?? usual) ?? wasm;

  return {
    ...wasm,
    execute: async (call, context) => {
      if (call.method === "execute") return meant(call.params).execute(call, context);
      const outcome = await wasm.execute(call, context);
      return call.method === "info" ? withModes(outcome, available) : outcome;
    },
    warm: () => (places.get(usual) ?? wasm).warm(),
    release: (run) => {
      for (const one of all) one.release?.(run);
    },
    close: async () => {
      await Promise.all(all.map((one) => one.close()));
    },
  };
}

/** It would mean running scripts in another place than the one that was chosen. */
const unavailable = (mode: Mode): GleitzeitError =>
  new GleitzeitError(
    "CONFIGURATION_ERROR",
    `the configuration's \`execution.python.mode\`: \`${mode}\` is not available here: ${REMEDIES[mode]}`,
  );

const withModes = (outcome: Outcome, available: readonly Mode[]): Outcome =>
  outcome.ok && isObject(outcome.result)
    ? { ...outcome, result: { ...outcome.result, execution_modes: available } }
    : outcome;
