// What every provider promises, whatever it speaks.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GleitzeitError } from "../../../src/domain/index.ts";
import { type Call, methodNamed, type Outcome } from "../../../src/engine/ports/index.ts";
import { providerRegistry } from "../../../src/engine/providers/registry.ts";
import { callContext } from "./call-context.ts";
import { errorOf, frozen, resultOf } from "./outcomes.ts";
import type { Opened, Samples } from "./samples.ts";

const TEXTS = [
  "",
  "Grüße, žluťoučký kůň",
  "👩‍👩‍👧 e\u0301 \u202e",
  "${x} $${y} {{z}} %s",
  "a\0b\r\n\t\\\"'`",
  "x".repeat(70_000),
];

export function describeProvider<O extends Opened>(
  name: string,
  open: () => Promise<O>,
  samples: Samples<O>,
): void {
  describe(`provider: ${name}`, () => {
    let opened: O | undefined;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => {
      await opened?.provider.close();
      await opened?.remove?.();
      opened = undefined;
    });
    const subject = (): O => {
      if (!opened) throw new Error("no provider outside of a test");
      return opened;
    };
    const ask = (call: Call, signal: AbortSignal = new AbortController().signal): Promise<Outcome> =>
      subject().provider.execute(frozen(call), callContext({ signal }, samples.files));

    test("its methods say what they are, and are reachable as listed: every example runs", async () => {
      const methods = Object.entries(subject().provider.methods);
      expect(methods.length).toBeGreaterThan(0);
      for (const [key, method] of methods) {
        expect(method.description, key).not.toBe("");
        expect(method.version, key).toBeGreaterThanOrEqual(1);
        expect(method.examples.length, key).toBeGreaterThan(0);
        for (const params of method.examples) {
          expect(method.params.safeParse(params).success, `${key}: ${JSON.stringify(params)}`).toBe(true);
          const result = resultOf(await ask({ method: nameFor(key), params }));
          expect(method.result.safeParse(result).error, key).toBeUndefined();
        }
      }
    });

    test("what works gives the results it says", async () => {
      expect(samples.works.length).toBeGreaterThan(0);
      const { protocol, methods } = subject().provider;
      const registry = providerRegistry([subject().provider]);
      expect(registry.protocols).toEqual([protocol]);
      for (const { call, result } of samples.works) {
        expect(registry.check(protocol, call.method, call.params), call.method).toEqual([]);
        const given = resultOf(await ask(call));
        expect(given, call.method).toMatchObject(result);
        const schema = methodNamed(methods, call.method)?.result;
        expect(schema?.safeParse(given).success, call.method).toBe(true);
      }
    });

    /** Of a family, the first that works. */
    const nameFor = (key: string): string => {
      if (!key.endsWith("*")) return key;
      const called = samples.works.map(({ call }) => call.method);
      return called.find((name) => name.startsWith(key.slice(0, -1))) ?? "anything";
    };

    const { fails, badParams, unknown, huge, slow } = samples;

    if (fails.length > 0) {
      test("what fails is a failure with a code, never a result", async () => {
        for (const { call, code, message } of fails) {
          expect(errorOf(await ask(call)), call.method).toMatchObject({
            code,
            message: expect.stringMatching(message),
          });
        }
      });
    }

    if (badParams.length > 0) {
      test("bad params are refused with their place, before the call and by the call", async () => {
        const registry = providerRegistry([subject().provider]);
        for (const { call, path } of badParams) {
          expect(registry.check(subject().provider.protocol, call.method, call.params)).not.toEqual([]);
          const error = errorOf(await ask(call));
          expect(error, path).toMatchObject({
            code: "INVALID_PARAMS",
            message: expect.stringContaining(path),
            retryable: false,
          });
        }
      });
    }

    if (unknown) {
      test("an unknown method is refused with the nearest one", async () => {
        const error = errorOf(await ask(unknown.call));
        expect(error).toMatchObject({
          code: "METHOD_NOT_SUPPORTED",
          message: expect.stringContaining(unknown.suggests),
        });
      });
    } else {
      test("any method name will do", () => {
        expect(Object.keys(subject().provider.methods)).toContain("*");
      });
    }

    test("text comes back as it went in, whatever is in it", async () => {
      const { call, read } = samples.carries;
      for (const text of TEXTS) expect(read(resultOf(await ask(call(text))))).toBe(text);
    });

    test("calls at the same time do not mix", async () => {
      const texts = Array.from({ length: 20 }, (_, i) => `call ${i}`);
      const { call, read } = samples.carries;
      const outcomes = await Promise.all(texts.map((text) => ask(call(text))));
      expect(outcomes.map((outcome) => read(resultOf(outcome)))).toEqual(texts);
    });

    if (huge) {
      test("a huge output comes whole or is refused, never cut", async () => {
        const outcome = await ask(huge.call);
        if ("code" in huge) expect(errorOf(outcome).code).toBe(huge.code);
        else expect(JSON.stringify(resultOf(outcome)).length).toBeGreaterThanOrEqual(huge.bytes);
      });
    }

    test("a call that was stopped before it began is not made", async () => {
      const reason = new GleitzeitError("TASK_CANCELLED", "no longer wanted");
      const [sample] = samples.works;
      if (!sample) throw new Error("no sample");
      expect(errorOf(await ask(sample.call, AbortSignal.abort(reason)))).toMatchObject({ code: reason.code });
    });

    if (slow) {
      test.each(["TASK_CANCELLED", "TASK_TIMEOUT"] as const)(
        "a call that is stopped ends as %s, leaves nothing, and others still work",
        async (code) => {
          const { call, begun, gone } = slow(subject());
          const stop = new AbortController();
          const outcome = ask(call, stop.signal);
          await begun();
          stop.abort(new GleitzeitError(code, "that is enough"));
          expect(errorOf(await outcome)).toMatchObject({ code });
          await gone();
          const after = resultOf(await ask(samples.carries.call("still here")));
          expect(samples.carries.read(after)).toBe("still here");
        },
      );

      test("closed while busy, it stops its work, leaves nothing, and closes once", async () => {
        const { call, begun, gone } = slow(subject());
        const outcome = ask(call);
        await begun();
        await Promise.all([subject().provider.close(), subject().provider.close()]);
        errorOf(await outcome);
        await gone();
      });
    }

    test("closed, it refuses calls and stays closed", async () => {
      await subject().provider.close();
      await subject().provider.close();
      errorOf(await ask(samples.carries.call("too late")));
    });

    test("its health has the one shape", async () => {
      const health = await subject().provider.health?.();
      expect(health).toMatchObject({ status: "healthy" });
      expect(["undefined", "string"]).toContain(typeof health?.detail);
    });
  });
}
