// doctor: is everything here that is needed, and what protects this machine from scripts?
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { printJson } from "../output.ts";
import type { Checkup } from "../parts.ts";
import { paint } from "../view/paint.ts";
import { lines, padded } from "../view/text.ts";

export const doctor: Command = async (_, { parts, terminal: { out }, globals }) => {
  const found: Checkup[] = [];
  for await (const checkup of parts.checkups()) {
    found.push(checkup);
    if (!globals.json) out.write(textOf(checkup, out.color));
  }
  const failed = found.filter(({ status }) => status === "failed");
  if (globals.json) {
    const checks = found.map(({ name, status, detail, layers, missing }) => ({
      name,
      status,
      detail,
      ...(layers && { layers }),
      ...(missing && { missing }),
    }));
    printJson(out, { ok: failed.length === 0, checks });
  }
  return failed.length === 0 ? EXIT.done : EXIT.unreachable;
};

const NAME = 14;
const SIGNS = { ok: "✓", warning: "!", failed: "✗" } as const;

function textOf({ name, status, detail }: Checkup, color: boolean): string {
  const { green, yellow, red } = paint(color);
  const tint = { ok: green, warning: yellow, failed: red }[status];
  const text = lines(detail).replaceAll("\n", `\n${" ".repeat(NAME + 3)}`);
  return `${tint(SIGNS[status])} ${padded(name, NAME)} ${text}\n`;
}
