// serve: answers over HTTP and drives what nobody else drives, until it is interrupted.
import { z } from "zod";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { CountOption, optionsOf } from "../options.ts";
import { answer } from "../output.ts";

const Options = z.object({
  host: z.string().min(1, "must not be empty").optional(),
  port: CountOption(0, 65_535).optional(),
});

export const serve: Command = async ({ options: typed }, context) => {
  const { parts, terminal, globals } = context;
  const { host, port } = optionsOf(Options, typed);
  const { engine, actor, tenant, place } = await parts.driving();
  const { url, asksForKeys, close } = await parts.serve({
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
  });
  answer(context, { url, store: place, keys: asksForKeys }, () => `${place} is served on ${url}\n`);
  if (!asksForKeys && !globals.quiet) {
    terminal.err.write(
      "there are no keys: everybody on this machine may do everything, and nobody else is answered; `gleitzeit keys create --role admin` changes that\n",
    );
  }
  await Promise.all([
    engine.work(tenant, actor, { stop: terminal.interrupted }),
    parts.deliverWebhooks(terminal.interrupted),
    parts.retainRegularly(terminal.interrupted),
  ]);
  await close();
  await engine.close();
  return EXIT.done;
};
