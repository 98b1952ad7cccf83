// A witness as C2SP tlog-witness has it, over HTTP on this machine: it knows one log by its key, remembers the last checkpoint that it
// has seen of it, and cosigns what grew out of that. Written from the specification, for tests to ask.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type Head, isConsistent, sameHash } from "../../../src/adapters/audit/verifier/merkle.ts";
import {
  checkpointOf,
  keyId,
  type NoteKey,
  noteOf,
  verifiedNote,
} from "../../../src/adapters/audit/verifier/note.ts";

export type WitnessServer = {
  readonly url: string;
  readonly vkey: string;
  /** What it is asked to watch from now on. */
  readonly watch: (keys: readonly NoteKey[]) => void;
  readonly seen: () => Head | undefined;
  readonly answers: () => readonly number[];
  /** As if somebody else had shown it that checkpoint. */
  readonly believe: (head: Head) => void;
  readonly close: () => Promise<void>;
};

const COSIGNATURE = 4;

export async function witnessServer(name: string, seconds: () => number): Promise<WitnessServer> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const key = createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" }));
  const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
  const id = keyId(name, COSIGNATURE, publicKey);
  const vkey = `${name}+${id}+${Buffer.concat([Buffer.of(COSIGNATURE), publicKey]).toString("base64")}`;
  let [known, last]: [readonly NoteKey[], Head | undefined] = [[], undefined];
  const answers: number[] = [];

  function cosigned(note: string): string {
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(seconds()));
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds()}\n${note}`), key);
    return `\u2014 ${name} ${Buffer.concat([Buffer.from(id, "hex"), time, signature]).toString("base64")}\n`;
  }

  function answerTo(body: string): readonly [status: number, text: string] {
    const end = body.indexOf("\n\n");
    const [old = "", ...proof] = body.slice(0, end).split("\n");
    const note = body.slice(end + 2);
    const size = Number(/^old (0|[1-9]\d*)$/.exec(old)?.[1] ?? Number.NaN);
    const said = checkpointOf(noteOf(note)?.text ?? "");
    if (end < 0 || Number.isNaN(size) || !said) return [400, "no request"];
    if (!known.some((one) => one.name === said.origin)) return [404, "unknown log"];
    const signed = verifiedNote(note, known);
    if (!("text" in signed)) return [403, signed.message];
    if (size > said.size) return [400, "old is greater than the checkpoint"];
    if (size !== (last?.size ?? 0)) return [409, `${last?.size ?? 0}\n`];
    if (last && size === said.size && !sameHash(last.root, said.root)) return [409, `${last.size}\n`];
    const path = proof.map((step) => Buffer.from(step, "base64"));
    if (last ? !isConsistent(last, said, path) : path.length > 0) return [422, "not consistent"];
    last = { size: said.size, root: said.root };
    return [200, cosigned(signed.text)];
  }

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void text(request).then((body) => {
      const isAsked = request.method === "POST" && request.url === "/add-checkpoint";
      const [status, said] = isAsked ? answerTo(body) : [404, "elsewhere"];
      answers.push(status);
      response.writeHead(status, { "content-type": status === 409 ? "text/x.tlog.size" : "text/plain" });
      response.end(said);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    vkey,
    watch: (keys) => {
      known = keys;
    },
    seen: () => last,
    answers: () => answers,
    believe: (head) => {
      last = head;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
