// Documents as JSON Schema, for editors: the same zod shapes, a sentence for each key, and those rules about keys that
// a schema can say. It never refuses what `validate` accepts; references, methods and circles are for `validate` alone.
import { z } from "zod";
import {
  Batch,
  Cache,
  Compensation,
  Defaults,
  Definition,
  Fallback,
  InputDeclaration,
  Retry,
  TaskDefinition,
} from "./document.ts";
import * as texts from "./key-texts.ts";
import { ALIASES, TASK_KEYS } from "./keys.ts";
import { editorSchemas, type JsonSchema } from "./leaves.ts";
import * as rules from "./schema-rules.ts";
import { Approval, Wait } from "./wait-document.ts";

type Part = {
  readonly shape: z.ZodObject;
  readonly texts: Readonly<Record<string, string>>;
  readonly rules?: JsonSchema;
};

/** By the name under which other parts refer to it. */
const PARTS: Readonly<Record<string, Part>> = {
  task: { shape: TaskDefinition, texts: texts.TASK_TEXTS, rules: rules.TASK },
  input: { shape: InputDeclaration, texts: texts.INPUT_TEXTS, rules: rules.INPUT },
  retry: { shape: Retry, texts: texts.RETRY_TEXTS },
  fallback: { shape: Fallback, texts: texts.FALLBACK_TEXTS },
  cache: { shape: Cache, texts: texts.CACHE_TEXTS },
  compensate: { shape: Compensation, texts: texts.COMPENSATION_TEXTS },
  defaults: { shape: Defaults, texts: texts.DEFAULTS_TEXTS },
  wait: { shape: Wait, texts: texts.WAIT_TEXTS, rules: rules.WAIT },
  approval: { shape: Approval, texts: texts.APPROVAL_TEXTS },
  batch: { shape: Batch, texts: texts.BATCH_TEXTS, rules: rules.BATCH },
};
for (const [id, { shape }] of Object.entries(PARTS)) editorSchemas.add(shape, { id });

/** Of every document; and of batches alone, for editors that should offer nothing else. */
export function documentSchemas(): { readonly workflow: JsonSchema; readonly batch: JsonSchema } {
  const { definitions: found, ...root } = z.toJSONSchema(Definition, {
    target: "draft-7",
    unrepresentable: "any",
    metadata: editorSchemas,
  });
  const made: Readonly<Record<string, unknown>> = objectIn(found);
  const definitions = Object.fromEntries(
    Object.entries(PARTS).map(([name, part]) => [name, told(objectIn(made[name]), part)]),
  );
  const task = withAliases(objectIn(definitions.task));
  const { properties = {}, ...document } = told(root, { shape: Definition, texts: texts.DOCUMENT_TEXTS });
  const whole: Readonly<Record<string, JsonSchema | boolean>> = {
    ...properties,
    ...rules.properties(properties),
    template: { description: texts.DOCUMENT_TEXTS.template, ...reference("template") },
  };
  const { tasks: _, ...ofBatches } = whole;
  const named = { ...definitions, task, template: templateOf(task) };
  const { task: __, ...ofTemplates } = named;
  return {
    workflow: {
      title: "A workflow document of Gleitzeit",
      ...document,
      properties: whole,
      ...rules.DOCUMENT,
      definitions: named,
    },
    batch: {
      title: "A batch document of Gleitzeit",
      ...document,
      required: ["name", "batch", "template"],
      properties: ofBatches,
      definitions: ofTemplates,
    },
  };
}

const reference = (name: string): JsonSchema => ({ allOf: [{ $ref: `#/definitions/${name}` }] });

const objectIn = (schema: unknown): JsonSchema =>
  typeof schema === "object" && schema !== null ? { ...schema } : {};

/** With a sentence for each key, and without any other key. */
function told(schema: JsonSchema, { texts: sentences, rules: own }: Part): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([key, member]) => {
    const { readOnly: _, ...plain } = objectIn(member);
    return [key, { description: sentences[key] ?? "", ...plain }] as const;
  });
  return { ...schema, properties: Object.fromEntries(properties), additionalProperties: false, ...own };
}

/** A task as it may be written: aliases beside the names they stand for. */
function withAliases(task: JsonSchema): JsonSchema {
  const { properties = {} } = task;
  const aliases = Object.entries(ALIASES).map(([key, alias]): readonly [string, JsonSchema] => [
    alias,
    { ...objectIn(properties[key]), description: texts.ALIAS_TEXTS[alias] },
  ]);
  return { ...task, properties: { ...properties, ...Object.fromEntries(aliases) } };
}

/** What a batch does for each file; params may stand beside its own keys, so that any key may be one. */
function templateOf({ additionalProperties: _, allOf = [], properties, ...task }: JsonSchema): JsonSchema {
  const own = Object.entries(properties ?? {}).filter(([key]) => !rules.NOT_IN_TEMPLATES.includes(key));
  const conditions = [...allOf, ...rules.templateRules(TASK_KEYS)];
  return { ...task, properties: Object.fromEntries(own), allOf: conditions };
}
