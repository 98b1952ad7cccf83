// flags and quotas list|set|clear: what is set for the tenant while everything runs.
import { z } from "zod";
import {
  type Actor,
  didYouMean,
  FLAG_NAMES,
  type Flag,
  GleitzeitError,
  isFlag,
  isQuota,
  QUOTA_NAMES,
  type Quota,
} from "../../../domain/index.ts";
import type { FlagDocument, HowSet, QuotaDocument } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";

const Why = z.object({ reason: z.string().max(10_000).optional() });

async function howSet(context: Context, typed: unknown): Promise<HowSet> {
  const { reason } = optionsOf(Why, typed);
  const { actor } = await context.parts.driving();
  return { by: actor, reason };
}

const documentOf = <D extends { readonly by: Actor | null }>(one: D) => ({
  ...one,
  by: one.by && { ...one.by },
});

export const listFlags: Command = async (_, context) => {
  const items = await (await context.parts.settings(false)).flags();
  answer(context, { items: items.map(documentOf), nextCursor: null }, () =>
    table(
      items,
      [
        { head: "FLAG", cell: ({ flag }) => flag },
        { head: "IS", cell: onText },
        { head: "SET BY", cell: ({ from }) => from },
        { head: "SINCE", cell: ({ at }) => at ?? "", leaves: 1 },
        { head: "WHAT", cell: ({ description }) => description, gives: true },
      ],
      context.terminal.out,
    ),
  );
  return EXIT.done;
};

export const setFlag: Command = async ({ args: [name = "", text = ""], options }, context) => {
  const flag = flagNamed(name);
  if (text !== "on" && text !== "off")
    throw new GleitzeitError("USAGE_ERROR", `a flag is set \`on\` or \`off\`, not ${JSON.stringify(text)}`);
  const how = await howSet(context, options);
  return toldFlag(await (await context.parts.settings(true)).setFlag(flag, text === "on", how), context);
};

export const clearFlag: Command = async ({ args: [name = ""], options }, context) => {
  const flag = flagNamed(name);
  const how = await howSet(context, options);
  return toldFlag(await (await context.parts.settings(true)).setFlag(flag, undefined, how), context);
};

function toldFlag(set: FlagDocument, context: Context): number {
  answer(context, documentOf(set), () => `${set.flag} is ${onText(set)}, as the ${set.from} says\n`);
  return EXIT.done;
}

const onText = ({ on }: FlagDocument): string => (on ? "on" : "off");

export const listQuotas: Command = async (_, context) => {
  const items = await (await context.parts.settings(false)).quotas();
  answer(context, { items: items.map(documentOf), nextCursor: null }, () =>
    table(
      items,
      [
        { head: "QUOTA", cell: ({ quota }) => quota },
        { head: "LIMIT", cell: limitText },
        { head: "USED", cell: ({ used }) => (used === null ? "" : String(used)) },
        { head: "SET BY", cell: ({ from }) => from },
        { head: "SINCE", cell: ({ at }) => at ?? "", leaves: 1 },
        { head: "OF WHAT", cell: ({ description }) => description, gives: true },
      ],
      context.terminal.out,
    ),
  );
  return EXIT.done;
};

export const setQuota: Command = async ({ args: [name = "", text = ""], options }, context) => {
  const quota = quotaNamed(name);
  if (!/^\d{1,10}$/.test(text))
    throw new GleitzeitError("USAGE_ERROR", `a limit is a whole number, not ${JSON.stringify(text)}`);
  const how = await howSet(context, options);
  return toldQuota(await (await context.parts.settings(true)).setQuota(quota, Number(text), how), context);
};

export const clearQuota: Command = async ({ args: [name = ""], options }, context) => {
  const quota = quotaNamed(name);
  const how = await howSet(context, options);
  return toldQuota(await (await context.parts.settings(true)).setQuota(quota, undefined, how), context);
};

function toldQuota(set: QuotaDocument, context: Context): number {
  answer(context, documentOf(set), () => `${set.quota}: ${limitText(set)}\n`);
  return EXIT.done;
}

const limitText = ({ limit }: QuotaDocument): string => (limit === null ? "no limit" : String(limit));

function flagNamed(name: string): Flag {
  if (isFlag(name)) return name;
  throw unknown("flag", name, FLAG_NAMES);
}

function quotaNamed(name: string): Quota {
  if (isQuota(name)) return name;
  throw unknown("quota", name, QUOTA_NAMES);
}

function unknown(what: string, name: string, known: readonly string[]): GleitzeitError {
  const rest = didYouMean(name, known) || `; there are ${known.join(", ")}`;
  return new GleitzeitError("USAGE_ERROR", `there is no ${what} ${JSON.stringify(name)}${rest}`);
}
