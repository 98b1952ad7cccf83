// audit trail: who did what to what, one line each, as it is read from the log.
import { z } from "zod";
import type { TrailEntry } from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf, sinceOption } from "../options.ts";
import { printJsonLine } from "../output.ts";
import { plainJson } from "../plain-json.ts";
import { counted, lines } from "../view/text.ts";

const OUTCOMES = ["success", "failure", "denied"] as const;

const optionsAt = (now: number) =>
  z.object({
    actor: z.string().min(1, "must not be empty").optional(),
    on: z.string().min(1, "must not be empty").optional(),
    subject: z.string().min(1, "must not be empty").optional(),
    type: z.array(z.string().regex(/^[A-Za-z*]+$/, "must be a type of event, such as Run*")).default([]),
    outcome: z.enum(OUTCOMES, { error: `must be one of ${OUTCOMES.join(", ")}` }).optional(),
    since: sinceOption(now).optional(),
    all: z.boolean().default(false),
  });

export const trail: Command = async ({ options }, context) => {
  const { terminal, globals, parts } = context;
  const asked = optionsOf(optionsAt(parts.clock.now()), options);
  const { actor, on, subject: person, type, outcome, since, all } = asked;
  const found = await (await parts.auditing()).trail({
    ...(actor !== undefined && { actor }),
    ...(on !== undefined && { on }),
    ...(person !== undefined && { person }),
    types: type,
    ...(outcome !== undefined && { outcome }),
    ...(since !== undefined && { since }),
    everything: all,
  });
  let written = 0;
  for await (const entry of found) {
    if (terminal.gone.aborted || terminal.interrupted.aborted) break;
    if (globals.json) printJsonLine(terminal.out, plainJson(entry));
    else terminal.out.write(trailText(entry));
    written += 1;
    if (written % 100 === 0) await terminal.out.drained();
  }
  return terminal.interrupted.aborted ? EXIT.interrupted : EXIT.done;
};

function trailText(entry: TrailEntry): string {
  const { at, actor, what, on, task, outcome, why, leafIndex, eventId } = entry;
  const who = `${actor.type} ${actor.name ?? actor.id.slice(0, 8)}`;
  const behalf = actor.onBehalfOf === undefined ? "" : ` for ${actor.onBehalfOf}`;
  const target = `${on.kind} ${on.id}${task === undefined ? "" : ` task ${task}`}`.trimEnd();
  const result = outcome === "success" ? "" : ` (${outcome})`;
  const reason = why === undefined ? "" : `: ${why}`;
  const proof = leafIndex === undefined ? "not signed yet" : `leaf ${leafIndex}`;
  return `${at}  ${lines(`${who}${behalf}  ${what}  ${target}${aboutText(entry)}${result}${reason}`)}  [${proof}, ${eventId}]\n`;
}

function aboutText({ on, run, subject, format, count, setting }: TrailEntry): string {
  const isAll = format !== undefined && run === undefined && subject === undefined;
  return [
    ...(setting === undefined ? [] : [`: ${setting}`]),
    ...(run === undefined || run === on.id ? [] : [` of run ${run}`]),
    ...(subject === undefined || subject === on.id ? [] : [` of subject ${subject.slice(0, 16)}`]),
    ...(isAll ? [" of everything"] : []),
    ...(format === undefined ? [] : [` as ${format}`]),
    ...(count === undefined ? [] : [`, ${counted(count, "time")}`]),
  ].join("");
}
