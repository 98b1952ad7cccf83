// However a URL is written: a server on this machine gets no request of a document, unless the operator has listed it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OutboundOptions, outbound } from "../../../src/adapters/outbound/index.ts";
import type { Outbound } from "../../../src/engine/ports/index.ts";
import { type Canary, canary } from "./canary.ts";
import { get, textOf } from "./requests.ts";
import { LITERALS, NAMES } from "./url-forms.ts";

const NOBODY = { hosts: [], cidrs: [] };

let bird: Canary;
beforeAll(async () => {
  bird = await canary((request, response) => response.end(`sang for ${request.headers.host}`));
});
afterAll(() => bird.close());

const opened: Outbound[] = [];
afterAll(() => Promise.all(opened.map((client) => client.close())));
function guarded(options: OutboundOptions = {}): Outbound {
  const client = outbound({ allow: NOBODY, ...options });
  opened.push(client);
  return client;
}

describe("a document reaches neither this machine nor its network", () => {
  test.each([...LITERALS, ...NAMES])("http://%s", async (host) => {
    const sent = guarded().send(get(`http://${host}:${bird.port}/`));
    await expect(sent).rejects.toMatchObject({ code: "DESTINATION_NOT_ALLOWED" });
    expect(bird.visits()).toBe(0);
  });

  test.each([
    ["user information", (port: number) => `http://example.org@127.0.0.1:${port}/`],
    ["user information of a public host", () => "http://me:secret@example.org/"],
    ["a backslash", (port: number) => `http:\\\\127.0.0.1:${port}\\`],
    ["a line break", (port: number) => `ht\ntp://127.0.0.1:${port}/`],
    ["another scheme", (port: number) => `ftp://127.0.0.1:${port}/`],
    ["a file", () => "file:///etc/passwd"],
    ["data", () => "data:text/plain,hello"],
    ["a socket", () => "unix:///var/run/docker.sock"],
  ])("%s", async (_what, url) => {
    await expect(guarded().send(get(url(bird.port)))).rejects.toMatchObject({
      code: "DESTINATION_NOT_ALLOWED",
    });
    expect(bird.visits()).toBe(0);
  });

  test.each(["", "127.0.0.1", "http://", "http://[::1", "http://999.999.999.999/", "http://a b/"])(
    "no URL at all: %j",
    async (url) => {
      await expect(guarded().send(get(url))).rejects.toMatchObject({ code: "INVALID_PARAMS" });
    },
  );
});

describe("a name is as good as the worst of its addresses", () => {
  const v4 = (address: string) => ({ address, family: 4 });
  const v6 = (address: string) => ({ address, family: 6 });
  test.each([
    ["this machine", [v4("127.0.0.1")]],
    ["a public one first", [v4("93.184.215.14"), v4("127.0.0.1")]],
    ["IPv6", [v6("::1")]],
    ["IPv4 in IPv6", [v6("::ffff:127.0.0.1")]],
    ["the local network", [v4("10.0.0.7")]],
    ["a metadata service", [v4("169.254.169.254")]],
  ])("%s", async (_what, addresses) => {
    const client = guarded({ lookup: async () => addresses });
    const sent = client.send(get(`http://harbour.example.org:${bird.port}/`));
    await expect(sent).rejects.toMatchObject({ code: "DESTINATION_NOT_ALLOWED" });
    expect(bird.visits()).toBe(0);
  });

  test("that changes between two connections is judged at each", async () => {
    const decoy = await canary(
      (_request, response) => {
        response.setHeader("connection", "close");
        response.end("decoy");
      },
      "127.0.0.2",
      bird.port,
    );
    const answers = [[v4("127.0.0.2")], [v4("127.0.0.1")]];
    let asked = 0;
    const client = guarded({
      allow: { hosts: ["127.0.0.2"], cidrs: [] },
      lookup: async () => answers[asked++] ?? [],
    });
    const url = `http://harbour.example.org:${bird.port}/`;
    expect(await textOf(await client.send(get(url)))).toBe("decoy");
    await expect(client.send(get(url))).rejects.toMatchObject({ code: "DESTINATION_NOT_ALLOWED" });
    expect([asked, decoy.visits(), bird.visits()]).toEqual([2, 1, 0]);
    await decoy.close();
  });
});

describe("what the operator lists is reached", () => {
  test.each([
    ["its address", { hosts: ["127.0.0.1"], cidrs: [] }, "127.0.0.1"],
    ["its address, written otherwise", { hosts: ["127.0.0.1"], cidrs: [] }, "0x7f.1"],
    ["its name", { hosts: ["LocalHost."], cidrs: [] }, "localhost"],
    ["a range of one", { hosts: [], cidrs: ["127.0.0.1/32"] }, "127.0.0.1"],
  ])("%s", async (_what, allow, host) => {
    const before = bird.visits();
    const response = await guarded({ allow, lookup: async () => [{ address: "127.0.0.1", family: 4 }] }).send(
      get(`http://${host}:${bird.port}/`),
    );
    expect([response.status, await textOf(response)]).toEqual([200, expect.stringContaining("sang for")]);
    expect(bird.visits()).toBe(before + 1);
  });

  test.each([
    ["a range around this machine", { hosts: [], cidrs: ["127.0.0.0/8", "0.0.0.0/0"] }, "127.0.0.1"],
    [
      "a name that leads to this machine",
      { hosts: ["intranet.example.org"], cidrs: [] },
      "intranet.example.org",
    ],
    ["the address of a name that is listed", { hosts: ["localhost"], cidrs: [] }, "127.0.0.1"],
  ])("but not %s", async (_what, allow, host) => {
    const before = bird.visits();
    const client = guarded({ allow, lookup: async () => [{ address: "127.0.0.1", family: 4 }] });
    await expect(client.send(get(`http://${host}:${bird.port}/`))).rejects.toMatchObject({
      code: "DESTINATION_NOT_ALLOWED",
    });
    expect(bird.visits()).toBe(before);
  });

  test("a redirect is an answer, and leads nowhere", async () => {
    const sign = await canary((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${bird.port}/` }).end();
    }, "127.0.0.2");
    const before = bird.visits();
    const client = guarded({ allow: { hosts: ["127.0.0.2"], cidrs: [] } });
    const response = await client.send(get(`http://127.0.0.2:${sign.port}/`));
    expect([response.status, await textOf(response), bird.visits()]).toEqual([302, "", before]);
    await sign.close();
  });

  test("without a guard everything is, for the operator's own endpoints", async () => {
    const client = outbound({});
    opened.push(client);
    expect((await client.send(get(`http://127.0.0.1:${bird.port}/`))).status).toBe(200);
  });
});
