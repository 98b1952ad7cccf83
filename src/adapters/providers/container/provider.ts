// Programs in hardened containers, as tasks.
import { didYouMean, errorInfo, errorInfoOf, GleitzeitError } from "../../../domain/index.ts";
import {
  type Call,
  type CallContext,
  invalidParams,
  methodNamed,
  type Outcome,
  type Provider,
  paramProblems,
} from "../../../engine/ports/index.ts";
import { containerMethods } from "./methods.ts";
import { places } from "./places.ts";
import { type RunKit, runProgram } from "./run.ts";

export type ContainerOptions = RunKit & {
  readonly name: string;
  /** Of calls that name none. */
  readonly image: string;
  /** Those that calls may name beside it; any when left out. */
  readonly images?: readonly string[];
  readonly concurrent: number;
};

const PROTOCOL = "container/v1";
const MOST_WAITING = 10_000;

export function containerProvider({ name, image, images, concurrent, ...kit }: ContainerOptions): Provider {
  const { methods, params: schema } = containerMethods(image, images);
  const place = places(concurrent, MOST_WAITING);
  const closing = new AbortController();
  const running = new Set<Promise<Outcome>>();
  const sweeping = new Set<Promise<number>>();

  async function execute(call: Call, context: CallContext): Promise<Outcome> {
    const method = methodNamed(methods, call.method);
    if (!method) return unsupported(call.method, Object.keys(methods));
    const problems = paramProblems(method, call.params);
    if (problems.length > 0) return { ok: false, error: invalidParams(problems) };
    const signal = AbortSignal.any([context.signal, closing.signal]);
    try {
      const leave = await place(signal);
      return await runProgram(kit, schema.parse(call.params), { ...context, signal }).finally(leave);
    } catch (error) {
      return { ok: false, error: errorInfoOf(error, "TASK_CANCELLED") };
    }
  }

  return {
    protocol: PROTOCOL,
    name,
    methods,
    execute(call, context) {
      const outcome = execute(call, context);
      running.add(outcome);
      return outcome.finally(() => running.delete(outcome));
    },
    health: async () =>
      closing.signal.aborted ? { status: "unhealthy", detail: "closed" } : kit.containers.health(),
    async begin() {
      const swept = kit.containers.sweep();
      sweeping.add(swept);
      await swept.finally(() => sweeping.delete(swept));
    },
    async close() {
      closing.abort(new GleitzeitError("SYSTEM_SHUTDOWN", `the provider ${name} is closed`));
      await Promise.allSettled([...running, ...sweeping]);
    },
  };
}

const unsupported = (name: string, known: readonly string[]): Outcome => ({
  ok: false,
  error: errorInfo("METHOD_NOT_SUPPORTED", `${PROTOCOL} has no method \`${name}\`${didYouMean(name, known)}`),
});
