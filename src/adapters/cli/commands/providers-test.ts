// providers test: whether a provider does what it must, check by check, and what to do where it does not.
import { z } from "zod";
import { GleitzeitError } from "../../../domain/index.ts";
import type { CheckReport } from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT, type Exit } from "../exit-codes.ts";
import { DurationOption, optionsOf } from "../options.ts";
import { printJson } from "../output.ts";
import type { CheckTarget } from "../parts.ts";
import { paint } from "../view/paint.ts";
import { lines, padded } from "../view/text.ts";

const Options = z.looseObject({
  command: z.array(z.string()).optional(),
  url: z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
      error: "must be an address such as http://127.0.0.1:8090/",
    })
    .optional(),
  plain: z.boolean().default(false),
  timeout: DurationOption.default(10_000),
});

export const testProvider: Command = async ({ args: [name], options }, context) => {
  const { parts, terminal, globals } = context;
  const { out } = terminal;
  const { command, url, plain, timeout } = optionsOf(Options, options);
  const what = targetOf(name, command, url);
  const found: CheckReport[] = [];
  for await (const check of await parts.conformance({ what, isPlain: plain, patienceMs: timeout })) {
    found.push(check);
    if (!globals.json) out.write(textOf(check, out.color));
  }
  const count = (status: CheckReport["status"]): number =>
    found.filter((one) => one.status === status).length;
  const counts = { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
  const target = name ?? command?.join(" ") ?? url ?? "";
  if (globals.json)
    printJson(out, {
      target,
      ok: counts.failed === 0,
      ...counts,
      checks: found.map((check) => ({ ...check })),
    });
  else out.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  return exitOf(found);
};

function targetOf(
  name: string | undefined,
  words: readonly string[] | undefined,
  url: string | undefined,
): CheckTarget["what"] {
  const given = [name, words, url].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new GleitzeitError(
      "USAGE_ERROR",
      "give one of them: the NAME of a provider in the configuration, --command or --url",
    );
  if (words) return { kind: "command", words };
  return url === undefined ? { kind: "name", name: name ?? "" } : { kind: "url", url };
}

/** Whoever cannot be reached has not failed a check: there is nobody. */
function exitOf(found: readonly CheckReport[]): Exit {
  const failed = found.filter(({ status }) => status === "failed");
  if (failed.some(({ name }) => name === "start")) return EXIT.unreachable;
  return failed.length === 0 ? EXIT.done : EXIT.failed;
}

const NAME = 15;
const SIGNS = { passed: "✓", skipped: "-", failed: "✗" } as const;

function textOf({ name, promise, status, detail = "", remedy = "" }: CheckReport, color: boolean): string {
  const { green, dim, red } = paint(color);
  const tint = { passed: green, skipped: dim, failed: red }[status];
  const indent = `\n${" ".repeat(NAME + 3)}`;
  const said = {
    passed: [promise],
    skipped: [dim(`not looked for: ${detail}`)],
    failed: [`not so: ${promise}`, red(detail), `→ ${remedy}`],
  }[status];
  const text = said.map((part) => lines(part).replaceAll("\n", indent)).join(indent);
  return `${tint(SIGNS[status])} ${padded(name, NAME)} ${text}\n`;
}
