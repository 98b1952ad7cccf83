// Programs in real containers: what comes out of them, every class of end, and what they cannot do.
import { afterAll, describe, expect, test } from "vitest";
import { GleitzeitError, type Json, type JsonObject } from "../../../../src/domain/index.ts";
import { errorOf, resultOf } from "../../providers/outcomes.ts";
import type { RealDocker } from "../dockerd.ts";
import { box, memberOf } from "./box.ts";

export function describePrograms(real: RealDocker): void {
  const here = box(real);
  afterAll(() => here.close());
  const output = async (command: string | string[], more: JsonObject = {}) =>
    textOf(memberOf(resultOf(await here.run({ command, ...more })), "output"));

  describe("a program in a container", () => {
    test("has its files, its input and what it wrote brought back", async () => {
      const params = {
        command:
          "cat; cat data/a.txt; mkdir -p out/deep; echo two > out/deep/b.txt; printf '\\377\\000' > raw; echo '{\"n\": 1}'",
        stdin: "in: ü\n",
        files: ["data/*.txt"],
        collect: ["out", "raw"],
      };
      const outcome = await here.run(params, { texts: { "data/a.txt": "one\n" } });
      expect(outcome).toMatchObject({
        ok: true,
        instance: expect.stringMatching(/^gleitzeit-test\/busybox@sha256:|:1@sha256:[0-9a-f]{64}$/),
      });
      expect(resultOf(outcome)).toMatchObject({
        output: 'in: ü\none\n{"n": 1}\n',
        result: { n: 1 },
        exit_code: 0,
        files: { "out/deep/b.txt": { size: 4, text: "two\n" }, raw: { size: 2, base64: "/wA=" } },
      });
    });

    test.each([
      [
        "ends with another code",
        { command: "echo oh >&2; exit 7" },
        "TASK_EXECUTION_FAILED",
        { outcome: "exit", exitCode: 7 },
      ],
      [
        "is killed",
        { command: "kill -9 $$" },
        "TASK_EXECUTION_FAILED",
        { outcome: "exit", signal: "SIGKILL" },
      ],
      [
        "needs too much memory",
        { command: "tail_=$(yes | head -c 200000000)" },
        "RESOURCE_EXHAUSTED",
        { outcome: "out-of-memory" },
      ],
      ["writes without end", { command: ["yes"] }, "TASK_EXECUTION_FAILED", { outcome: "output-limit" }],
      [
        "does not end, and hears no SIGTERM",
        { command: "trap '' TERM INT; while :; do sleep 1; done", timeout: "1s" },
        "TASK_TIMEOUT",
        { outcome: "timeout" },
      ],
      ["is not in the image", { command: ["no-such-program"] }, "TASK_PARAMETER_ERROR", { outcome: "exit" }],
    ])("that %s is told as such, and is gone", async (_what, params, code, details) => {
      const error = errorOf(await here.run(params));
      expect(error).toMatchObject({ code, details });
      expect(await here.standing()).toBe(0);
    });

    test("that is stopped is gone when its call is answered", async () => {
      const stop = new AbortController();
      const emit = () => stop.abort(new GleitzeitError("TASK_CANCELLED", "no longer wanted"));
      const outcome = await here.run({ command: "echo begun; sleep 1000" }, { signal: stop.signal, emit });
      expect(errorOf(outcome)).toMatchObject({ code: "TASK_CANCELLED" });
      expect(outcome).toMatchObject({ evidence: { stdout: "begun\n" } });
      expect(await here.standing()).toBe(0);
    });

    test("whose image is not there names it, and nothing is fetched", async () => {
      const error = errorOf(await here.run({ image: "no-such/image:1", command: ["true"] }));
      expect(error).toMatchObject({
        code: "CONFIGURATION_ERROR",
        retryable: false,
        message: expect.stringContaining("docker pull no-such/image:1"),
      });
    });

    test("is nobody, without rights, without a network, and can write nowhere but in memory", async () => {
      const tries = [
        "id -u",
        "cat /secret 2>&1 || true",
        "touch /x 2>&1 || true",
        "cat /sys/class/net/eth0/address 2>/dev/null || ls /sys/class/net",
        "nc -w 2 1.1.1.1 80 2>&1 || true",
        "mount -t proc proc /tmp 2>&1 | head -n 1",
        "mknod /tmp/disk b 8 0 2>&1 | head -n 1",
        "ls /dev | grep -c sd || true",
        "printf '#!/bin/sh\\necho ran' > /tmp/x; /tmp/x 2>&1 || cat /proc/self/status | grep -E '^(CapBnd|NoNewPrivs|Seccomp):'",
        "echo 1 > /proc/sys/kernel/panic 2>&1 || true",
      ];
      const said = await output(tries.map((one) => `{ ${one}; }`).join("; echo ---; "));
      const [id, secret, root, net, web, mount, device, disks, exec, kernel] = said.split("---\n");
      expect(id).toBe("65534\n");
      expect(secret).toContain("Permission denied");
      expect(root).toContain("Read-only file system");
      expect(net).toBe("lo\n");
      expect(web).toMatch(/unreachable|can't connect|not found/i);
      expect(mount).toMatch(/not permitted|permission denied|must be superuser/i);
      expect(device).toContain("Operation not permitted");
      expect(disks).toBe("0\n");
      expect(exec).toMatch(/ermission denied|CapBnd:\t0000000000000000/);
      expect(kernel).toMatch(/^$|Read-only|ermission denied|can't create/);
    });

    test("that starts processes without end comes to its limit, and this machine does not", async () => {
      const outcome = await here.run({
        command: "f() { f | f & }; f; sleep 1; echo still here",
        timeout: "5s",
      });
      if (outcome.ok)
        expect(memberOf(outcome.result, "stderr")).toMatch(/can't fork|Resource temporarily unavailable/);
      else expect(errorOf(outcome).code).toMatch(/TASK_TIMEOUT|TASK_EXECUTION_FAILED/);
      expect(await here.standing()).toBe(0);
    });

    test("that fills its folders is told that they are full", async () => {
      const error = errorOf(await here.run({ command: "head -c 6000000 /dev/zero > big" }));
      expect(error).toMatchObject({
        code: "TASK_EXECUTION_FAILED",
        message: expect.stringMatching(/No space left|I\/O error/),
      });
    });

    test.each([
      ["a link", "ln -s /etc/passwd out", /"\.\/out" is a symbolic link/],
      ["a link in a folder", "mkdir out; ln -s / out/root", /symbolic link/],
      [
        "too much",
        "mkdir out; i=0; while [ $i -lt 30 ]; do head -c 60000 /dev/zero > out/$i; i=$((i+1)); done",
        /larger than|No space/,
      ],
      [
        "too many files",
        "mkdir out; i=0; while [ $i -lt 1001 ]; do : > out/$i; i=$((i+1)); done",
        /more than 1000 files/,
      ],
      ["nothing", "true", /exit code|nothing came|was not/],
      [
        "another archive than asked for",
        "mkdir out; printf '<the mark of this test>'; echo x > y; tar -cf - y; exit 0",
        /was not asked for/,
      ],
      ["no archive", "mkdir out; printf '<the mark of this test>%0600d' 7; exit 0", /damaged|no end/],
    ])("that leaves %s to be collected is refused", async (_what, command, message) => {
      const error = errorOf(await here.run({ command, collect: ["out"] }));
      expect(error.message).toMatch(message);
      expect(error.code).toMatch(/^TASK_(?:RESULT_INVALID|EXECUTION_FAILED)$/);
    });
  });
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");
