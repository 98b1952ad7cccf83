// An attempt whose params name secrets: they are asked for now, handed to the call, and struck out of all that comes
// back. Each attempt asks anew. Nothing of their values outlives the call.
import { type ErrorInfo, errorInfo, errorInfoOf, type SecretPlace, withSecrets } from "../../domain/index.ts";
import { type Attempt, perform, type Report } from "../attempts/perform.ts";
import type { Stop } from "../attempts/stop.ts";
import type { Kit } from "../host.ts";
import { type Secrets, SHORTEST_SECRET } from "../ports/index.ts";
import { type Scrub, scrubOf } from "./scrub.ts";
import { scrubbedChunks } from "./scrubbed-chunks.ts";

export async function performSecretly(
  kit: Kit,
  attempt: Attempt,
  places: readonly SecretPlace[],
  stop: Stop,
): Promise<Report> {
  const found = await valuesOf(kit, places);
  if (!found.ok) return withoutCall(kit, attempt, found.error);
  const { values } = found;
  const scrub = scrubOf(new Set(values.values()));
  const chunks = scrubbedChunks(scrub, attempt.emit);
  const params = withSecrets(attempt.params, places, values);
  const log = scrub.log(kit.log);
  const report = await perform({ ...kit, log }, { ...attempt, params, emit: chunks.emit }, stop);
  chunks.end();
  return scrubbed(report, scrub);
}

type Found =
  | { readonly ok: true; readonly values: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly error: ErrorInfo };

async function valuesOf({ secrets: source }: Kit, places: readonly SecretPlace[]): Promise<Found> {
  const values = new Map<string, string>();
  try {
    const secrets = await source();
    for (const name of new Set(places.map((place) => place.name))) {
      const value = await secrets.value(name);
      const problem = value === undefined ? missing(name, secrets) : shortness(name, value);
      if (problem !== undefined || value === undefined) return refused(name, problem ?? "");
      values.set(name, value);
    }
    return { ok: true, values };
  } catch (error) {
    return { ok: false, error: errorInfoOf(error, "CONFIGURATION_ERROR") };
  }
}

const missing = (name: string, secrets: Secrets): string =>
  `there is no secret \`${name}\`: ${secrets.remedy(name)}`;

const shortness = (name: string, value: string): string | undefined =>
  value.length >= SHORTEST_SECRET
    ? undefined
    : `the secret \`${name}\` has fewer than ${SHORTEST_SECRET} characters, and could not be kept out of what the call says: give it a longer value`;

const refused = (secret: string, message: string): Found => ({
  ok: false,
  error: errorInfo("CONFIGURATION_ERROR", message, { details: { secret } }),
});

const withoutCall = (kit: Kit, { node, attempt }: Attempt, error: ErrorInfo): Report => ({
  type: "FailTask",
  task: node.id,
  attempt,
  error: { ...error, retryable: false },
  served: {},
  fraction: kit.random.fraction(),
});

function scrubbed(report: Report, scrub: Scrub): Report {
  const { instance } = report.served;
  const place = instance !== undefined && { instance: scrub.text(instance) };
  if (report.type === "FailTask") {
    const { evidence, error, served } = report;
    return {
      ...report,
      served: { ...served, ...place },
      error: scrub.error(error),
      ...(evidence !== undefined && { evidence: scrub.cutJson(evidence) }),
    };
  }
  const { model, modelDigest, ...served } = report.served;
  return {
    ...report,
    served: {
      ...served,
      ...place,
      ...(model !== undefined && { model: scrub.text(model) }),
      ...(modelDigest !== undefined && { modelDigest: scrub.text(modelDigest) }),
    },
    result: scrub.result(report.result),
  };
}
