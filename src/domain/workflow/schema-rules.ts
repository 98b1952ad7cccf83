// Which keys go together, as a schema can say it; `validate` says the same with reasons.
import { OF_CALLS, OF_METHODS } from "./check-kinds.ts";
import { ALIASES, KINDS } from "./keys.ts";
import type { JsonSchema } from "./leaves.ts";
import { ID_PATTERN } from "./slug.ts";
import { ISO } from "./written-instant.ts";

const having = (key: string): JsonSchema => ({ required: [key] });
const oneOf = (keys: readonly string[]): JsonSchema => ({ oneOf: keys.map(having) });
const without = (keys: readonly string[]): JsonSchema => ({
  properties: Object.fromEntries(keys.map((key) => [key, false])),
});
const notBoth = (a: string, b: string): JsonSchema => ({ not: { required: [a, b] } });

const implied = (condition: JsonSchema, consequence: JsonSchema): JsonSchema => ({
  anyOf: [{ not: condition }, consequence],
});

const asWritten = (keys: readonly string[]): readonly string[] =>
  keys.flatMap((key) => [
    key,
    ...Object.entries(ALIASES).flatMap(([name, alias]) => (name === key ? alias : [])),
  ]);

export const TASK: JsonSchema = {
  allOf: [
    oneOf(KINDS),
    ...Object.entries(ALIASES).map(([key, alias]) => notBoth(key, alias)),
    implied(having("workflow"), without(asWritten(OF_METHODS))),
    implied({ anyOf: [having("wait"), having("approval")] }, without(asWritten(OF_CALLS))),
  ],
  dependencies: { inputs: ["workflow"], max_parallel: ["for_each"], fail_fast: ["for_each"] },
};

/** Each item of a batch gets its own. */
export const NOT_IN_TEMPLATES = ["id", "name", ...asWritten(["dependencies"]), "wait", "approval"];

/** With params under their own key nothing else may stand beside the keys of a task. */
export const templateRules = (keys: ReadonlySet<string>): readonly JsonSchema[] => [
  without(NOT_IN_TEMPLATES),
  implied({ anyOf: asWritten(["params"]).map(having) }, { propertyNames: { enum: [...keys] } }),
];

const TYPES = ["string", "number", "integer", "boolean", "array", "object"] as const;

export const INPUT: JsonSchema = {
  anyOf: TYPES.map((type) => ({
    properties: { type: { const: type }, default: { type }, enum: { minItems: 1, items: { type } } },
  })),
};

export const WAIT: JsonSchema = {
  ...oneOf(["signal", "for", "until"]),
  dependencies: { timeout: ["signal"], timezone: ["until"] },
  allOf: [{ properties: { until: { anyOf: [{ pattern: ISO.source }, { pattern: "\\$\\{" }] } } }],
};

export const BATCH: JsonSchema = {
  anyOf: [having("directory"), having("files")],
  ...notBoth("files", "pattern"),
};

/** Of a document: a list of tasks, or a batch. */
export const DOCUMENT: JsonSchema = {
  anyOf: [
    { required: ["batch", "template"], ...without(["tasks"]) },
    { required: ["tasks"], ...without(["type", "batch", "template", "protocol"]) },
  ],
};

/** What the members of a document are held to besides their own schema. */
export const properties = ({
  inputs,
  tasks,
  deadline,
}: Readonly<Record<string, unknown>>): Readonly<Record<string, JsonSchema>> => ({
  inputs: merged(inputs, { propertyNames: { pattern: ID_PATTERN.source } }),
  tasks: merged(tasks, { minItems: 1 }),
  deadline: merged(deadline, { pattern: ISO.source }),
});

const merged = (schema: unknown, more: JsonSchema): JsonSchema => ({
  ...(typeof schema === "object" ? schema : {}),
  ...more,
});
