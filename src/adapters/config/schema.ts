// Every setting there is: validation, defaults, `config show`, the JSON Schema and the reference come from here.
import { z } from "zod";
import { FLAGS, RETRY_SCHEDULE } from "../../domain/index.ts";
import { Duration } from "./duration.ts";
import { Fallbacks } from "./fallbacks.ts";
import { Providers } from "./providers.ts";
import { Retention } from "./retention-settings.ts";
import { Host, Server } from "./serve-settings.ts";
import { Size } from "./size.ts";
import { storeProblem } from "./store-url.ts";

const Interpreters = {
  isolation: z
    .enum(["run", "task"])
    .default("run")
    .describe("Who shares an interpreter: tasks of one run, or nobody."),
  memory: Size.default("256MiB").describe("Memory of one interpreter."),
  instances: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe("Interpreters alive at once; as many as there are processors when left out."),
};

const Python = z.strictObject({
  mode: z
    .enum(["wasm", "docker", "process"])
    .default("wasm")
    .describe(
      "Where scripts run whose task says nothing: `wasm`, an interpreter in a locked-down child process; `docker`, a container; `process`, the host's own python3.",
    ),
  ...Interpreters,
  allow_process: z
    .boolean()
    .default(false)
    .describe("Whether scripts may run as ordinary processes of the host, with all that its user may do."),
});

const Execution = z.strictObject({
  max_parallel_tasks: z
    .int()
    .min(1)
    .max(10_000)
    .default(32)
    .describe("Tasks under way at once in one process."),
  default_timeout: Duration.default(300).describe("Of a task, where neither it nor its document says one."),
  python: Python.prefault({}).describe("Python scripts."),
  javascript: z.strictObject(Interpreters).prefault({}).describe("JavaScript scripts."),
});

const Limits = z.strictObject({
  document: Size.default("10MiB").describe("Largest workflow document."),
  files: Size.default("64MiB").describe("Files that one call may see, together."),
  result: Size.default("16MiB").describe("Largest result of a task, as JSON."),
  output: Size.default("1MiB").describe(
    "Kept of a script's stdout and stderr each; the rest is dropped and said so.",
  ),
});

const Range = z.union([z.cidrv4(), z.cidrv6()], {
  error: "expected a range of addresses such as `10.1.0.0/16`",
});

const Outbound = z.strictObject({
  allow: z
    .strictObject({
      hosts: z
        .array(Host)
        .default([])
        .describe("Hosts and addresses, exactly as they are; this machine is allowed only so."),
      cidrs: z
        .array(Range)
        .default([])
        .describe("Ranges of addresses; this machine and its link are never in them."),
    })
    .prefault({}),
});

/** Seconds, fractions too; short ones are for tests of one's own receiver. */
const Webhooks = z.strictObject({
  timeout: Duration.default(15).describe("For a receiver to answer in, connecting included."),
  retry_schedule: z
    .array(
      z
        .number()
        .nonnegative()
        .max(31 * 24 * 3600),
    )
    .max(50)
    .default([...RETRY_SCHEDULE])
    .describe("Seconds before each further attempt; after the last one a delivery is parked."),
  allow: Outbound.shape.allow.describe("Where deliveries may go beyond public addresses."),
});

const Witness = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .describe("What `/add-checkpoint` is added to, as C2SP tlog-witness has it."),
  vkey: z
    .string()
    .regex(/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/, { error: "expected a key `name+id+base64`" })
    .describe("Its key, of the kind for cosignatures."),
});

const SigningKey = z.string().regex(/^\$\{secret\.[A-Za-z_][A-Za-z0-9_-]*\}$/, {
  error: "expected `${secret.NAME}`, the name of a secret that holds the key",
});

const Audit = z.strictObject({
  keys: z
    .array(SigningKey)
    .max(8)
    .default([])
    .describe(
      "Secrets that hold the keys which sign, the newest first; files beside the store when left out. No document gets them.",
    ),
  witnesses: z.array(Witness).max(16).default([]).describe("Who is asked to cosign checkpoints."),
  every: Duration.default(60).describe("How often they are asked while the log grows."),
  allow: Outbound.shape.allow.describe("Where witnesses may be beyond public addresses."),
});

const Secrets = z.strictObject({
  source: z
    .string()
    .regex(/^(?:vault|env|files:.+)$/, { error: "expected `vault`, `env` or `files:FOLDER`" })
    .default("vault")
    .describe(
      "Where they are: `vault`, an encrypted file in GLEITZEIT_HOME; `env`; `files:FOLDER`, a file each.",
    ),
  key_file: z
    .string()
    .min(1)
    .exactOptional()
    .describe("The vault's key; `keys/vault.key` in GLEITZEIT_HOME when left out."),
});

const Variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: "expected the name of a variable" });

const Environment = z.strictObject({
  allow: z
    .array(Variable)
    .default([])
    .describe(
      "Variables that documents may read as `${env.NAME}`. Their values are recorded like any other.",
    ),
});

const flag = (name: keyof typeof FLAGS) => z.boolean().exactOptional().describe(FLAGS[name].description);

const Flags = z.strictObject({
  submissions: flag("submissions"),
  webhooks: flag("webhooks"),
  retention: flag("retention"),
} satisfies Record<keyof typeof FLAGS, z.ZodType>);

export const Config = z.strictObject({
  store: z
    .string()
    .superRefine((url, context) => {
      const problem = storeProblem(url);
      if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
    })
    .optional()
    .describe(
      "Where events are kept: `sqlite:PATH`, `esdb://HOST` or `memory:`; `gleitzeit.db` in GLEITZEIT_HOME when left out.",
    ),
  log_level: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .default("warn")
    .describe("Log lines on stderr from this level on."),
  execution: Execution.prefault({}).describe("How runs are executed."),
  providers: Providers.default({}).describe("Providers beside the built-in ones: name → one provider."),
  secrets: Secrets.prefault({}).describe("What `${secret.NAME}` stands for."),
  env: Environment.prefault({}).describe("What documents may read of the environment."),
  fallbacks: Fallbacks.default({}).describe(
    "Protocol → providers in the order in which they are asked, where a task names none: the next one where one cannot be reached or turns the call away.",
  ),
  encryption: z
    .enum(["off", "tenant"])
    .default("off")
    .describe("Whether runs without a subject are sealed too, with one key of the tenant: `tenant`."),
  key_encryption: z
    .string()
    .regex(/^(?:file:.+|env:[A-Za-z_][A-Za-z0-9_]*)$/, { error: "expected `file:PATH` or `env:NAME`" })
    .exactOptional()
    .describe(
      "What wraps the keys of subjects: `file:PATH`, or `env:NAME` with 32 bytes in base64; a file beside the store's own key when left out.",
    ),
  retention: Retention.prefault({}).describe("How long runs stay in the store."),
  outbound: Outbound.prefault({}).describe("What documents may call beyond public addresses."),
  webhooks: Webhooks.prefault({}).describe("How deliveries are sent, and where to."),
  audit: Audit.prefault({}).describe("Who watches over the audit log from outside."),
  limits: Limits.prefault({}).describe("What is refused for its size, with an error that says so."),
  server: Server.prefault({}).describe("How `serve` answers over HTTP."),
  flags: Flags.prefault({}).describe("What is on where nobody has set it for the tenant."),
});
export type Config = z.infer<typeof Config>;
