// What can go wrong on the way to a server of models, whatever it speaks: each with its code, nothing left open.
import { once } from "node:events";
import { createServer } from "node:https";
import { describe, expect, test } from "vitest";
import { outbound } from "../../../../src/adapters/outbound/index.ts";
import { handClock } from "../../../engine/hand-clock.ts";
import { canary } from "../../outbound/canary.ts";
import { CERTIFICATE, KEY as PRIVATE_KEY } from "../../outbound/certificate.ts";
import { errorOf } from "../outcomes.ts";
import { anthropicProtocol, ollamaProtocol, openaiProtocol } from "./protocols.ts";
import { llmRig, resultObject } from "./rig.ts";

const ASKED = { prompt: "ahoy" };

for (const protocol of [ollamaProtocol, openaiProtocol, anthropicProtocol]) {
  describe(`${protocol.type}:`, () => {
    test.each(["ENOTFOUND", "EAI_AGAIN"])(
      "a name that is not found (%s) may be there later",
      async (code) => {
        const lookup = () => Promise.reject(Object.assign(new Error(code), { code }));
        const client = outbound({ lookup });
        const rig = await llmRig(protocol, { url: "http://models.example.org", outbound: client });
        expect(errorOf(await rig.ask("chat", ASKED))).toMatchObject({
          code: "NETWORK_UNREACHABLE",
          retryable: true,
          message: expect.stringContaining("http://models.example.org"),
        });
        await rig.remove();
        await client.close();
      },
    );

    test("a certificate that nobody vouches for is not believed, and its server hears no key", async () => {
      let asked = 0;
      const server = createServer({ key: PRIVATE_KEY, cert: CERTIFICATE }, (_, response) => {
        asked += 1;
        response.end();
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      const rig = await llmRig(protocol, { url: `https://127.0.0.1:${port}` });
      const error = errorOf(await rig.ask("chat", ASKED));
      expect(error).toMatchObject({ code: "AUTHENTICATION_FAILED", retryable: false });
      expect(error.message).toContain("certificate");
      expect(asked).toBe(0);
      await rig.remove();
      server.close();
    });

    test("a redirect is not followed: the key goes nowhere else", async () => {
      const elsewhere = await canary((_, response) => response.end());
      const sign = await canary((_, response) =>
        response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/` }).end(),
      );
      const rig = await llmRig(protocol, { url: `http://127.0.0.1:${sign.port}` });
      expect(errorOf(await rig.ask("chat", ASKED))).toMatchObject({
        code: "PROVIDER_ERROR",
        retryable: false,
        message: expect.stringContaining("redirects are not followed"),
      });
      expect([sign.visits(), elsewhere.visits()]).toEqual([1, 0]);
      await rig.remove();
      await Promise.all([sign.close(), elsewhere.close()]);
    });

    test("an answer of 10 MB comes whole where so much may come, and is refused elsewhere", async () => {
      const rig = await llmRig(protocol, { mostBytes: 16_000_000 });
      const text = "x".repeat(10_000_000);
      rig.server.script(text);
      expect(resultObject(await rig.ask("chat", ASKED)).response).toBe(text);
      await rig.remove();
      const small = await llmRig(protocol);
      small.server.script(text);
      expect(errorOf(await small.ask("chat", ASKED))).toMatchObject({
        code: "TASK_RESULT_INVALID",
        retryable: false,
        message: expect.stringContaining("1000000 bytes"),
      });
      await small.remove();
    });

    test("calls of tools count, too: an answer that never stops asking for them is refused", async () => {
      const rig = await llmRig(protocol, { mostBytes: 100_000 });
      rig.server.script(
        Array.from({ length: 2_000 }, (_, i) => `call tide {"at": "${"x".repeat(90)}${i}"}`).join("\n"),
      );
      expect(errorOf(await rig.ask("chat", ASKED))).toMatchObject({
        code: "TASK_RESULT_INVALID",
        retryable: false,
      });
      await rig.remove();
    });

    test("a server that only says that it is still there is given up when the time is over", async () => {
      const clock = handClock();
      const rig = await llmRig(protocol, { clock, timeoutMs: 60_000 });
      const outcome = rig.ask("chat", { ...ASKED, model: "still-there" });
      await rig.server.waiting();
      await clock.advance(60_000);
      expect(errorOf(await outcome)).toMatchObject({ code: "PROVIDER_TIMEOUT", retryable: true });
      await rig.server.quiet();
      await rig.remove();
    });

    test.each(["page", "huge", "garbage", "midway", "refusal"])(
      "%s without end: what is not read to its end is cut off",
      async (what) => {
        const rig = await llmRig(protocol);
        errorOf(await rig.ask("chat", { ...ASKED, model: `${what}-endless` }));
        await rig.server.quiet();
        expect(resultObject(await rig.ask("chat", ASKED)).response).toBe("You said: ahoy");
        await rig.remove();
      },
    );
  });
}
