// A Docker daemon of one's own, in a folder of its own, with two images made of what this machine has: `busybox` and
// `python`. Root alone may start one; where that cannot be, it is said why. GLEITZEIT_TEST_DOCKER_HOST names one that runs.
import { execFile, spawn } from "node:child_process";
import { access, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Dockerode from "dockerode";
import { until } from "../processes/group-members.ts";

const run = promisify(execFile);

export type RealDocker = {
  /** Why there is none. */
  readonly missing?: string;
  readonly address: string;
  readonly docker: Dockerode;
  readonly close: () => Promise<void>;
};

export const BUSYBOX = "gleitzeit-test/busybox:1";
export const PYTHON = "gleitzeit-test/python:3";

const PACKAGES = ["docker.io", "iptables", "busybox-static", "python3"];
const NEEDED = ["/usr/sbin/dockerd", "/bin/busybox", "/usr/bin/python3"];
const APPLETS =
  "sh cat tar echo sleep ls id head dd true false printf kill env touch mkdir ln mknod yes seq rm pwd mount ping nproc wc grep tail nc sort";

export async function realDocker(): Promise<RealDocker> {
  const { GLEITZEIT_TEST_DOCKER_HOST: given } = process.env;
  try {
    return given === undefined ? await ownDaemon() : await withImages(given, async () => undefined);
  } catch (error) {
    const why =
      error instanceof Error ? error.message.trim().split("\n").slice(0, 3).join(" ") : String(error);
    return {
      missing: `no Docker daemon can be used here: ${why}`,
      address: "",
      docker: new Dockerode(),
      close: async () => undefined,
    };
  }
}

async function ownDaemon(): Promise<RealDocker> {
  if (process.getuid?.() !== 0)
    throw new Error("only root may start dockerd (GLEITZEIT_TEST_DOCKER_HOST names a running one)");
  await installed();
  const folder = await mkdtemp(join(tmpdir(), "gz-docker-"));
  const socket = join(folder, "docker.sock");
  const places = [
    "--data-root",
    join(folder, "data"),
    "--exec-root",
    join(folder, "exec"),
    "--pidfile",
    join(folder, "pid"),
  ];
  const daemon = spawn(
    "/usr/sbin/dockerd",
    [...places, "-H", `unix://${socket}`, "--iptables=false", "--ip6tables=false", "--bridge=none"],
    {
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let said = "";
  daemon.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2000);
  });
  const gone = new Promise<void>((resolve) => daemon.once("close", () => resolve()));
  const close = async () => {
    daemon.kill("SIGTERM");
    await gone;
    await run("sh", ["-c", 'for m in $(grep -o "$0[^ ]*" /proc/mounts); do umount -l "$m"; done', folder]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await until(async () => daemon.exitCode !== null || (await answers(socket)));
    if (daemon.exitCode !== null) throw new Error(`dockerd ended: ${lastWords(said)}`);
    return await withImages(`unix://${socket}`, close);
  } catch (error) {
    await close();
    throw error;
  }
}

const lastWords = (said: string): string => said.trim().split("\n").at(-1) ?? "";

const answers = (socketPath: string): Promise<boolean> =>
  new Dockerode({ socketPath }).ping().then(
    () => true,
    () => false,
  );

async function installed(): Promise<void> {
  if (await all(NEEDED)) return;
  const install = ["install", "-y", "--no-install-recommends", ...PACKAGES];
  await run("apt-get", install, {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    timeout: 120_000,
  }).catch((error: unknown) => {
    throw new Error(`apt-get install ${PACKAGES.join(" ")} failed: ${lastWords(String(error))}`);
  });
}

const all = (paths: readonly string[]): Promise<boolean> =>
  Promise.all(paths.map((path) => access(path))).then(
    () => true,
    () => false,
  );

async function withImages(address: string, close: () => Promise<void>): Promise<RealDocker> {
  const docker = new Dockerode({ socketPath: address.replace(/^unix:\/\//, "") });
  await imported(docker, BUSYBOX, await busyboxTar());
  await imported(docker, PYTHON, await pythonTar());
  await docker.getImage(BUSYBOX).tag({ repo: "busybox", tag: "1.36" });
  await docker.getImage(PYTHON).tag({ repo: "python", tag: "3.12-slim" });
  return { address, docker, close };
}

async function imported(docker: Dockerode, name: string, tar: Tar): Promise<void> {
  const [repo = "", tag = ""] = name.split(":");
  const packed = spawn("tar", tar.args, { stdio: ["ignore", "pipe", "ignore"] });
  const answer = await docker.importImage(packed.stdout, { repo, tag });
  await new Promise((resolve, reject) =>
    docker.modem.followProgress(answer, (error, all) => (error ? reject(error) : resolve(all))),
  );
  await tar.remove();
}

type Tar = { readonly args: readonly string[]; readonly remove: () => Promise<void> };

async function busyboxTar(): Promise<Tar> {
  const root = await mkdtemp(join(tmpdir(), "gz-busybox-"));
  await mkdir(join(root, "bin"));
  await mkdir(join(root, "tmp"), { mode: 0o755 });
  await run("cp", ["/bin/busybox", join(root, "bin/busybox")]);
  for (const applet of APPLETS.split(" ")) await symlink("busybox", join(root, "bin", applet));
  await writeFile(join(root, "secret"), "root's own", { mode: 0o600 });
  return { args: ["-C", root, "-c", "."], remove: () => rm(root, { recursive: true }) };
}

/** The interpreter, its library, and the shared libraries that any of it needs. */
async function pythonTar(): Promise<Tar> {
  const { stdout } = await run("/usr/bin/python3", [
    "-c",
    "import sys, sysconfig; print(sys.version_info[1], sysconfig.get_path('stdlib'))",
  ]);
  const [minor = "", library = ""] = stdout.trim().split(" ");
  const program = `/usr/bin/python3.${minor}`;
  const { stdout: linked } = await run("sh", [
    "-c",
    `ldd ${program} ${library}/lib-dynload/*.so | grep -o '/[^ )]*\\.so[^ )]*' | grep -v lib-dynload | tr -d : | sort -u`,
  ]);
  const without = [
    "test",
    "tests",
    "__pycache__",
    "config-*",
    "idlelib",
    "lib2to3",
    "ensurepip",
    "dist-packages",
    "tkinter",
  ];
  const files = ["usr/bin/python3", program, library, ...linked.trim().split("\n")].map((path) =>
    path.replace(/^\//, ""),
  );
  return {
    args: ["-C", "/", "-c", ...without.map((name) => `--exclude=${name}`), "--dereference", ...files],
    remove: async () => undefined,
  };
}
