// What a rig's store is to whoever reads runs back.
import { memorySubjectKeys } from "../../src/adapters/keys/index.ts";
import type { Store } from "../../src/engine/ports/index.ts";
import type { Reading } from "../../src/engine/reading/reading.ts";
import { KEYS, type Rig, TENANT } from "./rig.ts";

export const reading = ({ store, engine }: Pick<Rig, "store" | "engine">, seen: Store = store): Reading => ({
  store: { ...seen, seals: memorySubjectKeys() },
  place: "memory:",
  exists: true,
  tenant: TENANT,
  readModels: () => Promise.reject(new Error("not asked")),
  keys: async () => KEYS,
  isAlive: (one) => engine.isAlive(one),
  nameOf: async () => undefined,
});
