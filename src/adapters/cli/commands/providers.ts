// providers list|health: what there is to call, and whether it can be.
import type { Health, Provider } from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";

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
