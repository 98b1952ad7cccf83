// Where runs go that leave a store: as the configuration says, else beside what else belongs to the store.
import { resolve } from "node:path";
import type { OpenStore } from "../../open-store.ts";
import type { Base } from "../base.ts";

export async function archiveFolder(base: Base, { auditFolders }: OpenStore): Promise<string | undefined> {
  const { folder, values } = await base.settings();
  const { archive } = values.retention;
  return archive === undefined ? auditFolders?.archives : resolve(folder, archive);
}
