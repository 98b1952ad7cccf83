// Receivers that are asked whether they want to be told, and receivers that ask who tells them.

import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import { TLSSocket } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { text } from "../../adapters/cli/rig.ts";
import { CERTIFICATE, KEY } from "../../adapters/outbound/certificate.ts";
import { CLI } from "../rig.ts";
import { answering, sending } from "./socket-rig.ts";

/** Of nobody. */
const OTHER_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgvyEK7lc9HMBEptXD
mPkf0N/8nHAJlygyEIsrc4DAYRKhRANCAATRClt6Z2G52fJ/anFiaTbqYpcyywGf
RbbVNOBxt5r7ZkKNZPNkRZElxVw++uMHbAmkJjAe5jOzYfkxAg+9hURT
-----END PRIVATE KEY-----`;

describe("an endpoint with a challenge", () => {
  test.each([
    ["its word", (word: string) => ({ status: 200, answer: word })],
    ["its word in JSON", (word: string) => ({ status: 201, answer: JSON.stringify({ challenge: word }) })],
  ] as const)(
    "is made where the receiver answers with %s, and is verified like any delivery",
    async (_, says) => {
      const { desk } = sending();
      const there = await answering(({ body }, response) => {
        const { status, answer } = says(String(body.data.challenge));
        response.writeHead(status).end(answer);
        return undefined;
      });
      const { webhook, secret } = await desk.create({ url: there.url, challenge: true }, "start", CLI);
      expect(webhook).toMatchObject({ challenge: true, url: there.url });
      expect(there.got).toMatchObject([{ body: { type: "webhook.challenge", subject: webhook.id } }]);
      expect(secret).toMatch(/^whsec_/);
    },
  );

  test("is not made, and nothing is recorded of it, where the receiver says anything else", async () => {
    const { desk, rig } = sending();
    const before = await rig.store.events.head();
    const echo = await answering((_, response) => {
      response.writeHead(200).end("hello");
      return undefined;
    });
    const refusing = await answering(() => false);
    for (const [{ url }, why] of [
      [echo, "without `data.challenge`"],
      [refusing, "HTTP 500"],
    ] as const) {
      const made = desk.create({ url, challenge: true }, "start", CLI);
      await expect(made).rejects.toMatchObject({
        code: "INVALID_PARAMS",
        message: expect.stringContaining(why),
      });
    }
    expect(await desk.list()).toEqual([]);
    expect(await rig.store.events.head()).toBe(before);
  });

  test("asks again at another address, and there alone", async () => {
    const { desk } = sending();
    const consenting = async () =>
      answering(({ body }, response) => {
        response.writeHead(200).end(String(body.data.challenge));
        return undefined;
      });
    const [first, second] = [await consenting(), await consenting()];
    const refusing = await answering(() => true);
    const { webhook } = await desk.create({ url: first.url, challenge: true }, "start", CLI);
    const id = text(webhook, "id");
    await expect(desk.update(id, { url: refusing.url }, CLI)).rejects.toMatchObject({
      code: "INVALID_PARAMS",
    });
    expect(await desk.show(id)).toMatchObject({ url: first.url });
    await desk.update(id, { url: second.url }, CLI);
    await desk.update(id, { description: "Billing" }, CLI);
    expect([first.got.length, second.got.length]).toEqual([1, 1]);
    expect(await desk.update(id, { url: refusing.url, challenge: false }, CLI)).toMatchObject({
      challenge: false,
    });
  });
});

describe("a client certificate", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  /** Tells what was shown to it, and takes nothing without. */
  async function asking(): Promise<string> {
    server = createServer({ key: KEY, cert: CERTIFICATE, requestCert: true, rejectUnauthorized: false });
    server.on("request", (request, response) => {
      const { socket } = request;
      const raw = socket instanceof TLSSocket ? socket.getPeerCertificate().raw : undefined;
      response.writeHead(raw ? 200 : 401).end(raw ? createHash("sha256").update(raw).digest("hex") : "who?");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return `https://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/hook`;
  }
  const fingerprint = new X509Certificate(CERTIFICATE).fingerprint256.replaceAll(":", "").toLowerCase();
  const mine = { certificate: CERTIFICATE, key: KEY };

  test("is shown to receivers, and of it what others may see; without it they take nothing", async () => {
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"; // of the server: it signs itself
    try {
      const url = await asking();
      const { desk, rig } = sending();
      const { webhook } = await desk.create({ url, client_certificate: mine }, "start", CLI);
      const id = text(webhook, "id");
      expect(webhook.clientCertificate).toEqual({
        subject: "CN=canary.test",
        fingerprint,
        expiresAt: "2126-11-01T17:13:38.000Z",
      });
      const stop = new AbortController().signal;
      expect(await desk.test(id, CLI, stop)).toMatchObject({ status: 200, response: fingerprint });
      await desk.update(id, { description: "still" }, CLI);
      expect(await desk.test(id, CLI, stop)).toMatchObject({ status: 200, response: fingerprint });
      const without = await desk.update(id, { client_certificate: null }, CLI);
      expect(without.clientCertificate).toBeNull();
      expect(await desk.test(id, CLI, stop)).toMatchObject({ status: 401, response: "who?" });
      const { events } = await rig.store.events.readAll("start", 100);
      for (const { data } of events) expect(Buffer.from(data).toString()).not.toContain("BEGIN");
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
  });

  test.each([
    [
      "for an address without TLS",
      { url: "http://example.com", client_certificate: mine },
      "only an https: address",
    ],
    [
      "with another one's key",
      {
        url: "https://example.com",
        client_certificate: { ...mine, key: OTHER_KEY },
      },
      "is not that of the certificate",
    ],
    [
      "that is none",
      {
        url: "https://example.com",
        client_certificate: {
          ...mine,
          certificate: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        },
      },
      "the certificate cannot be read",
    ],
  ])("%s is refused, and its key is not repeated", async (_, request, why) => {
    const { desk } = sending();
    const made = desk.create(request, "start", CLI).catch((error: unknown) => error);
    const error = await made;
    expect(error).toMatchObject({ code: "INVALID_PARAMS", message: expect.stringContaining(why) });
    expect(String(error)).not.toContain("PRIVATE");
  });
});
