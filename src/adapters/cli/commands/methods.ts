// providers methods: what can be asked of providers, with the schemas of params and results.
import { z } from "zod";
import { didYouMean, GleitzeitError, type Json, type JsonObject } from "../../../domain/index.ts";
import { type ListedMethod, methodText, type ProviderRegistry } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import { paint } from "../view/paint.ts";
import { lines } from "../view/text.ts";

export const listMethods: Command = async ({ args: [protocol] }, context) => {
  const registry = await context.parts.providers();
  const found = await Promise.all(
    protocolsOf(registry, protocol).map((one) => methodsOf(registry, one, context)),
  );
  const listed = found.flat();
  answer(context, { items: listed.map(methodDocument) }, () =>
    listed.map((method) => methodLines(method, context)).join("\n"),
  );
  return EXIT.done;
};

/** Whoever has methods that only it can name is asked for them; what it does not say stands as it is published. */
async function methodsOf(
  registry: ProviderRegistry,
  protocol: string,
  { terminal: { err }, globals: { quiet } }: Context,
): Promise<readonly Listed[]> {
  const listed = registry.methodsOf(protocol);
  const own = await Promise.all(
    registry.providers
      .filter((provider) => provider.protocol === protocol && provider.described !== undefined)
      .map(async (provider): Promise<readonly ListedMethod[]> => {
        try {
          const methods = Object.entries((await provider.described?.()) ?? {});
          return methods.map(([name, method]) => ({ name, method, aliases: [] }));
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          if (!quiet) err.write(`${lines(`${provider.name} does not say what it has: ${why}`)}\n`);
          return [];
        }
      }),
  );
  const described = own.flat();
  const rest = described.length > 0 ? listed.filter(({ name }) => name !== "*") : listed;
  return [...described, ...rest].map((method) => ({ ...method, protocol }));
}

function protocolsOf(
  { protocols, remedies }: ProviderRegistry,
  wanted: string | undefined,
): readonly string[] {
  if (wanted === undefined) return protocols;
  const found = protocols.filter(
    (protocol) => protocol === wanted || protocol.replace(/\/v\d+$/, "") === wanted,
  );
  if (found.length > 0) return found;
  const remedy = remedies.get(wanted) ?? remedies.get(`${wanted}/v1`);
  const hint =
    remedy === undefined
      ? didYouMean(wanted, protocols) || `; there are ${protocols.join(", ")}`
      : `: ${remedy}`;
  throw new GleitzeitError("PROTOCOL_NOT_FOUND", `no provider speaks ${wanted} here${hint}`);
}

type Listed = ListedMethod & { readonly protocol: string };

function methodDocument({ protocol, name, aliases, method }: Listed): JsonObject {
  return {
    protocol,
    method: name,
    aliases: [...aliases],
    version: method.version,
    description: method.description,
    idempotent: method.idempotent ?? false,
    streams: method.streams ?? false,
    params: schemaOf(method.params),
    result: schemaOf(method.result),
    examples: [...method.examples],
  };
}

/** Through JSON, which is what a schema is. */
const schemaOf = (schema: z.ZodType): Json => {
  const text = JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  return z.json().parse(JSON.parse(text));
};

function methodLines({ protocol, name, aliases, method }: Listed, { terminal: { out } }: Context): string {
  const { bold, dim } = paint(out.color);
  const also = aliases.length === 0 ? "" : dim(` (also ${aliases.join(", ")})`);
  const [example] = method.examples;
  const params = example === undefined ? "" : `\n    ${dim(`params: ${JSON.stringify(example)}`)}`;
  return `${bold(methodText({ protocol, method: name }))}${also}\n    ${lines(method.description)}${params}\n`;
}
