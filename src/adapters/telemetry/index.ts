// The log of the process, for operators.

export { type LogLevel, pinoLog } from "./pino-log.ts";
