// Keys of subjects for a store that lives as long as the process.
import { randomBytes } from "node:crypto";
import type { Destroyed, SealKey, SubjectKeys } from "../../engine/ports/index.ts";
import { sealKey } from "./seal-key.ts";

export function memorySubjectKeys(isAll = false): SubjectKeys {
  const keys = new Map<string, SealKey>();
  const destroyed: Destroyed[] = [];
  const nameOf = (tenant: string, subject: string): string => `${tenant} ${subject}`;

  return {
    keyFor: async (tenant, subject = isAll ? "tenant" : undefined) => {
      if (subject === undefined) return undefined;
      const name = nameOf(tenant, subject);
      const key = keys.get(name) ?? sealKey(`${subject}.${randomBytes(8).toString("hex")}`, randomBytes(32));
      keys.set(name, key);
      return key;
    },
    keyOf: async (tenant, keyId) => {
      const key = keys.get(nameOf(tenant, keyId.slice(0, keyId.lastIndexOf("."))));
      return key?.id === keyId ? key : undefined;
    },
    destroy: async (tenant, subject) => {
      const key = keys.get(nameOf(tenant, subject));
      keys.delete(nameOf(tenant, subject));
      if (key) destroyed.push({ tenant, subject, keyId: key.id });
      return destroyed
        .filter((one) => one.tenant === tenant && one.subject === subject)
        .map(({ keyId }) => keyId);
    },
    destroyed: async () => destroyed,
  };
}
