// providers discover: servers of models on this machine, and what to write to use them. Nothing is written.
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import type { DiscoveredServer } from "../parts.ts";
import { table } from "../view/table.ts";

export const discover: Command = async (_, context) => {
  const found = await context.parts.discovered();
  const items = found.map(({ models, ...one }) => ({ ...one, models: [...models] }));
  answer(context, { items }, () => {
    if (found.length === 0) return "no server of models answers on this machine, on ports 11434 to 11439\n";
    const rows = table(
      found,
      [
        { head: "SERVER", cell: ({ url }) => url },
        { head: "PROVIDER", cell: ({ provider }) => provider ?? "-" },
        { head: "MODELS", cell: ({ models }) => models.join(", "), gives: true },
      ],
      context.terminal.out,
    );
    return `${rows}${proposal(found.filter(({ provider }) => provider === undefined))}`;
  });
  return EXIT.done;
};

/** To be read, and copied by whoever agrees. */
function proposal(fresh: readonly DiscoveredServer[]): string {
  if (fresh.length === 0) return "";
  const instances = fresh.map(({ url }) => `      - {url: "${url}"}\n`).join("");
  return `\nNothing was added. To use ${fresh.length === 1 ? "it" : "them"}, write into the configuration:\n\nproviders:\n  local:\n    type: ollama\n    instances:\n${instances}`;
}
