// Log lines by pino: JSON, one a line, secrets blotted out whatever anybody hands over.
import { pino } from "pino";
import type { Log } from "../../engine/ports/index.ts";

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

const SECRET = ["password", "secret", "token", "authorization", "apiKey", "api_key"];

/** Lines from another level on, from now on. */
export type LeveledLog = Log & { readonly setLevel: (level: LogLevel) => void };

/** `write` takes whole lines, line break included. */
export function pinoLog(level: LogLevel, write: (line: string) => void): LeveledLog {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.errWithCause },
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[redacted]" },
    },
    { write },
  );
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    setLevel: (next) => {
      logger.level = next;
    },
  };
}
