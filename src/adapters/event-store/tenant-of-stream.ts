import { type StreamName, TENANT_MAIN } from "../../domain/index.ts";

/**
 * Whose blobs travel with an append to this stream: `run-acme.0190…` and `tenant-acme` belong to acme, streams
 * of the installation (`audit`, `worker-…`) to the default tenant.
 */
export function tenantOfStream(stream: StreamName): string {
  const dash = stream.indexOf("-");
  const dot = stream.indexOf(".", dash);
  if (dash > 0 && dot > dash + 1) return stream.slice(dash + 1, dot);
  return stream.startsWith("tenant-") ? stream.slice("tenant-".length) : TENANT_MAIN;
}
