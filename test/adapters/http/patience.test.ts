// What a server takes long to answer is waited for; where its answer does not come, nobody is told that nothing was done.
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rig } from "../cli/rig.ts";

const here = rig();
const DONE = {
  ...{
    dryRun: false,
    archived: [],
    kept: [],
    failed: [],
    removed: { runs: 0, events: 0, blobs: 0 },
    missing: [],
  },
  ...{ archivesDeleted: [], archivesHeld: [], archivesFailed: [], deliveries: [] },
};
const usual = getGlobalDispatcher();
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => answer(request.url ?? "", response));
});
let answer: (path: string, response: ServerResponse) => void;
let url: string;

beforeEach(async () => {
  setGlobalDispatcher(new Agent({ headersTimeout: 20, bodyTimeout: 20 })); // as five minutes are, to a client that does not wait
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens on a port");
  url = `http://127.0.0.1:${address.port}`;
});
afterEach(async () => {
  setGlobalDispatcher(usual);
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

test("retention that takes longer than clients wait for headers is told when it is done", async () => {
  answer = (path, response) => {
    if (path === "/never") return; // whoever does not wait has given up by the time that this one has
    fetch(`${url}/never`).catch(() =>
      response.setHeader("content-type", "application/json").end(JSON.stringify(DONE)),
    );
  };
  const { exit, json, err } = await here().gleitzeit(["--server", url, "retention", "run", "--json"]);
  expect(exit, err).toBe(0);
  expect(json).toMatchObject({ dryRun: false, archived: [] });
});

test("a connection that breaks off is no refusal: it may go on all the same, and the error says where to look", async () => {
  answer = (_, response) => response.destroy();
  const { exit, err } = await here().gleitzeit(["--server", url, "retention", "run"]);
  expect(exit).toBe(5);
  expect(err).toContain("CONNECTION_LOST");
  expect(err).toContain("may have been done");
  expect(err).toContain("`gleitzeit retention show`");
  const erased = await here().gleitzeit(["--server", url, "erase", "jane", "--reason", "request 7"]);
  expect(erased.err).toContain("may have been done");
});
