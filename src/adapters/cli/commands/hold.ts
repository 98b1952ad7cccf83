// hold add|release SUBJECT|RUN: forbids for a while that something is erased or removed.
import { z } from "zod";
import { type HoldTarget, RunId } from "../../../domain/index.ts";
import { checkReason, findRun, type Held, subjectPseudonym } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";

const Options = z.object({ reason: z.string().min(1, "must not be empty").optional() });

const held =
  (change: "place" | "release"): Command =>
  async ({ args: [text = ""], options: typed }, context) => {
    const { reason } = optionsOf(Options, typed);
    checkReason(reason, text);
    const driving = await context.parts.driving();
    const { tenant, actor, engine } = driving;
    const target = await targetOf(text, context);
    const done = await engine.hold({ change, target, tenant, actor, reason });
    answer(context, documentOf(done, target), () => textOf(done, change, text));
    return EXIT.done;
  };

export const holdAdd = held("place");
export const holdRelease = held("release");

/** What looks like the id of a run is one, and must exist; anything else is a subject. */
async function targetOf(text: string, { parts }: Context): Promise<HoldTarget> {
  const reading = await parts.driving();
  if (RunId.safeParse(text).success) return { run: await findRun(reading, text) };
  return { subject: subjectPseudonym(await reading.keys(), reading.tenant, text) };
}

function documentOf({ isChanged, erased }: Held, target: HoldTarget) {
  return { target, changed: isChanged, erased: erased.map(({ subject, request }) => ({ subject, request })) };
}

function textOf({ isChanged, erased }: Held, change: "place" | "release", text: string): string {
  const said = change === "place" ? "is held" : "is held no longer";
  const line = isChanged ? `${text} ${said}\n` : `${text} ${said}: that was so already\n`;
  return erased.length === 0 ? line : `${line}what waited for it was done: ${erased.length} erased\n`;
}
