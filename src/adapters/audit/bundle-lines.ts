// The lines of a bundle (docs/bundle.md). Metadata and data of an event go into its line as the bytes that are stored: if
// these are not what they should be, neither is the line, and the verifier says so.
import { createHash } from "node:crypto";
import { jcs } from "../../domain/index.ts";
import type { StoredEvent } from "../../engine/ports/index.ts";
import type { Hash, Head } from "./verifier/merkle.ts";

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

export type BundleScope = { readonly run: string; readonly children: boolean } | { readonly all: true };

export type BundleHeader = {
  readonly origin: string;
  readonly scope: BundleScope;
  readonly vkey: string;
  readonly oldVkeys: readonly string[];
  readonly checkpoint: string;
  readonly consistency: readonly (Head & { readonly proof: readonly Hash[] })[];
  readonly createdAt: string;
};

export const headerLine = ({ consistency, ...header }: BundleHeader): string =>
  jcs({
    format: "gleitzeit.bundle/v1",
    ...header,
    consistency: consistency.map(({ size, root, proof }) => ({
      size: String(size),
      root: base64(root),
      proof: proof.map(base64),
    })),
  });

/** Without a proof in a bundle of everything. */
export function eventLine(event: StoredEvent, index: number, proof?: readonly Hash[]): string {
  const { data, id, metadata, recordedAt, revision, schemaVersion, stream, type, salt } = event;
  const [ident, at, name, kind] = [id, recordedAt, stream, type].map((text) => JSON.stringify(text));
  const steps = proof === undefined ? "" : `"proof":${JSON.stringify(proof.map(base64))},`;
  return `{"event":{"data":${utf8(data)},"id":${ident},"metadata":${utf8(metadata)},"recordedAt":${at},"revision":${revision},"schemaVersion":${schemaVersion},"stream":${name},"type":${kind}},"leafIndex":"${index}",${steps}"salt":"${base64(salt)}"}`;
}

export const leafLine = (leaf: Uint8Array, index: number): string =>
  `{"leaf":"${base64(leaf)}","leafIndex":"${index}"}`;

export const blobLine = (hash: string, bytes: Uint8Array): string =>
  `{"base64":"${base64(bytes)}","blob":${JSON.stringify(hash)}}`;

/** Counts and sums up the lines before it. */
export async function* withEnd(lines: AsyncIterable<string>): AsyncGenerator<string> {
  const whole = createHash("sha256");
  let events = 0;
  for await (const line of lines) {
    if (line.startsWith('{"event":')) events += 1;
    whole.update(line).update("\n");
    yield `${line}\n`;
  }
  yield `{"end":true,"events":${events},"sha256":"${whole.digest("hex")}"}\n`;
}
