// Model servers on this machine that nobody configured yet: looked for where they usually are, and only told.
import type { Clock, Outbound } from "../../../engine/ports/index.ts";
import { endpoint } from "./endpoint.ts";
import { modelsOf } from "./models.ts";
import { ollama } from "./ollama.ts";

type Discovered = { readonly type: "ollama"; readonly url: string; readonly models: readonly string[] };

const HOST = "http://127.0.0.1";
/** Where Ollama listens, and where further ones of it are started. */
const OLLAMA_PORTS: readonly number[] = [11434, 11435, 11436, 11437, 11438, 11439];
const SILENCE_MS = 2000;
const MOST_BYTES = 1024 * 1024;

export async function discovered(
  outbound: Outbound,
  clock: Clock,
  ports: readonly number[] = OLLAMA_PORTS,
): Promise<readonly Discovered[]> {
  const found = await Promise.all(ports.map((port) => at(`${HOST}:${port}`, outbound, clock)));
  return found.flatMap((one) => one ?? []);
}

/** Undefined where nothing answers as such a server would: that is nothing to complain about. */
async function at(url: string, outbound: Outbound, clock: Clock): Promise<Discovered | undefined> {
  const late = new AbortController();
  const cancel = clock.after(SILENCE_MS, () => late.abort(new Error("too late")));
  try {
    const to = endpoint({ name: "discovered", wire: ollama, url, outbound, clock, mostBytes: MOST_BYTES });
    const all = await modelsOf(to, undefined).all({ signal: late.signal, silenceMs: SILENCE_MS });
    return { type: "ollama", url, models: all.map(({ name }) => name) };
  } catch {
    return undefined;
  } finally {
    cancel();
  }
}
