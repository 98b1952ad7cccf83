// A route that will go says so in each answer: what programs and people read it by is in two RFCs.
import fastify from "fastify";
import { expect, test } from "vitest";
import { type Deprecation, tellDeprecations } from "../../../src/adapters/http/deprecated.ts";

const going: Deprecation = {
  since: new Date("2026-03-01T00:00:00Z"),
  sunset: new Date("2026-09-01T00:00:00Z"),
  instead: "/v1/new",
};

test("it says since when, until when, and what comes instead; others say nothing", async () => {
  const app = fastify();
  tellDeprecations(app, new Map([["GET /v1/old/:id", going]]));
  app.get("/v1/old/:id", async () => "old");
  app.get("/v1/new", async () => "new");
  const old = await app.inject({ url: "/v1/old/7" });
  expect(old.headers).toMatchObject({
    deprecation: "@1772323200",
    sunset: "Tue, 01 Sep 2026 00:00:00 GMT",
    link: '</v1/new>; rel="successor-version"',
  });
  const other = await app.inject({ url: "/v1/new" });
  expect(other.headers).not.toHaveProperty("deprecation");
  expect(other.headers).not.toHaveProperty("sunset");
  await app.close();
});
