// Routes of one run and of all.
import type { Json, Role } from "../../../../src/domain/index.ts";
import { HELLO } from "../rig.ts";
import {
  type Asking,
  everybody,
  NO_HASH,
  NOBODY,
  operating,
  type Row,
  SURPRISE,
  type World,
  watching,
} from "./row.ts";

/** Of one run; the others are asked of a run that is not there. */
const ofRun = (
  route: string,
  roles: readonly Role[],
  rest: string,
  good: (world: World) => Omit<Asking, "path"> & { readonly run?: string; readonly rest?: string },
  bad: Row["bad"],
  body?: Json,
): Row => ({
  route,
  roles,
  good: (world) => {
    const { run = world.run, rest: own = rest, ...asked } = good(world);
    return { path: `/v1/runs/${run}${own}`, ...asked };
  },
  bad,
  missing: { path: `/v1/runs/${NOBODY}${rest}`, ...(body !== undefined && { body }) },
});
const ofNobody = (rest: string, body?: Json, status?: number): Asking => ({
  path: `/v1/runs/${NOBODY}${rest}`,
  ...(body !== undefined && { body }),
  ...(status !== undefined && { status }),
});

export const RUNS: readonly Row[] = [
  {
    route: "POST /v1/runs",
    roles: operating,
    good: () => ({ path: "/v1/runs?wait=20", body: { workflow: HELLO }, status: 201 }),
    bad: { path: "/v1/runs", body: { workflow: "name: [" } },
    missing: { path: "/v1/runs", body: { name: "nothing-such" } },
  },
  {
    route: "GET /v1/runs",
    roles: everybody,
    good: () => ({ path: "/v1/runs?status=succeeded&q=hello" }),
    bad: { path: "/v1/runs?limit=501" },
    missing: "nothing",
  },
  ofRun("GET /v1/runs/{id}", everybody, "", () => ({}), ofNobody("?at=-1")),
  ofRun("GET /v1/runs/{id}/events", everybody, "/events", () => ({}), {
    path: `/v1/runs/${NOBODY}/events?revisions=a`,
  }),
  {
    ...ofRun("GET /v1/runs/{id}/stream", everybody, "/stream", () => ({ rest: "/stream?after=start" }), {
      path: `/v1/runs/${NOBODY}/stream?after=`,
    }),
    isStream: true,
  },
  ofRun("GET /v1/runs/{id}/timeline", everybody, "/timeline", () => ({}), ofNobody("/timeline?at=x")),
  ofRun(
    "GET /v1/runs/{id}/diff/{other}",
    everybody,
    `/diff/${NOBODY}`,
    ({ failed }) => ({ rest: `/diff/${failed}` }),
    ofNobody("/diff/x?timing=maybe"),
  ),
  ofRun("GET /v1/runs/{id}/bundle", watching, "/bundle", () => ({}), ofNobody("/bundle?children=maybe")),
  ofRun(
    "POST /v1/runs/{id}/exports",
    watching,
    "/exports",
    () => ({ body: { format: "csv" } }),
    ofNobody("/exports", { format: "parquet" }),
    { format: "jsonl" },
  ),
  ofRun(
    "GET /v1/runs/{id}/blobs/{hash}",
    everybody,
    `/blobs/${NO_HASH}`,
    ({ definition }) => ({ rest: `/blobs/${definition}` }),
    ofNobody("/blobs/sha256-beef"),
  ),
  ofRun(
    "POST /v1/runs/{id}/pause",
    operating,
    "/pause",
    ({ waiting }) => ({ run: waiting, body: {} }),
    ofNobody("/pause", SURPRISE),
    {},
  ),
  ofRun(
    "POST /v1/runs/{id}/resume",
    operating,
    "/resume",
    ({ waiting }) => ({ run: waiting, body: { reason: "back" } }),
    ofNobody("/resume", { set: [] }),
    {},
  ),
  ofRun(
    "POST /v1/runs/{id}/cancel",
    operating,
    "/cancel",
    ({ doomed }) => ({ run: doomed, body: {} }),
    ofNobody("/cancel", { reason: 7 }),
    {},
  ),
  ofRun(
    "POST /v1/runs/{id}/retry",
    operating,
    "/retry",
    ({ failed }) => ({ run: failed, body: {}, status: 201 }),
    ofNobody("/retry", SURPRISE),
    {},
  ),
  ofRun(
    "POST /v1/runs/{id}/fork",
    operating,
    "/fork",
    ({ failed }) => ({ run: failed, rest: "/fork?dry_run=true", body: { from: "a" } }),
    ofNobody("/fork", { from: {} }),
    {},
  ),
  ofRun(
    "POST /v1/runs/{id}/signals/{name}",
    operating,
    "/signals/paid",
    ({ waiting }) => ({ run: waiting, body: { data: { sum: 1 } } }),
    ofNobody("/signals/paid", SURPRISE),
    {},
  ),
  ofRun(
    "POST /v1/runs/{id}/tasks/{task}/decision",
    ["approver", "admin"],
    "/tasks/ask/decision",
    ({ asking }) => ({ run: asking, body: { decision: "approved" } }),
    ofNobody("/tasks/ask/decision", { decision: "perhaps" }),
    { decision: "approved" },
  ),
  {
    route: "GET /v1/status",
    roles: everybody,
    good: () => ({ path: "/v1/status" }),
    bad: "nothing",
    missing: "nothing",
  },
  {
    route: "GET /v1/failures",
    roles: everybody,
    good: () => ({ path: "/v1/failures?by=workflow" }),
    bad: { path: "/v1/failures?by=colour" },
    missing: "nothing",
  },
];
