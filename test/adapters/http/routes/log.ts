// Routes of the log, and of workflows.
import { HELLO } from "../rig.ts";
import { everybody, operating, type Row } from "./row.ts";

export const EVENTS: readonly Row[] = [
  {
    route: "GET /v1/events",
    roles: everybody,
    good: () => ({ path: "/v1/events?limit=3&type=Run*" }),
    bad: { path: "/v1/events?stream=key-main." },
    missing: "nothing",
  },
  {
    route: "GET /v1/events/stream",
    roles: everybody,
    good: () => ({ path: "/v1/events/stream?after=start" }),
    bad: { path: "/v1/events/stream?after=nonsense", status: 400 },
    missing: "nothing",
    isStream: true,
  },
  {
    route: "GET /v1/events/head",
    roles: everybody,
    good: () => ({ path: "/v1/events/head" }),
    bad: { path: "/v1/events/head?after=nonsense", status: 400 },
    missing: "nothing",
  },
  {
    route: "GET /v1/actors/{actor}",
    roles: everybody,
    good: () => ({ path: "/v1/actors/somebody" }),
    bad: { path: `/v1/actors/${"x".repeat(201)}` },
    missing: "nothing",
  },
];

export const WORKFLOWS: readonly Row[] = [
  {
    route: "POST /v1/workflows",
    roles: operating,
    good: () => ({
      path: "/v1/workflows",
      body: { workflow: HELLO.replace("Hello", "Another") },
      status: 201,
    }),
    bad: { path: "/v1/workflows", body: { workflow: { name: "no text" } } },
    missing: "nothing",
  },
  {
    route: "GET /v1/workflows",
    roles: everybody,
    good: () => ({ path: "/v1/workflows" }),
    bad: "nothing",
    missing: "nothing",
  },
  {
    route: "GET /v1/workflows/{name}",
    roles: everybody,
    good: () => ({ path: "/v1/workflows/hello" }),
    bad: "nothing",
    missing: { path: "/v1/workflows/none" },
  },
  {
    route: "GET /v1/workflows/{name}/versions/{version}",
    roles: everybody,
    good: ({ definition }) => ({ path: `/v1/workflows/hello/versions/${definition}` }),
    bad: "nothing",
    missing: { path: "/v1/workflows/hello/versions/9" },
  },
  {
    route: "POST /v1/validate",
    roles: everybody,
    good: () => ({ path: "/v1/validate", body: { workflow: "name: [" } }),
    bad: { path: "/v1/validate", body: { workflow: HELLO, files: [{ path: "../x", base64: "" }] } },
    missing: "nothing",
  },
];
