// An endpoint that is a program: one message a line. What it writes beside messages is left aside.
//
// 1. A call that is left is told to it where it knows that, and must be answered soon; elsewhere it must answer
//    anything. A program that does neither still works on what nobody wants, and is ended.
import { type ErrorInfo, errorInfo, errorInfoOf, GleitzeitError } from "../../../domain/index.ts";
import { lineProgram, type SpokenProgram } from "../../../engine/ports/index.ts";
import { heard, noticeText, requestText } from "./message.ts";
import type { Reply } from "./reply.ts";
import {
  abortError,
  named,
  PROOF_OF_LIFE,
  type Question,
  type RpcSession,
  reasonOf,
  SETTLE_MS,
  type SessionOptions,
} from "./session.ts";
import { waitingCalls } from "./waiting-calls.ts";

export async function programSession(
  program: SpokenProgram,
  { name, clock, mostBytes }: SessionOptions,
): Promise<RpcSession> {
  const who = named(name);
  const calls = waitingCalls(who);
  let noise = "";
  const spoken = lineProgram(program, {
    who,
    clock,
    mostBytes,
    onLine: (line) => {
      const said = heard(line);
      if (said.kind === "noise" && line.trim() !== "") noise = line;
      const problem = calls.hear(said);
      if (problem !== undefined) spoken.cut(errorInfo("PROVIDER_ERROR", problem));
    },
    onEnd: () => calls.failAll(thrown(spoken.fate() ?? CLOSED)),
  });
  await spoken.start();

  const tell = (text: string): void => {
    // Whoever does not hear it has ended, which is told by `ended`.
    spoken.send(text).catch((error: unknown) => spoken.cut(fateOf(error)));
  };

  const leave = (id: number, { stops = false, signal }: Question): void => {
    const late = clock.after(SETTLE_MS, () => spoken.cut(stubborn(who, stops)));
    if (stops) {
      calls.leave(id, late);
      tell(noticeText("cancel", { id, ...reasonOf(signal) }));
    } else {
      calls.leave(id);
      const nobody = (): void => undefined;
      const proof = calls.add({ take: nobody, fail: nobody });
      calls.leave(proof, late);
      tell(requestText(proof, PROOF_OF_LIFE, undefined));
    }
  };

  return {
    ask: (question) =>
      new Promise<Reply>((resolve, reject) => {
        const { method, params, signal, onTold, text } = question;
        if (signal.aborted) return reject(abortError(signal));
        if (spoken.fate()) return reject(thrown(spoken.fate() ?? CLOSED));
        const stop = (): void => {
          leave(id, question);
          reject(abortError(signal));
        };
        const done = (): void => signal.removeEventListener("abort", stop);
        const id = calls.add({
          take: (reply) => {
            done();
            resolve(reply);
          },
          fail: (error) => {
            done();
            reject(error);
          },
          onTold,
        });
        signal.addEventListener("abort", stop, { once: true });
        spoken.send(text?.(id) ?? requestText(id, method, params)).catch((error: unknown) => {
          calls.leave(id);
          done();
          reject(thrown(fateOf(error)));
        });
      }),
    fate: spoken.fate,
    ended: spoken.ended,
    lasts: true,
    cut: spoken.cut,
    noise: () => noise,
    close: spoken.close,
  };
}

const CLOSED = errorInfo("SYSTEM_SHUTDOWN", "the connection is closed");

const thrown = ({ code, message }: ErrorInfo): GleitzeitError => new GleitzeitError(code, message);

const fateOf = (error: unknown): ErrorInfo => errorInfoOf(error, "CONNECTION_LOST");

const stubborn = (who: string, stops: boolean): ErrorInfo =>
  errorInfo(
    "PROVIDER_TIMEOUT",
    stops
      ? `${who} did not stop a call that was cancelled; it was ended`
      : `${who} does not answer any more; it was ended`,
  );
