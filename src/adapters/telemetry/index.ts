export { type LogLevel, pinoLog } from "./pino-log.ts";
