import { expect, test } from "vitest";
import { storeProblem, storeUrl } from "../../../src/adapters/config/store-url.ts";

const store = (url: string) => storeUrl(url, "/work", "/home/me");

test("a server, and where what is not in the store lies", () => {
  expect(store("esdb://127.0.0.1:2113?tls=false")).toEqual({
    kind: "esdb",
    url: "esdb://127.0.0.1:2113?tls=false",
    place: "esdb://127.0.0.1:2113",
    folder: "esdb-127.0.0.1_2113",
  });
});

test("a cluster, a log, a user: the password goes to the client and nowhere else", () => {
  const found = store("esdb://me:s%40crt@b.example,a.example:2114/acme?tlsCAFile=/etc/ca.pem");
  expect(found).toEqual({
    kind: "esdb",
    url: "esdb://me:s%40crt@b.example,a.example:2114?tlsCAFile=/etc/ca.pem",
    log: "acme",
    place: "esdb://b.example,a.example:2114/acme",
    folder: "esdb-a.example_2114-b.example_2113-log-acme",
  });
  expect(store("ESDB+Discover://cluster.example")).toMatchObject({
    place: "esdb+discover://cluster.example",
  });
});

test.each([
  ["esdb:", "expected `esdb://"],
  ["esdb://", "expected `esdb://"],
  ["esdb://host:port", "HOST:PORT"],
  ["esdb://me@host", "USER:PASSWORD@"],
  ["esdb://me:pa/ss@host", "HOST:PORT"],
  ["esdb://host/a/b", "name of a log"],
  ["esdb+discover://a,b", "takes one host"],
  ["esdb://host?tsl=false", "unknown option `tsl`: did you mean `tls`?"],
  ["esdb://host?tls=no", "option `tls` takes true or false"],
  ["esdb://host?throwOnAppendFailure=false", "unknown option"],
  ["esdb://host?nodePreference=follower", "takes leader"],
  ["esdb://host?keepAliveInterval=500", "10000 or more"],
  ["esdb://host?constructor=1", "unknown option"],
])("%s is refused", (url, says) => {
  expect(storeProblem(url)).toContain(says);
  expect(storeProblem(url)).not.toContain("pa/ss");
});

test.each(["esdb://host", "esdb://u:p@a,b:1/log?tls=true&connectionName=x", "esdb+discover://host/"])(
  "%s is taken",
  (url) => expect(storeProblem(url)).toBeUndefined(),
);
