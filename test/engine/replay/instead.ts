// Another document than the recorded one, as whoever asks for a replay hands it over.
import type { Definition } from "../../../src/domain/index.ts";
import type { Store } from "../../../src/engine/ports/index.ts";
import { otherDocument } from "../../../src/engine/replay/other-document.ts";
import type { ReplayOptions } from "../../../src/engine/replay/replay-run.ts";
import type { CapturedWorkflows } from "../../../src/engine/submitting/captured-workflows.ts";
import { TENANT } from "../rig.ts";
import { replayHost } from "./replaying.ts";

export const instead = (
  store: Store,
  definition: Definition,
  workflows?: CapturedWorkflows,
): NonNullable<ReplayOptions["against"]> =>
  otherDocument(replayHost(store), {
    tenant: TENANT,
    definition,
    files: [],
    ...(workflows && { workflows }),
  });
