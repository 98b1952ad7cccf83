// Every field that a container is made with, as the daemon hears it: whatever is not here is not asked for.
import { afterEach, beforeEach, expect, test } from "vitest";
import { isObject, type Json, RunId } from "../../../src/domain/index.ts";
import { DIGEST, type FakeDocker, fakeDocker } from "./fake-docker.ts";
import { opened } from "./opened.ts";

let daemon: FakeDocker;
beforeEach(async () => {
  daemon = await fakeDocker();
  daemon.program = (container) => container.exit(0);
});
afterEach(() => daemon.close());

const run = RunId.parse("0191f3a1-7c00-7000-8000-000000000001");
const SCRATCH = "rw,noexec,nosuid,nodev,size=4194304,mode=0700,uid=65534,gid=65534";

const TEMPLATE = {
  AutoRemove: false,
  Binds: [],
  CapAdd: [],
  CapDrop: ["ALL"],
  CgroupnsMode: "private",
  Devices: [],
  DeviceRequests: [],
  ExtraHosts: [],
  GroupAdd: [],
  Init: true,
  IpcMode: "none",
  LogConfig: { Type: "none", Config: {} },
  Memory: 64 * 1024 ** 2,
  MemorySwap: 64 * 1024 ** 2,
  Mounts: [],
  NanoCpus: 500_000_000,
  NetworkMode: "none",
  OomKillDisable: false,
  PidMode: "",
  PidsLimit: 64,
  PortBindings: {},
  Privileged: false,
  PublishAllPorts: false,
  ReadonlyRootfs: true,
  RestartPolicy: { Name: "no", MaximumRetryCount: 0 },
  SecurityOpt: ["no-new-privileges"],
  Tmpfs: { "/tmp": SCRATCH, "/work": SCRATCH },
  Ulimits: [
    { Name: "core", Soft: 0, Hard: 0 },
    { Name: "nofile", Soft: 1024, Hard: 1024 },
    { Name: "memlock", Soft: 0, Hard: 0 },
  ],
  UTSMode: "",
  VolumesFrom: [],
};

test("a container is made of this and nothing else", async () => {
  const specs: Json[] = [];
  daemon.program = (container) => {
    specs.push(container.spec);
    container.exit(0);
  };
  const own = opened(daemon.address);
  const given = { image: "busybox:1", command: ["echo", "$HOME; ls"], env: { A: "b=c" }, run };
  await (await own.start({ ...given, onStdout: () => undefined })).ended;
  await own.close();
  expect(specs).toEqual([
    {
      name: expect.stringMatching(/^gleitzeit-[0-9a-f-]{36}$/),
      Image: DIGEST,
      Entrypoint: ["echo"],
      Cmd: ["$HOME; ls"],
      User: "65534:65534",
      WorkingDir: "/work",
      Env: ["A=b=c"],
      Tty: false,
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      NetworkDisabled: true,
      Healthcheck: { Test: ["NONE"] },
      Labels: {
        "dev.gleitzeit.owner": "this-installation",
        "dev.gleitzeit.worker": "this-process",
        "dev.gleitzeit.run": run,
      },
      HostConfig: TEMPLATE,
    },
  ]);
});

test("it is looked at before it is started, and gone before its end is told", async () => {
  const own = opened(daemon.address);
  await (await own.start({ image: "busybox:1", onStdout: () => undefined })).ended;
  expect(daemon.asked).toEqual([
    "GET /info",
    "GET /containers/json",
    "GET /images/busybox:1/json",
    "POST /containers/create",
    "GET /containers/NAME/json",
    "POST /containers/NAME/attach",
    "POST /containers/NAME/start",
    "POST /containers/NAME/wait",
    "GET /containers/NAME/json",
    "DELETE /containers/NAME",
  ]);
  expect(daemon.containers.size).toBe(0);
  await own.close();
});

/** What a daemon could make of it instead, field by field. */
const WEAKER: Readonly<Record<keyof typeof TEMPLATE, Json>> = {
  AutoRemove: true,
  Binds: ["/:/host"],
  CapAdd: ["SYS_ADMIN"],
  CapDrop: ["NET_RAW"],
  CgroupnsMode: "host",
  Devices: [{ PathOnHost: "/dev/sda" }],
  DeviceRequests: [{ Driver: "gpu" }],
  ExtraHosts: ["host:127.0.0.1"],
  GroupAdd: ["0"],
  Init: null,
  IpcMode: "host",
  LogConfig: { Type: "json-file", Config: {} },
  Memory: 0,
  MemorySwap: -1,
  Mounts: [{ Type: "bind" }],
  NanoCpus: 0,
  NetworkMode: "bridge",
  OomKillDisable: true,
  PidMode: "host",
  PidsLimit: null,
  PortBindings: { "80/tcp": [{ HostPort: "80" }] },
  Privileged: true,
  PublishAllPorts: true,
  ReadonlyRootfs: false,
  RestartPolicy: { Name: "always", MaximumRetryCount: 0 },
  SecurityOpt: null,
  Tmpfs: { "/tmp": "rw" },
  Ulimits: null,
  UTSMode: "host",
  VolumesFrom: ["other"],
};

const OTHERWISE: readonly (readonly [string, Json])[] = [
  ["Sysctls", { "net.ipv4.ip_forward": "1" }],
  ["UsernsMode", "host"],
  ["DeviceCgroupRules", ["a *:* rwm"]],
  ["SecurityOpt", ["no-new-privileges", "seccomp=unconfined"]],
  ["MaskedPaths", []],
  ["ReadonlyPaths", null],
];

test.each([...Object.entries(WEAKER), ...OTHERWISE])(
  "a daemon that makes %s %j of it runs nothing",
  async (field, weaker) => {
    daemon.made = (inspected) => {
      const { HostConfig = {} } = inspected;
      return { ...inspected, HostConfig: { ...(isObject(HostConfig) && HostConfig), [field]: weaker } };
    };
    const own = opened(daemon.address);
    const start = own.start({ image: "busybox:1", onStdout: () => undefined });
    await expect(start).rejects.toMatchObject({
      code: "CONFIGURATION_ERROR",
      message: expect.stringMatching(new RegExp(`does not give .* ${field} is .*Nothing was run`)),
    });
    expect(daemon.asked).not.toContain("POST /containers/NAME/start");
    expect(daemon.containers.size).toBe(0);
    await own.close();
  },
);

test.each([
  ["User", { Config: { User: "root", WorkingDir: "/work", Tty: false, Labels: {} } }],
  [
    "label dev.gleitzeit.owner",
    { Config: { User: "65534:65534", WorkingDir: "/work", Tty: false, Labels: {} } },
  ],
  ["Mounts", { Mounts: [{ Type: "volume", Destination: "/data" }] }],
  ["Image", { Image: `sha256:${"cd".repeat(32)}` }],
])("nor one that changes its %s", async (what, changed) => {
  daemon.made = (inspected) => ({ ...inspected, ...changed });
  const own = opened(daemon.address);
  const start = own.start({ image: "busybox:1", onStdout: () => undefined });
  await expect(start).rejects.toMatchObject({ message: expect.stringContaining(`${what} is `) });
  expect(daemon.asked).not.toContain("POST /containers/NAME/start");
  expect(daemon.containers.size).toBe(0);
  await own.close();
});
