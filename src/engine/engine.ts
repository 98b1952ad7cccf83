// The engine's door: submit, drive, ask. One path for the command line, services and everything else.
import { Subject } from "rxjs";
import type { Actor, RunCommand, RunId } from "../domain/index.ts";
import { nursery } from "./children/nursery.ts";
import type { Engine, OwnEngine } from "./door.ts";
import type { LiveEvent } from "./driven.ts";
import { beginning } from "./driving/beginning.ts";
import { type Chunk, drivers } from "./driving/drivers.ts";
import { loadRun } from "./driving/load.ts";
import { posted } from "./driving/posted.ts";
import { commandOf, type Requested, requestOf } from "./driving/requests.ts";
import { type Start, starting } from "./driving/starting.ts";
import { type TakeUp, takingUp } from "./driving/taking-up.ts";
import { work } from "./driving/worker.ts";
import { forks } from "./forking/forks.ts";
import type { Host, Kit } from "./host.ts";
import { encoder } from "./log/encode.ts";
import { graphs as graphsOf } from "./log/graphs.ts";
import { valueCache } from "./log/value-cache.ts";
import { registered } from "./registered/register.ts";
import { admission } from "./settings/admission.ts";
import { keptSettings } from "./settings/kept-settings.ts";
import { subjects } from "./subjects/door.ts";
import { prepare } from "./submitting/submit.ts";
import { submitted } from "./submitting/submitted.ts";

export function openEngine(host: Host): OwnEngine {
  const { own } = host.incarnations;
  const kit: Kit = {
    ...host,
    encode: encoder(host.random, host.sha256),
    cache: valueCache(host.limits.cacheBytes),
    engineActor: { type: "engine", id: own },
  };
  const graphs = graphsOf(host, host.limits.taskTimeoutMs);
  const live = new Subject<LiveEvent>();
  const chunks = new Subject<Chunk>();
  const load = (run: RunId, tenant: string) => loadRun(kit, graphs, run, tenant);
  const { alone, find, take, stop, resize } = drivers(kit, load, { live, chunks }, ({ tenant, submitter }) =>
    nursery({
      kit,
      tenant,
      live,
      start: (prepared) =>
        alone(prepared.run, () => start(prepared, tenant, { ...kit.engineActor, onBehalfOf: submitter })),
      drive: (run) => drive(run, tenant, kit.engineActor),
      request: async (run, command) => void (await request(run, tenant, command, kit.engineActor)),
    }),
  );
  let closed: Promise<void> | undefined;
  const start: Start = starting(kit, graphs, { find, take });
  const takeUp: TakeUp = takingUp(kit, graphs, load, { find, take });

  const drive: Engine["drive"] = async (run, tenant, actor) => {
    begin(tenant);
    const taken = await alone(run, () => takeUp(run, tenant, actor));
    return taken ? taken.end() : { kind: "stopped" };
  };

  const tell = async (run: RunId, tenant: string, command: RunCommand, actor: Actor): Promise<Requested> => {
    const decision = await alone(run, async () => {
      const driver = await find(run);
      return driver && posted(driver, { commands: [command], actor });
    });
    return decision ? { decision, owner: own } : requestOf(kit, graphs, run, tenant, command, actor);
  };
  const request: Engine["request"] = (run, tenant, asked, actor) =>
    tell(run, tenant, commandOf(asked, actor), actor);

  const settings = keptSettings({ ...kit, configuredFlags: host.configuredFlags ?? (async () => ({})) });
  const admitted = admission(kit, settings);
  const persons = subjects(kit, tell);
  const { begin, settled } = beginning(kit, (tenant) => persons.settle(tenant));

  const close = async (): Promise<void> => {
    settings.close();
    await settled().then(stop);
    await kit.registry.closeAll();
    live.complete();
    chunks.complete();
  };

  return {
    incarnation: own,
    live: live.asObservable(),
    chunks: chunks.asObservable(),
    run: async (request, actor) => {
      begin(request.tenant);
      const prepared = await prepare(kit, request);
      return admitted(prepared.run, request.tenant, () =>
        alone(prepared.run, () => start(prepared, request.tenant, actor)),
      );
    },
    register: (request, actor) => registered(kit, request, actor),
    ...forks(kit, graphs, (prepared, tenant, actor) =>
      admitted(prepared.run, tenant, () => start(prepared, tenant, actor)),
    ),
    submit: async (request, actor) => {
      const { tenant } = request;
      const prepared = await prepare(kit, request);
      const take = () => submitted(kit, prepared, tenant, actor);
      return { run: prepared.run, created: await admitted(prepared.run, tenant, take) };
    },
    drive,
    work: (tenant, actor, { protocols = kit.registry.protocols, ...options }) => {
      begin(tenant);
      const spoken = new Set(protocols);
      const take = (run: RunId) => alone(run, () => takeUp(run, tenant, actor, spoken));
      return work(kit, { tenant, take, ...options });
    },
    request,
    resize,
    settings,
    ...persons,
    isAlive: (incarnation) => kit.incarnations.isAlive(incarnation),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
