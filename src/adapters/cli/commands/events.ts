// events RUN|--all: the log itself, one event a line.
import { z } from "zod";
import { GleitzeitError, type RecordedRunEvent } from "../../../domain/index.ts";
import { awake, decode, eventJson, findRun, followPages, runEvents } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { CursorOption, optionsOf } from "../options.ts";
import { printJsonLine } from "../output.ts";
import type { Reading } from "../parts.ts";
import { eventText } from "../view/event-text.ts";

const Options = z.object({
  all: z.boolean().default(false),
  after: z
    .union([z.enum(["start", "now"]), CursorOption], { error: "must be a cursor, `start` or `now`" })
    .optional(),
  follow: z.boolean().default(false),
  type: z.array(z.string()).default([]),
});

type Wanted = z.infer<typeof Options>;

export const events: Command = async ({ args: [text], options: typed }, context) => {
  const options = optionsOf(Options, typed);
  if ((text === undefined) !== options.all) {
    throw new GleitzeitError("USAGE_ERROR", "name a run, or say --all for the events of every run");
  }
  const reading = await context.parts.reading();
  const matches = matcher(options.type);
  const { interrupted, gone, out } = context.terminal;
  const stop = AbortSignal.any([interrupted, gone]);
  const source = text === undefined ? allEvents(reading, options, stop) : ofRun(reading, text, options, stop);
  let written = 0;
  for await (const recorded of awake(context.parts.clock, options.follow, source)) {
    if (gone.aborted) break;
    if (!matches(recorded.event.type)) continue;
    await print(recorded, context, reading, text === undefined);
    written += 1;
    if (written % 100 === 0) await out.drained();
  }
  return interrupted.aborted ? EXIT.interrupted : EXIT.done;
};

async function* ofRun(
  reading: Reading,
  text: string,
  { after, follow }: Wanted,
  stop: AbortSignal,
): AsyncGenerator<RecordedRunEvent> {
  const run = await findRun(reading, text);
  const from = after === "now" ? await reading.store.events.head() : (after ?? "start");
  for await (const recorded of runEvents(reading, run, 0, follow ? stop : undefined)) {
    if (from === "start" || recorded.position > from) yield recorded;
  }
}

async function* allEvents(
  { store: { events: log } }: Reading,
  { after, follow }: Wanted,
  stop: AbortSignal,
): AsyncGenerator<RecordedRunEvent> {
  const from = after === "now" ? await log.head() : (after ?? "start");
  for await (const { events: page, atHead } of followPages(log, from, { filter: "run-", signal: stop })) {
    yield* page.map(decode);
    if (atHead && !follow) return;
  }
}

/** `TaskFailed`, `Task*`: several mean any of them. */
function matcher(types: readonly string[]): (type: string) => boolean {
  if (types.length === 0) return () => true;
  const patterns = types.map((type) => new RegExp(`^${type.split("*").map(escaped).join(".*")}$`));
  return (type) => patterns.some((pattern) => pattern.test(type));
}

const escaped = (text: string): string => text.replace(/[^A-Za-z0-9]/g, "\\$&");

async function print(
  recorded: RecordedRunEvent,
  context: Context,
  reading: Reading,
  withRun: boolean,
): Promise<void> {
  const { out } = context.terminal;
  if (context.globals.json) printJsonLine(out, await eventJson(recorded, reading));
  else out.write(eventText(recorded, withRun, out));
}
