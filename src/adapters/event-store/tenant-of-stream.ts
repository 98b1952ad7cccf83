import { TENANT_MAIN } from "../../domain/index.ts";

const KINDS_OF_TENANTS = /^(?:run|workflow|schedule|webhook|subject)-([^.]+)\.|^(?:tenant|settings)-(.+)$/;

/** Whose blobs travel with an append to this stream; streams of the installation belong to the default tenant. */
export function tenantOfStream(stream: string): string {
  const [, ofKind, itself] = KINDS_OF_TENANTS.exec(stream) ?? [];
  return ofKind ?? itself ?? TENANT_MAIN;
}
