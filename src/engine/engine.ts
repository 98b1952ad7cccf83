// The engine's door: submit, drive, ask. One path for the command line, services and everything else.
import { Subject } from "rxjs";
import {
  type Actor,
  type Decision,
  GleitzeitError,
  initial,
  isFinal,
  type RunCommand,
  type RunId,
} from "../domain/index.ts";
import { nursery } from "./children/nursery.ts";
import type { Engine, OwnEngine, Started } from "./door.ts";
import type { Input, LiveEvent } from "./driven.ts";
import { beginning } from "./driving/beginning.ts";
import { type Chunk, drivers } from "./driving/drivers.ts";
import { loadRun } from "./driving/load.ts";
import { loseLate, lostClaims } from "./driving/losses.ts";
import { commandOf, type Requested, requestOf } from "./driving/requests.ts";
import type { RunDriver } from "./driving/run-driver.ts";
import { type Taken, work } from "./driving/worker.ts";
import { forks, reusing } from "./forking/forks.ts";
import type { Host, Kit } from "./host.ts";
import { encoder } from "./log/encode.ts";
import { factsOf } from "./log/facts.ts";
import { graphs as graphsOf, withBlobs } from "./log/graphs.ts";
import { valueCache } from "./log/value-cache.ts";
import { speaksAll } from "./providers/speaks-all.ts";
import { registered } from "./registered/register.ts";
import { subjects } from "./subjects/door.ts";
import { type Prepared, prepare, sameRequest } from "./submitting/submit.ts";
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
  const reusableFor = reusing(kit, graphs);
  let closed: Promise<void> | undefined;

  const start = async (prepared: Prepared, tenant: string, actor: Actor): Promise<Started> => {
    const { run, submission, blobs, sealing } = prepared;
    if (await find(run)) return existing(prepared, tenant);
    const graph = await graphs.of(submission, tenant, { blobs, sealing });
    const reusable = await reusableFor(submission, tenant, graph);
    const values = submission.values ?? {};
    const facts = await factsOf(
      run,
      tenant,
      submission,
      actor,
      values,
      { blobs: withBlobs(kit.blobs, blobs), sealing },
      reusable,
      prepared.root,
    );
    const driver = take({
      facts,
      state: initial(graph, reusable),
      pending: new Map(),
      lists: new Map(),
    });
    const decision = await posted(driver, {
      commands: [
        { type: "SubmitRun", submission },
        { type: "StartRun", owner: own },
      ],
      actor,
      blobs,
    });
    if (decision.kind === "rejected") return existing(prepared, tenant);
    return {
      run,
      created: true,
      get end() {
        return driver.end(); // not before somebody asks
      },
    };
  };

  const existing = async (prepared: Prepared, tenant: string): Promise<Started> => {
    await sameRequest(kit, prepared, tenant);
    return { run: prepared.run, created: false, end: undefined };
  };

  /** Undefined when some task of it calls what is not among `protocols`. */
  const driverOf = async (
    run: RunId,
    tenant: string,
    actor: Actor,
    protocols?: ReadonlySet<string>,
  ): Promise<Taken | undefined> => {
    const known = await find(run);
    if (known) return known;
    const driven = await load(run, tenant);
    const { owner, status } = driven.state.head;
    if (isFinal(status)) return { end: async () => ({ kind: "ended", status }) };
    const needs = { facts: driven.facts, graph: driven.state.graph, graphs };
    if (protocols && !(await speaksAll(needs, protocols))) return undefined;
    if (owner !== undefined && owner !== own && (await kit.incarnations.isAlive(owner))) {
      throw new GleitzeitError(
        "WORKFLOW_INVALID_STATE",
        `run ${run} is driven by another process, which is alive`,
      );
    }
    const driver = take(driven);
    const isErased = driven.facts.sealing === "erased";
    const follows = isErased ? [{ type: "EraseRun" } as const] : await lostClaims(kit, driven);
    const previous = owner === undefined ? {} : { previous: owner };
    driver.post({
      commands: [{ type: "StartRun", owner: own, ...previous }, ...follows],
      actor,
      reply: () => {
        driver.takeUp();
        void loseLate(kit, driver);
      },
    });
    return driver;
  };

  const drive: Engine["drive"] = async (run, tenant, actor) => {
    begin(tenant);
    const taken = await alone(run, () => driverOf(run, tenant, actor));
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

  const persons = subjects(kit, tell);
  const { begin, settled } = beginning(kit, (tenant) => persons.settle(tenant));

  const close = async (): Promise<void> => {
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
      return alone(prepared.run, () => start(prepared, request.tenant, actor));
    },
    register: (request, actor) => registered(kit, request, actor),
    ...forks(kit, graphs, start),
    submit: async (request, actor) => {
      const prepared = await prepare(kit, request);
      return { run: prepared.run, created: await submitted(kit, prepared, request.tenant, actor) };
    },
    drive,
    work: (tenant, actor, { protocols = kit.registry.protocols, ...options }) => {
      begin(tenant);
      const spoken = new Set(protocols);
      const take = (run: RunId) => alone(run, () => driverOf(run, tenant, actor, spoken));
      return work(kit, { tenant, take, ...options });
    },
    request,
    resize,
    ...persons,
    isAlive: (incarnation) => kit.incarnations.isAlive(incarnation),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

const posted = (driver: RunDriver, input: Input): Promise<Decision> =>
  new Promise((reply, fail) => driver.post({ ...input, reply, fail }));
