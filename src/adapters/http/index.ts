// The server: routes, streams and the OpenAPI document, on the engine that the command line has.

export type { AuditDesk, ExportDesk, PostedDocument, PostedDocuments } from "./parts.ts";
export { httpServer } from "./server.ts";
