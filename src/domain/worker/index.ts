// Processes that drive runs, as the log knows them.

export { readWorkerEvent, WORKER_EVENT_VERSION, type WorkerEvent, workerStream } from "./worker-events.ts";
