// Lists of what was erased, in GLEITZEIT_HOME: apart from all stores, so that no backup brings it back.
import { join } from "node:path";

export async function erasedIn(home: string) {
  const { erasedNames, erasureList } = await import("../adapters/keys/index.ts");
  return {
    keys: erasureList(join(home, "erasures.jsonl")),
    names: erasedNames(join(home, "erased-names.jsonl")),
  };
}
