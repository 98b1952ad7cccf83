// What a daemon says of itself: what containers here stand on, and what its absence would leave open.
import { z } from "zod";
import { errorInfoOf, GleitzeitError } from "../../domain/index.ts";
import type { Clock, Health } from "../../engine/ports/index.ts";
import { type Daemon, daemon as daemonAt } from "./daemon.ts";

const Info = z.object({
  ServerVersion: z.string(),
  OSType: z.string(),
  MemoryLimit: z.boolean(),
  SwapLimit: z.boolean(),
  PidsLimit: z.boolean(),
  CpuCfsQuota: z.boolean(),
  SecurityOptions: z.array(z.string()).nullish(),
});
type Info = z.infer<typeof Info>;

/** Without one of these nothing is run. */
const NEEDED: Readonly<Record<string, readonly [has: (info: Info) => boolean, means: string]>> = {
  linux: [({ OSType }) => OSType === "linux", "only Linux containers can be held to the template"],
  seccomp: [
    (info) => options(info).some((one) => /^name=seccomp,profile=(?:default|builtin)\b/.test(one)),
    "a program could make every system call there is",
  ],
  "memory-limit": [({ MemoryLimit }) => MemoryLimit, "a program could take all memory of this machine"],
  "swap-limit": [({ SwapLimit }) => SwapLimit, "a program could fill this machine's swap space"],
  "process-limit": [({ PidsLimit }) => PidsLimit, "a program could start processes without end"],
  "processor-limit": [({ CpuCfsQuota }) => CpuCfsQuota, "a program could keep every processor busy"],
};

/** Further layers that a daemon has or has not; they are told, not asked for. */
const MORE: Readonly<Record<string, readonly [has: (info: Info) => boolean, means: string]>> = {
  "apparmor-or-selinux": [
    (info) => options(info).some((one) => /^name=(?:apparmor|selinux)\b/.test(one)),
    "the kernel's namespaces and seccomp alone keep a program inside",
  ],
  "user-namespace": [
    (info) => options(info).some((one) => /^name=(?:userns|rootless)\b/.test(one)),
    "who broke out would be this machine's user 65534; root only by a fault of the kernel",
  ],
};

const OF_THE_TEMPLATE = ["no-network", "read-only-root", "no-capabilities", "no-new-privileges"];

const options = ({ SecurityOptions }: Info): readonly string[] => SecurityOptions ?? [];

const lackingOf = (info: Info, wanted: typeof NEEDED) =>
  Object.entries(wanted).flatMap(([layer, [has, means]]) => (has(info) ? [] : [{ layer, means }]));

const infoOf = ({ ask, docker }: Daemon): Promise<Info> =>
  ask("tell what it can do", Info, () => docker.info(), 5_000);

/** CONFIGURATION_ERROR for a daemon that cannot give what every container here must have. */
export async function checkAbilities(daemon: Daemon): Promise<void> {
  const lacking = lackingOf(await infoOf(daemon), NEEDED);
  if (lacking.length === 0) return;
  const told = lacking.map(({ layer, means }) => `${layer} (${means})`).join(", ");
  throw new GleitzeitError(
    "CONFIGURATION_ERROR",
    `the Docker daemon at ${daemon.address} is without ${told}: nothing is run there`,
    { details: { missing: lacking.map(({ layer }) => layer) } },
  );
}

/** Of whatever answers at an address, or does not. */
export const daemonHealth = (address: string, clock: Clock): Promise<Health> =>
  abilities(daemonAt(address, clock));

export async function abilities(daemon: Daemon): Promise<Health> {
  try {
    return await abilitiesOf(daemon);
  } catch (error) {
    return { status: "unhealthy", detail: errorInfoOf(error).message };
  }
}

async function abilitiesOf(daemon: Daemon): Promise<Health> {
  const info = await infoOf(daemon);
  const detail = `Docker ${info.ServerVersion} at ${daemon.address}`;
  const lacking = lackingOf(info, NEEDED);
  const missing = [...lacking, ...lackingOf(info, MORE)];
  const has = (layer: string): boolean => !missing.some((one) => one.layer === layer);
  const layers = [...OF_THE_TEMPLATE, ...[...Object.keys(NEEDED), ...Object.keys(MORE)].filter(has)];
  if (lacking.length === 0) return { status: "healthy", detail, layers, missing };
  return { status: "unhealthy", detail: `${detail}: nothing is run there`, layers, missing };
}
