// How a container that runs comes to its end, whoever brings it about, and that nothing of it stays.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../../src/adapters/host/index.ts";
import { isObject, type JsonObject } from "../../../src/domain/index.ts";
import type { FakeContainer } from "./fake-container.ts";
import { type FakeDocker, fakeDocker } from "./fake-docker.ts";
import { impatient } from "./impatient.ts";
import { opened } from "./opened.ts";

let daemon: FakeDocker;
beforeEach(async () => {
  daemon = await fakeDocker();
});
afterEach(() => daemon.close());

const program = { image: "busybox:1", command: ["true"], onStdout: () => undefined };

const started = async (given = {}) => {
  const own = opened(daemon.address, given);
  return { own, start: () => own.start(program) };
};

describe("a container that runs", () => {
  const running = async (play: (container: FakeContainer) => void, given = {}) => {
    daemon.program = play;
    const { own, start } = await started(given);
    const container = await start();
    return { own, container };
  };

  const badly = (one: FakeContainer): void => {
    one.print("oh\n", 2);
    one.exit(3);
  };
  test.each<[string, (container: FakeContainer) => void, JsonObject]>([
    ["ends well", (one) => one.exit(0), { code: 0, stderr: "" }],
    ["ends badly", badly, { code: 3, stderr: "oh\n" }],
    ["meets its limit of memory", (one) => one.exit(137, true), { signal: "SIGKILL", outOfMemory: true }],
    [
      "is sent what no container writes",
      (one) => one.garble(Buffer.from("HTTP/1.1 500 what")),
      { lost: "the daemon sent what no container writes" },
    ],
  ])("that %s is told as such, and removed", async (_what, play, end) => {
    const { own, container } = await running(play);
    expect(await container.ended).toMatchObject(end);
    expect(daemon.containers.size).toBe(0);
    await own.close();
  });

  test("that met its limit of memory is told as such where the daemon hears of that after the end", async () => {
    const clock = systemClock();
    const hasty = (ms: number, call: () => void) => clock.after(ms === 1_000 ? 0 : ms, call);
    let looks = 0;
    daemon.made = (inspected) => {
      const { State } = inspected;
      if (!isObject(State) || State.ExitCode !== 137) return inspected;
      looks += 1;
      return { ...inspected, State: { ...State, OOMKilled: looks > 1 } };
    };
    const { own, container } = await running((one) => one.exit(137), { clock: { ...clock, after: hasty } });
    expect(await container.ended).toMatchObject({ signal: "SIGKILL", outOfMemory: true });
    expect(looks).toBe(2);
    await own.close();
  });

  test("when the daemon dies, is lost, and removed when it is back", async () => {
    daemon.instead = (asked) =>
      asked === "POST /containers/NAME/wait" || asked.startsWith("DELETE") ? { status: 0 } : undefined;
    const { own, container } = await running(() => undefined);
    expect((await container.ended).lost).toMatch(/^the Docker daemon went away/);
    expect(daemon.containers.size).toBe(1);
    daemon.instead = () => undefined;
    await own.close();
    expect(daemon.containers.size).toBe(0);
  });

  test("when the daemon does not do as it is told, is given up after a while", async () => {
    const { clock, lose } = impatient();
    daemon.instead = (asked) => {
      if (asked.endsWith("/kill")) lose();
      return asked.endsWith("/kill") || asked.endsWith("/wait") ? "silence" : undefined;
    };
    const { own, container } = await running(() => undefined, { clock });
    expect((await container.kill()).lost).toBe("the daemon did not end it");
    expect(daemon.containers.size).toBe(0);
    await own.close();
  });

  test("is killed and removed when everything is closed", async () => {
    const { own, container } = await running(() => undefined);
    expect(own.living()).toBe(1);
    await Promise.all([own.close(), own.close()]);
    expect(await container.ended).toMatchObject({ signal: "SIGKILL" });
    expect(daemon.asked).toContain("POST /containers/NAME/kill");
    expect(daemon.containers.size).toBe(0);
    await expect(own.start(program)).rejects.toMatchObject({ code: "SYSTEM_SHUTDOWN" });
  });
});
