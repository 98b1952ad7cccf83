// While runs are driven, the configuration is read again when its file changes, and when an operator asks for it. What is
// not valid is refused as a whole: what was in force stays.
import * as config from "../adapters/config/index.ts";
import { asError, GleitzeitError } from "../domain/index.ts";
import type { Log } from "../engine/index.ts";
import type { Base } from "./base.ts";
import type { Changes } from "./providers/declared.ts";

/** What a reading changes beside the settings themselves. */
export type Reloaded = {
  readonly change: (settings: config.Settings) => Promise<Changes>;
  /** So many attempts at once. */
  readonly resize: (slots: number) => void;
};

export async function reloadWhileOpen(base: Base, reloaded: Reloaded): Promise<void> {
  const { closing, clock, outside } = base;
  const log = await base.log();
  const first = await base.settings();
  let isClosed = false;
  let work: Promise<void> = Promise.resolve();
  const again = (): void => {
    work = work.then(async () => {
      if (!isClosed) await reload(base, { first, log, ...reloaded });
    });
  };
  const stop = [
    ...(outside.onReload ? [outside.onReload(again)] : []),
    ...(first.file === undefined
      ? []
      : [config.watchedFile(first.file, (delay, call) => clock.after(delay, call), again)]),
  ];
  closing.add(stop, async (all) => {
    isClosed = true;
    for (const end of all) end();
    await work;
  });
}

type Kit = Reloaded & { readonly first: config.Settings; readonly log: Log };

/** Never fails: what is wrong is told, and changes nothing. */
async function reload(base: Base, { first, log, change, resize }: Kit): Promise<void> {
  try {
    const settings = await base.settingsNow();
    const { file } = settings;
    if (file === undefined && first.file !== undefined) throw gone(first.file);
    const { now } = config.changedSettings(await base.settings(), settings);
    const { added, changed, removed } = await change(settings);
    await base.adopt(settings);
    resize(settings.values.execution.max_parallel_tasks);
    const place = file === undefined ? {} : { file };
    if (added.length + changed.length + removed.length > 0)
      log.warn({ ...place, added, changed, removed }, "the configuration was read again: providers changed");
    else log.info(place, "the configuration was read again: no provider changed");
    if (now.length > 0)
      log.warn({ ...place, settings: now }, "these settings changed, and count from now on");
    const { later } = config.changedSettings(first, settings);
    if (later.length > 0)
      log.warn({ ...place, settings: later }, "these settings changed too, and count from the next start on");
  } catch (error) {
    const fault = asError(error);
    log.error(
      { ...problemsOf(fault) },
      `the configuration was not taken over, what was in force stays: ${fault.message}`,
    );
  }
}

const gone = (file: string): GleitzeitError =>
  new GleitzeitError("CONFIGURATION_ERROR", `there is no configuration file ${file} any more`);

/** Each with its place in the file. */
function problemsOf(fault: Error) {
  if (!(fault instanceof GleitzeitError)) return { error: fault };
  const { code, problems } = fault;
  return {
    code,
    problems: (problems ?? []).map(
      ({ message, file = "", line = 0, column = 0 }) => `${file}:${line}:${column} ${message}`,
    ),
  };
}
