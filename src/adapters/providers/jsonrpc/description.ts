// What an endpoint that speaks the provider protocol says of itself: its methods, as types that are checked and listed.
import { z } from "zod";
import { GleitzeitError, type Json } from "../../../domain/index.ts";
import type { JsonSchemas, Method } from "../../../engine/ports/index.ts";

/** Of the protocol of docs/providers/external.md. */
export const PROTOCOL_VERSION = 1;

const Schema = z.record(z.string(), z.json());

const DescribedMethod = z.looseObject({
  description: z.string().min(1),
  params: Schema,
  result: Schema.default({}),
  version: z.int().min(1).default(1),
  idempotent: z.boolean().default(false),
  streams: z.boolean().default(false),
  examples: z.array(Schema).default([]),
  /** Params of a call that takes long, for checks that cancel one. */
  slow: Schema.optional(),
});

export const Described = z.looseObject({
  protocolVersion: z.int(),
  name: z.string().default(""),
  version: z.string().default(""),
  methods: z.record(z.string().min(1).max(200), DescribedMethod),
});

export type Description = {
  readonly name: string;
  readonly version: string;
  readonly methods: Readonly<Record<string, Method>>;
};

/** PROTOCOL_VERSION_MISMATCH, or PROVIDER_ERROR with the first thing that is not as the protocol says. */
export function descriptionIn(said: Json, who: string, { schemaType }: JsonSchemas): Description {
  const parsed = Described.safeParse(said);
  if (!parsed.success)
    throw new GleitzeitError("PROVIDER_ERROR", `${who} describes itself wrongly: ${first(parsed.error)}`);
  const { protocolVersion, name, version, methods } = parsed.data;
  if (protocolVersion !== PROTOCOL_VERSION)
    throw new GleitzeitError(
      "PROTOCOL_VERSION_MISMATCH",
      `${who} speaks version ${protocolVersion} of the provider protocol, and version ${PROTOCOL_VERSION} is spoken here`,
    );
  const listed = Object.entries(methods).map(([key, method]): readonly [string, Method] => {
    const typed = (part: "params" | "result") => {
      try {
        return schemaType(method[part]);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new GleitzeitError("PROVIDER_ERROR", `${who}: ${part} of \`${key}\`: ${why}`, { cause: error });
      }
    };
    const { description, version: since, idempotent, streams, examples } = method;
    return [
      key,
      {
        version: since,
        description,
        params: typed("params"),
        result: typed("result"),
        examples,
        idempotent,
        streams,
      },
    ];
  });
  return { name, version, methods: Object.fromEntries(listed) };
}

function first({ issues }: z.ZodError): string {
  const [issue] = issues;
  return `${issue?.path.map(String).join(".") || "it"}: ${issue?.message ?? "not as the protocol says"}`;
}
