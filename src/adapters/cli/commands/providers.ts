// providers list: what there is to call.
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
