// Who is in a process group, as the operating system tells it.
import { readdir, readFile } from "node:fs/promises";

/** Process ids of the living; those that have ended and only wait to be collected do not count. */
export async function groupMembers(group: number): Promise<readonly number[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(ids.map(statusOf));
  return rows.flatMap((row) => (row && row.group === group && row.state !== "Z" ? [row.id] : []));
}

type Row = { readonly id: number; readonly state: string; readonly group: number };

async function statusOf(id: string): Promise<Row | undefined> {
  const text = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
  const [state = "", , group = ""] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return text === "" ? undefined : { id: Number(id), state, group: Number(group) };
}

/** Asks again at once, until it is so: it must become so without anybody's help. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}
