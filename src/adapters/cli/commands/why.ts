// why RUN [TASK]: what it waits for, or what led here, in sentences, from the log.

import { isFinal } from "../../../domain/index.ts";
import { findRun, historyOf, type RunReport, reportOf } from "../../../engine/index.ts";
import { askedOf } from "../asked.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import type { Reading } from "../parts.ts";
import type { Reason } from "../reason.ts";
import { reasonsOf, reasonsOfRun, type Standing } from "../reasons.ts";
import { taskNamed } from "../task-named.ts";
import { lines } from "../view/text.ts";

export const why: Command = async ({ args: [text = "", task] }, context) => {
  const reading = await context.parts.reading();
  const history = await historyOf(reading, await findRun(reading, text));
  const report = await reportOf(reading, history);
  const standing: Standing = {
    report,
    asked: await askedOf(reading, history),
    isDriven: await isDriven(reading, report),
    now: context.parts.clock.now(),
  };
  const about = task === undefined ? undefined : taskNamed(report, task);
  const reasons = about === undefined ? reasonsOfRun(standing) : reasonsOf(standing, about.detail.id);
  const document = {
    runId: history.run,
    status: history.detail.status,
    ...(about && { task: { id: about.detail.id, status: about.detail.status } }),
    reasons: reasons.map(reasonDocument),
  };
  answer(context, document, () => reasons.map(({ text: one }) => `${lines(one)}\n`).join(""));
  return EXIT.done;
};

const reasonDocument = ({ task, kind, text }: Reason) => ({
  ...(task !== undefined && { task }),
  kind,
  text,
});

const isDriven = async ({ isAlive }: Reading, { history: { detail } }: RunReport): Promise<boolean> =>
  isFinal(detail.status) || (detail.owner !== undefined && (await isAlive(detail.owner)));
