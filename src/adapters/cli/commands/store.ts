// store check|migrate|backup|restore: a store as a whole.
import { z } from "zod";
import { GleitzeitError } from "../../../domain/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import type { CopiedStore } from "../parts.ts";
import { lines } from "../view/text.ts";

export const checkStore: Command = async (_, context) => {
  const { place, problems, found, ...counts } = await context.parts.keeping().then((kept) => kept.check());
  const list = problems.map((problem) => ({ ...problem }));
  answer(context, { store: place, ok: found === 0, ...counts, problems: list, found }, () => {
    const { events, streams, blobs } = counts;
    const whole = `${lines(place)}: ${events} events in ${streams} streams, ${blobs} blobs`;
    if (found === 0) return `${whole}: whole\n`;
    const told = problems.map(
      ({ stream, revision, position, message }) =>
        `${stream}@${revision} (position ${position}): ${lines(message)}\n`,
    );
    const more = found > problems.length ? `… and ${found - problems.length} more\n` : "";
    return `${whole}: ${found} problems; nothing was changed\n${told.join("")}${more}`;
  });
  return found === 0 ? EXIT.done : EXIT.unreachable;
};

const MigrateOptions = z.object({
  dryRun: z.boolean().default(false),
  /** `--no-backup` is false. */
  backup: z.union([z.boolean(), z.string().min(1, "a file is missing")]).default(true),
});

export const migrateStore: Command = async ({ options }, context) => {
  const { dryRun: isDry, backup } = optionsOf(MigrateOptions, options);
  const keeping = await context.parts.keeping();
  const how = backup === false ? { backup } : backup === true ? {} : { backup };
  const { path, from, to, backup: copied } = await keeping.migrate({ isDry, ...how });
  const isDone = from !== to && !isDry;
  const document = { store: path, from, to, migrated: isDone, backup: copied?.to ?? null };
  answer(context, { ...document, keys: copied?.keys ?? null }, () => {
    if (from === to) return `${lines(path)}: schema ${to}, up to date\n`;
    const step = `${lines(path)}: schema ${from} → ${to}`;
    if (!isDone)
      return `${step}; nothing was changed${copied ? `, a copy would go to ${lines(copied.to)}` : ""}\n`;
    if (!copied) return `${step}\n`;
    return `${step}\nas it was: ${lines(copied.to)}\nits key, as secret as the store: ${lines(copied.keys)}\n`;
  });
  return EXIT.done;
};

export const backupStore: Command = async ({ args: [file] }, context) => {
  const copied = await (await context.parts.keeping()).backup(named(file));
  return told(context, copied, "copied");
};

export const restoreStore: Command = async ({ args: [file] }, context) => {
  const copied = await (await context.parts.keeping()).restore(named(file));
  return told(context, copied, "put back");
};

function told(context: Parameters<Command>[1], { from, to, keys }: CopiedStore, done: string): number {
  answer(
    context,
    { from, to, keys },
    () => `${lines(from)} ${done} to ${lines(to)}\nits key, as secret as the store: ${lines(keys)}\n`,
  );
  return EXIT.done;
}

function named(file: string | undefined): string {
  if (file !== undefined && file !== "") return file;
  throw new GleitzeitError("USAGE_ERROR", "a file is missing");
}
