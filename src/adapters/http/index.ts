export type { AuditDesk, PostedDocument, PostedDocuments } from "./parts.ts";
export { httpServer } from "./server.ts";
