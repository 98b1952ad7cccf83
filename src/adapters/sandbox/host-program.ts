// A script as an ordinary process of the host, in a folder of its own that goes with it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Processes, StartScript } from "../../engine/ports/index.ts";

/** `path`: where programs are looked for; nothing else of the environment is handed on. */
export const hostProgram =
  (processes: Processes, path: string): StartScript =>
  async (script) => {
    const [program = "", ...args] = script.command;
    const cwd = await mkdtemp(join(tmpdir(), "gleitzeit-script-"));
    const remove = (): Promise<void> => rm(cwd, { recursive: true, force: true });
    try {
      const env = { PATH: path, HOME: cwd, TMPDIR: cwd, LANG: "C.UTF-8" };
      const group = await processes.spawn({
        command: program,
        args,
        env,
        cwd,
        onStdout: (bytes) => script.onStdout(bytes),
      });
      const ended = group.ended.finally(remove);
      return {
        ...group,
        ended,
        kill: () => {
          void group.kill();
          return ended;
        },
      };
    } catch (error) {
      await remove();
      throw error;
    }
  };
