// audit: what is signed of the log, and whether the log is still what was signed.
import { z } from "zod";
import { GleitzeitError } from "../../../domain/index.ts";
import type { LogFindingShown, TimesBackShown } from "../audit-parts.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { progressBar } from "../progress-bar.ts";
import { counted, lines } from "../view/text.ts";

export const vkey: Command = async (_, context) => {
  const found = await (await context.parts.auditing()).vkeys();
  if (!found) throw new GleitzeitError("USAGE_ERROR", "nothing was signed yet: the first run makes the key");
  const { origin, current, old } = found;
  answer(context, { origin, vkey: current, oldVkeys: [...old] }, () => {
    return `${[current, ...old].join("\n")}\n`;
  });
  return EXIT.done;
};

export const checkpoint: Command = async (_, context) => {
  const { origin, size, root, note, witnesses } = await (await context.parts.auditing()).checkpoint();
  const asked = witnesses && { witnesses: witnesses.map((one) => ({ ...one })) };
  answer(context, { origin, size, root, note, ...asked }, () => note);
  for (const { name, problem } of witnesses ?? []) {
    if (problem === undefined) continue;
    context.terminal.err.write(`the witness ${lines(name)} has not cosigned: ${lines(problem)}\n`);
  }
  return EXIT.done;
};

const VerifyOptions = z.object({ vkey: z.array(z.string()).default([]) });

export const verifyLog: Command = async ({ options }, context) => {
  const { vkey: vkeys } = optionsOf(VerifyOptions, options);
  const bar = progressBar(context, "leaves");
  const auditing = await context.parts.auditing();
  const { place, leaves, checkpoints, problems, found, witnessed, timesBack, archivesGone, unsigned } =
    await auditing.verify(vkeys, bar.show).finally(bar.end);
  const list = problems.map((one) => ({ ...one }));
  const document = {
    store: place,
    ok: found === 0,
    leaves,
    checkpoints,
    problems: list,
    found,
    witnessed: [...witnessed],
    ...(archivesGone.length > 0 && { archivesGone: [...archivesGone] }),
    ...(unsigned && { unsigned: { ...unsigned } }),
    ...(timesBack && { timesBack: { count: timesBack.count, farthest: { ...timesBack.farthest } } }),
  };
  answer(context, document, () => {
    const signed = `${counted(leaves, "event")} signed, ${counted(checkpoints, "checkpoint")}`;
    const whole = `${lines(place)}: ${signed}`;
    const seen = witnessed.map(
      ({ name, size, cosignedAt }) => `${lines(name)} cosigned size ${size} at ${cosignedAt}\n`,
    );
    const note = `${unsignedText(unsigned)}${goneText(archivesGone)}${timesBack ? backText(timesBack) : ""}`;
    if (found === 0) return `${whole}: as they were signed\n${seen.join("")}${note}`;
    const more = found > problems.length ? `… and ${found - problems.length} more\n` : "";
    return `${whole}: ${counted(found, "problem")}\n${problems.map(findingText).join("")}${more}${note}`;
  });
  return found === 0 ? EXIT.done : EXIT.invalid;
};

const unsignedText = (unsigned: { readonly count: number; readonly first: string } | undefined): string =>
  unsigned === undefined
    ? ""
    : `${counted(unsigned.count, "event")} from position ${unsigned.first} on ${unsigned.count === 1 ? "is" : "are"} not signed yet, and nothing is said of ${unsigned.count === 1 ? "it" : "them"}: \`gleitzeit audit checkpoint\` signs what there is\n`;

const goneText = (files: readonly string[]): string =>
  files.length === 0
    ? ""
    : `${counted(files.length, "archive")} of what has left the store ${files.length === 1 ? "is" : "are"} not where archives are (verify them where they lie now): ${files.slice(0, 3).map(lines).join(", ")}${files.length > 3 ? ", …" : ""}\n`;

const backText = ({ count, farthest: { position, recordedAt, after } }: TimesBackShown): string =>
  `times go back ${counted(count, "time")}, the farthest at position ${position}, from ${lines(after)} to ${lines(recordedAt)}: a clock was set back, or those of several machines differ\n`;

function findingText({ kind, message, position, stream, revision }: LogFindingShown): string {
  const at = position === undefined ? "" : ` at position ${position}`;
  const which = stream === undefined ? "" : ` (${stream}@${revision ?? "?"})`;
  return `${kind}${at}${which}: ${lines(message)}\n`;
}

export const prove: Command = async ({ args: [text = ""] }, context) => {
  const eventId = idIn(text);
  const { index, size, text: proof } = await (await context.parts.auditing()).prove(eventId);
  answer(context, { eventId, leafIndex: index, size, proof }, () => proof);
  return EXIT.done;
};

function idIn(text: string): string {
  const id = z.uuid().safeParse(text.toLowerCase());
  if (id.success) return id.data;
  const message = `${JSON.stringify(text)} is no event's id; \`gleitzeit events RUN\` shows them`;
  throw new GleitzeitError("USAGE_ERROR", message);
}

const ReasonOptions = z.object({ reason: z.string().min(1, "must not be empty") });

export const acceptRollback: Command = async ({ options }, context) => {
  const { reason } = optionsOf(ReasonOptions, options);
  const { origin, size, kept, vkey: key } = await (await context.parts.auditing()).acceptRollback(reason);
  answer(context, { origin, size, kept, vkey: key }, () => {
    const gave = `${origin} goes on from size ${size}; the checkpoint of size ${kept.size} is given up\n`;
    return `${gave}a new key signs from here on; tell it to whoever verifies:\n${key}\n`;
  });
  return EXIT.done;
};

const RotateOptions = z.object({
  reason: z.string().min(1, "must not be empty").exactOptional(),
  lost: z.boolean().default(false),
});

export const rotate: Command = async ({ options }, context) => {
  const { lost: isLost, ...asked } = optionsOf(RotateOptions, options);
  if (isLost && asked.reason === undefined)
    throw new GleitzeitError(
      "USAGE_ERROR",
      "somebody answers for a key that is lost: say why with `--reason`",
    );
  const { added, retired } = await (await context.parts.auditing()).rotate({ ...asked, isLost });
  answer(context, { added: [...added], retired: [...retired] }, () => {
    const begun = isLost
      ? "signs alone from here on; tell it to whoever verifies"
      : "a second key signs beside the first; tell it to whoever verifies, then rotate again to end the first";
    const ended = "signs no more, and stays good for what it signed";
    return [toldOf(begun, added), toldOf(ended, retired)].join("");
  });
  return EXIT.done;
};

const toldOf = (what: string, vkeys: readonly string[]): string =>
  vkeys.length === 0 ? "" : `${what}:\n${vkeys.join("\n")}\n`;
