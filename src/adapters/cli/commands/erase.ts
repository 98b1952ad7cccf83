// erase SUBJECT: destroys what is held on a person, or says why it is put off.
import { z } from "zod";
import {
  actorId,
  checkReason,
  type Erasure,
  erasureDocument,
  nothingHeld,
  subjectPseudonym,
} from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";

const Options = z.object({ reason: z.string().min(1, "must not be empty") });

export const erase: Command = async ({ args: [subject = ""], options: typed }, context) => {
  const { reason } = optionsOf(Options, typed);
  checkReason(reason, subject);
  const driving = await context.parts.driving();
  const { tenant } = driving;
  const keys = await driving.keys();
  const pseudonym = subjectPseudonym(keys, tenant, subject);
  const erasure = await driving.engine.erase({ tenant, subject: pseudonym, actor: driving.actor, reason });
  const isKnown = erasure.kind !== "deferred" && (await driving.forget(actorId(keys, tenant, subject)));
  if (erasure.kind === "unknown" && !isKnown) throw nothingHeld();
  answer(context, { ...erasureDocument(erasure), subject: pseudonym, name: isKnown }, () =>
    textOf(erasure, isKnown),
  );
  return erasure.kind === "deferred" ? EXIT.failed : EXIT.done;
};

function textOf(erasure: Erasure, isKnown: boolean): string {
  const name = isKnown ? "the name is taken out of the directory of actors\n" : "";
  switch (erasure.kind) {
    case "erased": {
      const { counts, endpoints, isNew, request } = erasure;
      const { runs, events, failed } = counts;
      const ended = failed === 0 ? "" : `; ${failed} of them were under way and have failed`;
      const before = isNew ? "" : ", which was done before";
      return `erased: ${runs} runs with ${events} events can be read by nobody any more${ended} (request ${request}${before})\n${toldText(endpoints)}${name}`;
    }
    case "deferred":
      return `put off: ${erasure.held === "subject" ? "the subject is" : `${erasure.held.length} runs of it are`} held; it is done when the hold is released (request ${erasure.request})\n`;
    case "unknown":
      return name;
  }
}

const toldText = (endpoints: readonly string[]): string =>
  endpoints.length === 0
    ? ""
    : `endpoints that were sent some of it, and are told that it is erased: ${endpoints.join(", ")}\n`;
