// providers health: whether each provider can work, and of one with several instances each of them.
import type { Health, InstanceHealth, Provider } from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";

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
  const items = found.map(
    ({ provider: { name, protocol }, health: { status, detail, layers, instances } }) => ({
      provider: name,
      protocol,
      status,
      ...(detail !== undefined && { detail }),
      ...(layers && { layers: [...layers] }),
      ...(instances && { instances: [...instances] }),
    }),
  );
  const rows = found.flatMap(rowsOf);
  answer(context, { items }, () =>
    table(
      rows,
      [
        { head: "PROVIDER", cell: ({ name }) => name },
        { head: "HEALTH", cell: ({ status }) => status },
        { head: "", cell: ({ detail }) => detail ?? "", gives: true },
        { head: "LAYERS", cell: ({ layers }) => layers?.join(", ") ?? "", gives: true },
      ],
      context.terminal.out,
    ),
  );
  return items.some(({ status }) => status === "unhealthy") ? EXIT.unreachable : EXIT.done;
};

type Row = Pick<Health, "status" | "layers"> & { readonly name: string; readonly detail?: string };

function rowsOf({
  provider: { name },
  health: { status, detail, layers, instances = [] },
}: Found): readonly Row[] {
  const whole = { name, status, ...(detail !== undefined && { detail }), ...(layers && { layers }) };
  return [
    whole,
    ...instances.map((one) => ({ name: `  ${one.instance}`, status: one.status, detail: standing(one) })),
  ];
}

/** What keeps calls away from it first. */
function standing({ breaker, until, draining, detail }: InstanceHealth): string {
  const said = [
    ...(draining ? ["draining"] : []),
    ...(breaker === "closed" ? [] : [`breaker ${breaker}${until === undefined ? "" : ` until ${until}`}`]),
    ...(detail === undefined ? [] : [detail]),
  ];
  return said.join("; ");
}
