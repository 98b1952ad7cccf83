// Holds a container that was made to its template, before anything runs in it: a daemon leaves out what it cannot
// give, with a warning or without.
import { z } from "zod";
import { type containerSpec, LABELS } from "./template.ts";

export const Inspected = z.object({
  Config: z.object({
    User: z.string(),
    WorkingDir: z.string(),
    Tty: z.boolean(),
    Labels: z.record(z.string(), z.string()),
  }),
  HostConfig: z.record(z.string(), z.unknown()),
  /** Bind mounts and volumes; what lies in memory is not among them. */
  Mounts: z.array(z.unknown()),
  Image: z.string(),
});

type Spec = ReturnType<typeof containerSpec>;

/** What would give a program more than the template does, and is not in it. */
const NOTHING_OF = ["DeviceCgroupRules", "Links", "Sysctls", "UsernsMode", "VolumeDriver", "Dns"];
/** A daemon hides these from every container that it does not trust. */
const HIDDEN = { MaskedPaths: "/proc/kcore", ReadonlyPaths: "/proc/sys" };

/** Empty where the container is what was asked for. */
export function deviations(spec: Spec, { Config, HostConfig, Mounts, Image }: z.infer<typeof Inspected>) {
  const found: string[] = [];
  const hold = (what: string, wanted: unknown, is: unknown): void => {
    if (!isSame(wanted, is)) found.push(`${what} is ${shown(is)}, not ${shown(wanted)}`);
  };
  for (const [key, wanted] of Object.entries(spec.HostConfig)) hold(key, wanted, HostConfig[key]);
  for (const key of NOTHING_OF) hold(key, undefined, HostConfig[key]);
  for (const [key, path] of Object.entries(HIDDEN)) {
    const paths = HostConfig[key];
    if (!Array.isArray(paths) || !paths.includes(path)) found.push(`${key} is without ${path}`);
  }
  hold("Mounts", [], Mounts);
  hold("Image", spec.Image, Image);
  hold("User", spec.User, Config.User);
  hold("WorkingDir", spec.WorkingDir, Config.WorkingDir);
  hold("Tty", spec.Tty, Config.Tty);
  for (const label of Object.values(LABELS))
    hold(
      `label ${label}`,
      Object.entries(spec.Labels).find(([name]) => name === label)?.[1],
      Config.Labels[label],
    );
  return found;
}

/** A daemon may say nothing as null, as an empty list or text, as zero, or not at all. */
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  value === 0 ||
  (typeof value === "object" && Object.keys(value).length === 0);

function isSame(wanted: unknown, is: unknown): boolean {
  if (isNothing(wanted)) return isNothing(is);
  return canonical(wanted) === canonical(is);
}

/** Lists here are sets, and members have no order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).toSorted().join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.toSorted().join()}}`;
}

const shown = (value: unknown): string => (isNothing(value) ? "nothing" : canonical(value).slice(0, 200));
