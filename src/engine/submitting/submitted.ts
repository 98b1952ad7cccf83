// A run that is submitted and driven by nobody yet: its first event, and nothing else.
import type { Actor } from "../../domain/index.ts";
import { runStream } from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import { VersionConflict } from "../ports/index.ts";
import { type Prepared, sameRequest } from "./submit.ts";

/** False when the name stood for this very request already; for another one it is refused. */
export async function submitted(
  kit: Kit,
  prepared: Prepared,
  tenant: string,
  actor: Actor,
): Promise<boolean> {
  const metadata = { tenant, actor, worker: kit.incarnations.own };
  const first = { type: "RunSubmitted", data: prepared.submission } as const;
  const stream = runStream(prepared.run, tenant);
  const { sealing: key } = prepared;
  const sealedIn = key && { stream, revision: 0, key };
  const { event } = kit.encode(first, metadata, kit.clock.now(), prepared.blobs, sealedIn);
  try {
    await kit.events.append(stream, "none", [event]);
    return true;
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    await sameRequest(kit, prepared, tenant);
    return false;
  }
}
