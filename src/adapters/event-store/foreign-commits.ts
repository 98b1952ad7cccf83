// Notices what other processes commit by looking: SQLite tells nobody, and the file's own events never stop.
const ALONE_MS = 50;
const TOGETHER_MS = 2;
/** After another process has committed, it is expected to go on for about three seconds. */
const LOOKS_TOGETHER = 1_500;

export type ForeignCommits = { start(): void; stop(): void };

/** `look` answers whether there was anything new. Looks only between start and stop; keeps no process alive. */
export function foreignCommits(look: () => boolean): ForeignCommits {
  let timer: NodeJS.Timeout | undefined;
  let together = 0;

  function next(): void {
    timer = setTimeout(
      () => {
        together = look() ? LOOKS_TOGETHER : together - 1;
        if (timer) next();
      },
      together > 0 ? TOGETHER_MS : ALONE_MS,
    ).unref();
  }

  return {
    start() {
      if (!timer) next();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
