// worker: drives every run that nobody alive drives, and sends what webhooks are due, until it is interrupted.
import { z } from "zod";
import { GleitzeitError, type RunId, type RunStatus } from "../../../domain/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";

const Options = z.object({ protocols: z.array(z.string()).optional() });

export const worker: Command = async ({ options: typed }, { parts, terminal, globals }) => {
  const { protocols } = optionsOf(Options, typed);
  const known = (await parts.providers()).protocols;
  const unknown = protocols?.find((one) => !known.includes(one));
  if (unknown !== undefined) {
    const message = `--protocols: ${unknown} is not spoken here; there is ${known.join(", ")}`;
    throw new GleitzeitError("USAGE_ERROR", message);
  }
  const driving = await parts.driving();
  const { engine, actor, tenant, place } = driving;
  const { interrupted, out, err } = terminal;
  if (!globals.quiet) err.write(`worker ${engine.incarnation} drives what nobody else drives in ${place}\n`);
  const ended = (run: RunId, status: RunStatus): void =>
    out.write(globals.json ? `${JSON.stringify({ runId: run, status })}\n` : `run ${run} ${status}\n`);
  await Promise.all([
    engine.work(tenant, actor, { stop: interrupted, ended, ...(protocols && { protocols }) }),
    parts.deliverWebhooks(interrupted),
  ]);
  await engine.close();
  return EXIT.done;
};
