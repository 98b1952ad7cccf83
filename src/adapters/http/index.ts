export type { PostedDocument, PostedDocuments } from "./parts.ts";
export { httpServer } from "./server.ts";
