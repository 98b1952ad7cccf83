// The one template of every container. Nothing of it comes from a document; of the operator come the sizes alone.
import type { RunId } from "../../domain/index.ts";

export type Sizes = {
  readonly memoryBytes: number;
  readonly cpus: number;
  /** Of `/tmp` and of `/work` each; both lie in memory, and count as such. */
  readonly diskBytes: number;
};

/** Who made a container: labels by which leftovers are known as one's own. */
export type Maker = { readonly installation: string; readonly worker: string };

export const LABELS = {
  installation: "dev.gleitzeit.owner",
  worker: "dev.gleitzeit.worker",
  run: "dev.gleitzeit.run",
} as const;

/** `nobody`, who owns nothing. */
const NOBODY = "65534";
const MOST_PROCESSES = 64;
const MOST_FILES = 1024;
const NANO = 1_000_000_000;
const WORK_FOLDER = "/work";

const scratch = (bytes: number): string =>
  `rw,noexec,nosuid,nodev,size=${bytes},mode=0700,uid=${NOBODY},gid=${NOBODY}`;

const hostConfig = ({ memoryBytes, cpus, diskBytes }: Sizes) => ({
  AutoRemove: false,
  Binds: [],
  CapAdd: [],
  CapDrop: ["ALL"],
  CgroupnsMode: "private" as const,
  Devices: [],
  DeviceRequests: [],
  ExtraHosts: [],
  GroupAdd: [],
  Init: true,
  IpcMode: "none",
  LogConfig: { Type: "none", Config: {} },
  Memory: memoryBytes,
  MemorySwap: memoryBytes,
  Mounts: [],
  NanoCpus: Math.round(cpus * NANO),
  NetworkMode: "none",
  OomKillDisable: false,
  PidMode: "",
  PidsLimit: MOST_PROCESSES,
  PortBindings: {},
  Privileged: false,
  PublishAllPorts: false,
  ReadonlyRootfs: true,
  RestartPolicy: { Name: "no", MaximumRetryCount: 0 },
  SecurityOpt: ["no-new-privileges"],
  Tmpfs: { "/tmp": scratch(diskBytes), [WORK_FOLDER]: scratch(diskBytes) },
  Ulimits: [
    { Name: "core", Soft: 0, Hard: 0 },
    { Name: "nofile", Soft: MOST_FILES, Hard: MOST_FILES },
    { Name: "memlock", Soft: 0, Hard: 0 },
  ],
  UTSMode: "",
  VolumesFrom: [],
});

export type Making = {
  readonly name: string;
  /** By its digest. */
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: RunId;
  readonly maker: Maker;
  readonly sizes: Sizes;
};

export function containerSpec({ name, image, command, env = {}, run, maker, sizes }: Making) {
  const [program, ...args] = command ?? [];
  return {
    name,
    Image: image,
    ...(program !== undefined && { Entrypoint: [program], Cmd: args }),
    User: `${NOBODY}:${NOBODY}`,
    WorkingDir: WORK_FOLDER,
    Env: Object.entries(env).map(([variable, value]) => `${variable}=${value}`),
    Tty: false,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    NetworkDisabled: true,
    Healthcheck: { Test: ["NONE"] },
    Labels: {
      [LABELS.installation]: maker.installation,
      [LABELS.worker]: maker.worker,
      ...(run !== undefined && { [LABELS.run]: run }),
    },
    HostConfig: hostConfig(sizes),
  };
}
