// What the command line asks of all runs and workflows together, from the store that is open here.
import type { Answers, Auditing, Driving, Reading } from "../adapters/cli/index.ts";
import { sha256 } from "../adapters/host/index.ts";
import {
  type Clock,
  failureCauses,
  registeredWorkflow,
  registeredWorkflows,
  runList,
  type SettingsDesk,
  statusDocument,
  versionDocument,
} from "../engine/index.ts";
import type { Documents } from "./documents/documents.ts";

type Given = {
  readonly clock: Clock;
  readonly reading: () => Promise<Reading>;
  readonly driving: () => Promise<Driving>;
  readonly auditing: () => Promise<Auditing>;
  readonly settings: () => Promise<SettingsDesk>;
  readonly registration: Documents["registration"];
};

export function answersOf({ clock, reading, driving, auditing, settings, registration }: Given): Answers {
  const registry = async () => ({ ...(await reading()), sha256 });
  return {
    runs: async (query) => runList(await reading(), query),
    status: async () =>
      statusDocument(await reading(), clock.now(), {
        signed: await (await auditing()).latest(),
        flags: await (await settings()).flags(),
      }),
    failures: async (asked) => failureCauses(await reading(), asked),
    workflows: async () => registeredWorkflows(await registry()),
    workflow: async (name, version) => registeredWorkflow(await registry(), name, version),
    register: async (path, reason) => {
      const request = await registration(path, reason);
      const { engine, actor, nameOf } = await driving();
      const done = await engine.register(request, actor);
      return { created: done.created, ...(await versionDocument({ nameOf }, done.registration, true)) };
    },
  };
}
