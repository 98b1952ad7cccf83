// Secrets in an encrypted file of this machine. Changes are made one at a time, whichever process makes them.
import { GleitzeitError, type Instant, instantOf } from "../../domain/index.ts";
import { type Clock, SHORTEST_SECRET } from "../../engine/ports/index.ts";
import {
  changeKey,
  finishChange,
  firstKey,
  readVault,
  type Secrets,
  type VaultFiles,
  writeVault,
} from "./vault-file.ts";

export type VaultEntry = { readonly name: string; readonly created: Instant; readonly changed: Instant };

export type Vault = {
  readonly value: (name: string) => Promise<string | undefined>;
  /** Names and dates, by name. */
  readonly list: () => Promise<readonly VaultEntry[]>;
  readonly set: (name: string, value: string) => Promise<VaultEntry>;
  /** Another value for one that is there. */
  readonly rotate: (name: string, value: string) => Promise<VaultEntry>;
  readonly remove: (name: string) => Promise<void>;
  /** Another key for the vault itself. */
  readonly changeKey: () => Promise<void>;
};

export type VaultOptions = VaultFiles & {
  readonly clock: Clock;
  /** Runs the work while no other process that asks for the same file runs its own. */
  readonly exclusively: <T>(file: string, work: () => Promise<T>) => Promise<T>;
};

/** Longer ones are files, and belong where files are. */
const LONGEST_SECRET = 64 * 1024;

export function vault({ clock, exclusively, ...files }: VaultOptions): Vault {
  const { file } = files;

  const locked = <T>(work: () => Promise<T>): Promise<T> => exclusively(`${file}.lock`, work);

  /** `change` gives back what the vault is to hold. */
  const changed = (change: (secrets: Secrets) => Secrets): Promise<Secrets> =>
    locked(async () => {
      const opened = await readVault(files);
      if (opened) await finishChange(files, opened);
      const secrets = change(opened?.secrets ?? new Map());
      await writeVault(files, opened?.key ?? (await firstKey(files)), secrets);
      return secrets;
    });

  const put = async (name: string, value: string, mayPut: (secrets: Secrets) => void) => {
    refuseValue(name, value);
    const now = instantOf(clock.now());
    const secrets = await changed((before) => {
      mayPut(before);
      const created = before.get(name)?.created ?? now;
      return new Map([...before, [name, { value, created, changed: now }]]);
    });
    return { name, created: secrets.get(name)?.created ?? now, changed: now };
  };

  return {
    value: async (name) => (await readVault(files))?.secrets.get(name)?.value,
    list: async () =>
      [...((await readVault(files))?.secrets ?? [])]
        .map(([name, { created, changed: at }]) => ({ name, created, changed: at }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    set: (name, value) => put(name, value, () => undefined),
    rotate: (name, value) =>
      put(name, value, (secrets) => {
        const standing = secrets.get(name);
        if (!standing) throw unknown(name, secrets);
        if (standing.value === value)
          throw new GleitzeitError("USAGE_ERROR", `\`${name}\` has this value already: give it another one`);
      }),
    remove: async (name) => {
      await changed((before) => {
        if (!before.has(name)) throw unknown(name, before);
        return new Map([...before].filter(([other]) => other !== name));
      });
    },
    changeKey: () =>
      locked(async () => {
        const opened = await readVault(files);
        if (!opened) throw new GleitzeitError("CONFIGURATION_ERROR", `there is no vault ${file} yet`);
        await finishChange(files, opened);
        await changeKey(files, opened.secrets);
      }),
  };
}

const unknown = (name: string, secrets: Secrets): GleitzeitError =>
  new GleitzeitError(
    "CONFIGURATION_ERROR",
    `the vault has no secret \`${name}\`${secrets.size === 0 ? ": it is empty" : `; it has ${[...secrets.keys()].toSorted().join(", ")}`}`,
  );

function refuseValue(name: string, value: string): void {
  const problem =
    value.length < SHORTEST_SECRET
      ? `has fewer than ${SHORTEST_SECRET} characters, and could not be kept out of what calls say`
      : value.length > LONGEST_SECRET
        ? `is longer than ${LONGEST_SECRET} characters`
        : value.includes("\0")
          ? "is no text: there is a zero byte in it"
          : undefined;
  if (problem !== undefined)
    throw new GleitzeitError("USAGE_ERROR", `the value for \`${name}\` ${problem}; nothing was written`);
}
