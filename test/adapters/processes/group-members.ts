// Who is in a process group, as the operating system tells it.
import { readdir, readFile } from "node:fs/promises";

/** Process ids of the living; those that have lost their memory, and only wait to be collected, do not count. */
export async function groupMembers(group: number): Promise<readonly number[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(ids.map(statusOf));
  return rows.flatMap((row) => (row && row.group === group && row.memory > 0 ? [row.id] : []));
}

/** Processor time that the living members have used so far, in ticks of 10 ms. */
export async function groupTicks(group: number): Promise<number> {
  const rows = await Promise.all((await groupMembers(group)).map((id) => statusOf(String(id))));
  return rows.reduce((sum, row) => sum + (row?.ticks ?? 0), 0);
}

type Row = { readonly id: number; readonly group: number; readonly ticks: number; readonly memory: number };

async function statusOf(id: string): Promise<Row | undefined> {
  const text = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const numbers = [2, 11, 12, 20].map((i) => Number(fields[i]));
  const [group = 0, user = 0, system = 0, memory = 0] = numbers;
  return text === "" ? undefined : { id: Number(id), group, ticks: user + system, memory };
}

/** Asks again at once, until it is so: it must become so without anybody's help. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}
