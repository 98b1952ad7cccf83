// providers health: whether each provider can work, and of one with several instances each of them.
import {
  byName,
  type Health,
  type InstanceHealth,
  type NamedHealth,
  namedHealth,
} from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";

export const health: Command = async (_, context) => {
  const { providers } = await context.parts.providers();
  const found = await Promise.all(byName(providers).map(namedHealth));
  const items = found.map(({ name, protocols, health: { status, detail, layers, instances } }) => ({
    provider: name,
    protocol: protocols[0],
    ...(protocols.length > 1 && { protocols: [...protocols] }),
    status,
    ...(detail !== undefined && { detail }),
    ...(layers && { layers: [...layers] }),
    ...(instances && { instances: [...instances] }),
  }));
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

function rowsOf({ name, health: { status, detail, layers, instances = [] } }: NamedHealth): readonly Row[] {
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
