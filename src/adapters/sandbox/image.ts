// Asks a locked-down child for the memory of a freshly loaded interpreter; the child itself can write nowhere.
import { z } from "zod";
import type { Clock, Processes } from "../../engine/ports/index.ts";
import { BootFailure } from "./interpreter.ts";

const MAX_IMAGE_BYTES = 256 * 1024 * 1024;

/** The image follows this line. */
const Header = z.strictObject({ t: z.literal("snapshot"), size: z.number().int().positive() });

export async function memoryImage(
  processes: Pick<Processes, "spawn">,
  clock: Clock,
  bootMs: number,
  program: { readonly language: string; readonly command: string; readonly args: readonly string[] },
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const group = await processes.spawn({
    command: program.command,
    args: program.args,
    env: {},
    cwd: "/",
    onStdout: (bytes) => parts.push(bytes),
    maxStdoutBytes: MAX_IMAGE_BYTES,
  });
  const cancel = clock.after(bootMs, () => void group.kill());
  const end = await group.ended;
  cancel();
  const written = Buffer.concat(parts);
  const image = written.subarray(written.indexOf("\n") + 1);
  const size = announcedSize(written);
  if (end.code === 0 && size === image.length) return image;
  throw new BootFailure(program.language, end, {
    reason: "boot",
    message: written.subarray(0, 1000).toString("latin1"),
  });
}

function announcedSize(written: Buffer): number | undefined {
  try {
    return Header.parse(JSON.parse(written.subarray(0, written.indexOf("\n")).toString("utf8"))).size;
  } catch {
    return undefined;
  }
}
