// The checks of an endpoint, one after the other, as they end. docs/providers/external.md is what they hold it to.
import { errorInfoOf, type Json } from "../../../domain/index.ts";
import { type CheckReport, checkReport, type Finding } from "../../../engine/ports/index.ts";
import type { Check, Known } from "./check.ts";
import { Described, descriptionIn, PROTOCOL_VERSION } from "./description.ts";
import { CANCEL_CHECK, END_CHECK, HEALTH_CHECK, STDOUT_CHECK } from "./life-checks.ts";
import { METHOD_CHECKS, UNKNOWN_CHECK } from "./method-checks.ts";
import { named, PROOF_OF_LIFE } from "./session.ts";
import { type Subject, type SubjectOptions, subject } from "./subject.ts";
import { ECHO_CHECKS, WIRE_CHECKS } from "./wire-checks.ts";

const START = {
  name: "start",
  promise: "it starts, or is reached, and answers",
  remedy: "put right what is said here: its settings and secrets, or the server at its `url`",
};
const START_PROGRAM = {
  ...START,
  remedy: "look at what it writes to stderr; a program reads stdin line by line and flushes every answer",
};
const DESCRIBE = {
  name: "describe",
  promise: "it describes its methods: each with a description and JSON schemas of its params and result",
  remedy: `answer \`describe\` with {"protocolVersion": ${PROTOCOL_VERSION}, "methods": {…}}; a server that knows nothing of that has its methods declared in the configuration, or is called by \`jsonrpc/call\``,
};

const OF_PROVIDERS = [
  HEALTH_CHECK,
  ...METHOD_CHECKS,
  UNKNOWN_CHECK,
  ...ECHO_CHECKS,
  ...WIRE_CHECKS,
  CANCEL_CHECK,
];

/** `stdout` behind all that could write there, `ends` behind everything. */
function checksOf(spoken: SubjectOptions["spoken"]): readonly Check[] {
  const last = [STDOUT_CHECK, END_CHECK];
  if (spoken.kind === "provider") return [...OF_PROVIDERS, ...last];
  const ofMethods = Object.keys(spoken.methods).length > 0 ? METHOD_CHECKS : [];
  return [...ofMethods, UNKNOWN_CHECK, ...WIRE_CHECKS, ...last];
}

export async function* conformance(options: SubjectOptions): AsyncGenerator<CheckReport> {
  const checked = subject(options);
  try {
    const reached = await started(checked, options);
    yield checkReport(checked.isProgram() ? START_PROGRAM : START, reached.finding);
    if (options.spoken.kind === "provider" && !reached.finding)
      yield checkReport(DESCRIBE, reached.described);
    const missing = reached.finding
      ? "it does not answer"
      : reached.described && "it does not describe itself";
    for (const check of checksOf(options.spoken)) {
      const finding = missing ? { skipped: missing } : await check.run(checked, reached.methods);
      yield checkReport(check, finding);
    }
  } finally {
    await checked.close();
  }
}

type Reached = { readonly finding: Finding; readonly described: Finding; readonly methods: Known };

async function started(
  checked: Subject,
  { name, version, spoken, schemas }: SubjectOptions,
): Promise<Reached> {
  const failed = (error: unknown): Finding => ({ failed: errorInfoOf(error).message });
  try {
    await checked.session();
  } catch (error) {
    return { finding: failed(error), described: undefined, methods: {} };
  }
  if (spoken.kind === "plain") {
    const reply = await checked.ask({ method: PROOF_OF_LIFE });
    const isThere = reply.ok || reply.error.details?.rpcCode !== undefined;
    const finding = isThere ? undefined : { failed: reply.error.message };
    return { finding, described: undefined, methods: spoken.methods };
  }
  const params = { protocolVersions: [PROTOCOL_VERSION], client: { name: "gleitzeit", version } };
  const reply = await checked.ask({ method: "describe", params });
  if (!reply.ok) {
    const isThere = reply.error.details?.rpcCode !== undefined;
    const finding = { failed: reply.error.message };
    return { finding: isThere ? undefined : finding, described: isThere ? finding : undefined, methods: {} };
  }
  try {
    return { finding: undefined, described: undefined, methods: methodsIn(reply.result, name, schemas) };
  } catch (error) {
    return { finding: undefined, described: failed(error), methods: {} };
  }
}

function methodsIn(said: Json, name: string, schemas: Subject["schemas"]): Known {
  const { methods } = descriptionIn(said, named(name), schemas);
  const written = Described.parse(said).methods;
  return Object.fromEntries(
    Object.entries(methods).map(([key, method]) => {
      const slow = written[key]?.slow;
      return [key, { ...method, ...(slow && { slow }) }];
    }),
  );
}
