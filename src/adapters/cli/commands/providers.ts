// providers list|methods|health: what there is to call.
import { z } from "zod";
import { didYouMean, GleitzeitError, type Json, type JsonObject } from "../../../domain/index.ts";
import type { Health, ListedMethod, Provider, ProviderRegistry } from "../../../engine/index.ts";
import { methodText } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import { paint } from "../view/paint.ts";
import { table } from "../view/table.ts";
import { lines } from "../view/text.ts";

export const listProviders: Command = async (_, context) => {
  const { providers } = await context.parts.providers();
  const rows = providers.map(({ name, protocol, methods }) => ({
    name,
    protocol,
    methods: Object.keys(methods),
  }));
  answer(context, { items: rows }, () =>
    table(
      rows,
      [
        { head: "PROVIDER", cell: ({ name }) => name },
        { head: "PROTOCOL", cell: ({ protocol }) => protocol },
        { head: "METHODS", cell: ({ methods }) => methods.join(", "), gives: true },
      ],
      context.terminal.out,
    ),
  );
  return EXIT.done;
};

export const listMethods: Command = async ({ args: [protocol] }, context) => {
  const registry = await context.parts.providers();
  const listed = protocolsOf(registry, protocol).flatMap((one) =>
    registry.methodsOf(one).map((method) => ({ ...method, protocol: one })),
  );
  answer(context, { items: listed.map(methodDocument) }, () =>
    listed.map((method) => methodLines(method, context)).join("\n"),
  );
  return EXIT.done;
};

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

type Found = { readonly provider: Provider; readonly health: Health };

export const health: Command = async (_, context) => {
  const { providers } = await context.parts.providers();
  const found = await Promise.all(
    providers.map(
      async (provider): Promise<Found> => ({
        provider,
        health: (await provider.health?.()) ?? { status: "healthy" },
      }),
    ),
  );
  const items = found.map(({ provider: { name, protocol }, health: { status, detail, layers } }) => ({
    provider: name,
    protocol,
    status,
    ...(detail !== undefined && { detail }),
    ...(layers && { layers: [...layers] }),
  }));
  answer(context, { items }, () =>
    table(
      items,
      [
        { head: "PROVIDER", cell: ({ provider }) => provider },
        { head: "HEALTH", cell: ({ status }) => status },
        { head: "", cell: ({ detail }) => detail ?? "", gives: true },
        { head: "LAYERS", cell: ({ layers }) => layers?.join(", ") ?? "", gives: true },
      ],
      context.terminal.out,
    ),
  );
  return items.some(({ status }) => status === "unhealthy") ? EXIT.unreachable : EXIT.done;
};
