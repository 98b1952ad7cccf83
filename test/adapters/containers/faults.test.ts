// A daemon that is not there, that cannot do what it must, that fails, dies, hangs or talks nonsense.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
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

describe("no daemon", () => {
  test.each([
    [
      "there",
      "unix:///nowhere/docker.sock",
      "PROVIDER_NOT_AVAILABLE",
      /no Docker daemon answers at .*\(ENOENT\): start it, or say where/,
    ],
    ["listening", "tcp://127.0.0.1:1", "PROVIDER_NOT_AVAILABLE", /\(ECONNREFUSED\)/],
  ])("is %s: told at once, with what to do", async (_what, address, code, message) => {
    const own = opened(address);
    await expect(own.start(program)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await own.health()).toMatchObject({ status: "unhealthy", detail: expect.stringMatching(message) });
    expect(own.living()).toBe(0);
    await own.close();
  });

  test("that answers in Docker's language is told as such", async () => {
    daemon.instead = () => ({ status: 200, body: "<html>hello</html>" });
    const { own, start } = await started();
    await expect(start()).rejects.toMatchObject({
      code: "PROVIDER_NOT_AVAILABLE",
      message: expect.stringContaining("is no Docker daemon"),
    });
    await own.close();
  });
});

describe("a daemon", () => {
  test.each([
    ["memory-limit", { MemoryLimit: false }],
    ["swap-limit", { SwapLimit: false }],
    ["process-limit", { PidsLimit: false }],
    ["processor-limit", { CpuCfsQuota: false }],
    ["seccomp", { SecurityOptions: ["name=seccomp,profile=unconfined"] }],
    ["seccomp", { SecurityOptions: null }],
    ["linux", { OSType: "windows" }],
  ])("without %s runs nothing, and its health says so", async (layer, lacking) => {
    daemon.info = { ...daemon.info, ...lacking };
    const { own, start } = await started();
    await expect(start()).rejects.toMatchObject({
      code: "CONFIGURATION_ERROR",
      message: expect.stringContaining(`is without ${layer}`),
    });
    const health = await own.health();
    expect(health).toMatchObject({ status: "unhealthy", layers: expect.not.arrayContaining([layer]) });
    expect(health.missing).toContainEqual({ layer, means: expect.stringMatching(/\w/) });
    expect(daemon.asked).not.toContain("POST /containers/create");
    await own.close();
  });

  test("that is well tells its layers", async () => {
    const own = opened(daemon.address);
    const health = await own.health();
    expect(health.status).toBe("healthy");
    expect(health.detail).toContain("Docker 20.10.24 at unix://");
    expect(health.layers).toEqual(
      expect.arrayContaining(["no-network", "read-only-root", "seccomp", "memory-limit"]),
    );
    expect(health.missing?.map(({ layer }) => layer)).toEqual(["apparmor-or-selinux", "user-namespace"]);
    await own.close();
  });

  test("that becomes well is asked anew", async () => {
    daemon.program = (container) => container.exit(0);
    const usual = daemon.info;
    daemon.info = { ...usual, PidsLimit: false };
    const { own, start } = await started();
    await expect(start()).rejects.toMatchObject({ code: "CONFIGURATION_ERROR" });
    daemon.info = usual;
    expect(await (await start()).ended).toMatchObject({ code: 0 });
    await own.close();
  });
});

const STEPS = [
  "GET /info",
  "GET /containers/json",
  "GET /images/busybox:1/json",
  "POST /containers/create",
  "GET /containers/NAME/json",
  "POST /containers/NAME/attach",
  "POST /containers/NAME/start",
];

describe.each(STEPS)("at %s", (step) => {
  test.each([
    ["500", { status: 500, body: { message: "the disk is on fire" } }],
    ["a line that is cut", { status: 0 }],
    ["silence", "silence"],
  ] as const)("%s is a failure that a retry may help, and leaves nothing", async (_what, answer) => {
    const { clock, lose } = impatient();
    daemon.instead = (asked) => {
      if (asked !== step) return undefined;
      if (answer === "silence") lose();
      return answer;
    };
    const { own, start } = await started({ clock });
    await expect(start()).rejects.toMatchObject({
      code: expect.stringMatching(/^PROVIDER_(?:NOT_AVAILABLE|TIMEOUT)$/),
      retryable: true,
    });
    daemon.instead = () => undefined;
    await own.close();
    expect([...daemon.containers.values()].filter(({ isRunning }) => isRunning)).toEqual([]);
    expect(daemon.containers.size).toBe(0);
  });
});

describe("an image", () => {
  test("that is not there is named, with how to get it", async () => {
    daemon.instead = (asked) =>
      asked.startsWith("GET /images/") ? { status: 404, body: { message: "No such image" } } : undefined;
    const { own, start } = await started();
    await expect(start()).rejects.toMatchObject({
      code: "CONFIGURATION_ERROR",
      message: expect.stringContaining("`docker pull busybox:1`"),
    });
    expect(daemon.asked.filter((one) => one.includes("create"))).toEqual([]);
    await own.close();
  });

  test("that declares volumes is refused", async () => {
    daemon.image = { ...daemon.image, Config: { Volumes: { "/data": {} } } };
    const { own, start } = await started();
    await expect(start()).rejects.toMatchObject({
      message: expect.stringContaining("declares volumes (/data)"),
    });
    await own.close();
  });

  test("is recorded by the digest that others can fetch it by", async () => {
    const pushed = `sha256:${"12".repeat(32)}`;
    daemon.image = { ...daemon.image, RepoDigests: [`other@${pushed}`, `busybox@${pushed}`] };
    daemon.program = (container) => container.exit(0);
    const { own, start } = await started();
    expect((await start()).image).toBe(`busybox:1@${pushed}`);
    await own.close();
  });
});
