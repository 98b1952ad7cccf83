// erase SUBJECT: destroys what is held on a person, or says why it is put off.
import { z } from "zod";
import type { ErasedDocument } from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";

const Options = z.object({ reason: z.string().min(1, "must not be empty") });

export const erase: Command = async ({ args: [subject = ""], options: typed }, context) => {
  const { reason } = optionsOf(Options, typed);
  const erased = await (await context.parts.persons()).erase(subject, reason);
  answer(context, documentOf(erased), () => textOf(erased));
  return erased.status === "deferred" ? EXIT.failed : EXIT.done;
};

function documentOf(erased: ErasedDocument) {
  return erased.status === "deferred"
    ? { ...erased, held: [...erased.held] }
    : { ...erased, endpoints: [...erased.endpoints] };
}

function textOf(erased: ErasedDocument): string {
  if (erased.status === "deferred") {
    const { held, request } = erased;
    const who = held.includes("subject") ? "the subject is" : `${held.length} runs of it are`;
    return `put off: ${who} held; it is done when the hold is released (request ${request})\n`;
  }
  const name = erased.name ? "the name is taken out of the directory of actors\n" : "";
  const { request, runs, events, failed, endpoints, repeated } = erased;
  if (request === undefined) return name;
  const ended = failed === 0 ? "" : `; ${failed} of them were under way and have failed`;
  const before = repeated ? ", which was done before" : "";
  return `erased: ${runs} runs with ${events} events can be read by nobody any more${ended} (request ${request}${before})\n${toldText(endpoints)}${name}`;
}

const toldText = (endpoints: readonly string[]): string =>
  endpoints.length === 0
    ? ""
    : `endpoints that were sent some of it, and are told that it is erased: ${endpoints.join(", ")}\n`;
