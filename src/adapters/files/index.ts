// Users' files as a run sees them: found, captured, and nothing else read.

export { fileCapture } from "./file-capture.ts";
export { globMatches } from "./glob.ts";
export { listBatch } from "./list-batch.ts";
