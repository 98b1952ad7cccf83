// providers drain|undrain: an instance gets no more calls, or gets them again, from every process on this store.
import { z } from "zod";
import { didYouMean, GleitzeitError } from "../../../domain/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { lines } from "../view/text.ts";

const Options = z.object({ reason: z.string().optional() });

const asked =
  (draining: boolean): Command =>
  async ({ args: [provider = "", instance = ""], options }, context) => {
    const { reason } = optionsOf(Options, options);
    await checkNamed(provider, instance, context);
    const changed = await context.parts.drain({
      provider,
      instance,
      draining,
      ...(reason !== undefined && { reason }),
    });
    const what = draining ? "gets no more calls; those under way go on" : "gets calls again";
    const already = draining ? "is being drained already" : "gets calls already";
    answer(context, { provider, instance, draining, changed }, () =>
      lines(`${instance} of ${provider} ${changed ? what : already}\n`),
    );
    return EXIT.done;
  };

export const drain = asked(true);
export const undrain = asked(false);

async function checkNamed(provider: string, instance: string, { parts }: Context): Promise<void> {
  const { providers } = await parts.providers();
  const pools = providers.filter(({ instances }) => instances !== undefined);
  const found = pools.find(({ name }) => name === provider);
  if (!found) {
    const names = pools.map(({ name }) => name);
    const meant =
      names.length === 0
        ? "; none is configured"
        : didYouMean(provider, names) || `; there are ${names.join(", ")}`;
    throw new GleitzeitError(
      "PROVIDER_NOT_FOUND",
      `no provider \`${provider}\` has several instances${meant}`,
    );
  }
  const { instances = [] } = found;
  if (instances.includes(instance)) return;
  const meant = didYouMean(instance, instances) || `; there are ${instances.join(", ")}`;
  throw new GleitzeitError(
    "PROVIDER_NOT_FOUND",
    `provider \`${provider}\` has no instance \`${instance}\`${meant}`,
  );
}
