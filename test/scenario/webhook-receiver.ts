// A receiver as people write them: an HTTP server that verifies with the reference package, and answers as told.
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { z } from "zod";

const Body = z.looseObject({
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  sequence: z.string(),
  previous: z.string().nullable(),
  data: z.looseObject({}),
});

export type Delivered = {
  readonly id: string;
  readonly text: string;
  readonly body: z.infer<typeof Body>;
  readonly attempt: number;
  /** By the reference package, for one of the secrets. */
  readonly isVerified: boolean;
  readonly signatures: number;
  readonly isTaken: boolean;
};

export type Receiver = {
  readonly url: string;
  readonly got: readonly Delivered[];
  /** Set once they are known: secrets are shown when an endpoint is made, and that needs the address. */
  secrets: readonly string[];
  /** Resolves when `holds` does, looked at after each delivery. */
  readonly until: (holds: () => boolean) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** `false`: 500; true: 204; or an answer of one's own. */
export type Answer = (one: Delivered, response: ServerResponse) => boolean | undefined;

export async function receiver(answer: Answer = () => true): Promise<Receiver> {
  const got: Delivered[] = [];
  const watching = new Set<() => void>();
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const text = Buffer.concat(pieces).toString("utf8");
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const one = {
        id: headers["webhook-id"] ?? "",
        text,
        body: Body.parse(JSON.parse(text)),
        attempt: Number(headers["gleitzeit-attempt"] ?? 1),
        isVerified: made.secrets.some((secret) => verifies(secret, text, headers)),
        signatures: (headers["webhook-signature"] ?? "").split(" ").length,
      };
      const isTaken = answer({ ...one, isTaken: true }, response);
      if (isTaken !== undefined) response.writeHead(isTaken ? 204 : 500).end();
      got.push({ ...one, isTaken: isTaken ?? false });
      for (const look of [...watching]) look();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const made: Receiver = {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/hook`,
    got,
    secrets: [],
    until: (holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!holds()) return;
          watching.delete(look);
          resolve();
        };
        watching.add(look);
        look();
      }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return made;
}

function verifies(secret: string, text: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(text, headers);
    return true;
  } catch (error) {
    return !(error instanceof Error);
  }
}
