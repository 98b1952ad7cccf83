// Checkpoints, written and signed (C2SP tlog-checkpoint, signed-note); their verification is the verifier's.
import type { SigningKey } from "./signing-key.ts";
import type { Checkpoint, Signature } from "./verifier/note.ts";

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`;

const signatureLine = ({ name, id, bytes }: Signature): string =>
  `\u2014 ${name} ${Buffer.concat([Buffer.from(id, "hex"), bytes]).toString("base64")}\n`;

export const signedNote = (text: string, keys: readonly SigningKey[]): string =>
  `${text}\n${keys.map((key) => signatureLine({ ...key, bytes: key.sign(text) })).join("")}`;
