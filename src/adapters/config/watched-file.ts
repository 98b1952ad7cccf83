// Tells when a file became another one, however it is replaced: written over, renamed onto, or by a link that is turned.
import { unwatchFile, watchFile } from "node:fs";

const LOOK_MS = 1000;
/** Nobody reads a file that is being written. */
const SETTLE_MS = 500;

type After = (delay: number, call: () => void) => () => void;

/** Answers how to stop; keeps no process alive. */
export function watchedFile(file: string, after: After, changed: () => void): () => void {
  let callOff = (): void => undefined;
  const look = (): void => {
    callOff();
    callOff = after(SETTLE_MS, changed);
  };
  watchFile(file, { interval: LOOK_MS, persistent: false }, look);
  return () => {
    callOff();
    unwatchFile(file, look);
  };
}
