// The store's small parts that stand for themselves.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isRecent } from "../../../src/adapters/event-store/driver.ts";
import { tenantOfStream } from "../../../src/adapters/event-store/index.ts";
import { recent } from "../../../src/adapters/event-store/recent.ts";
import { sqliteFailure } from "../../../src/adapters/event-store/sqlite-failure.ts";
import { StreamName } from "../../../src/domain/index.ts";

test("the tenant of a stream stands in its name; streams of the installation belong to the default one", () => {
  const tenants = {
    "run-main.0190": "main",
    "run-acme.0190": "acme",
    "run-acme-2.0190": "acme-2",
    "run-acme.01.90": "acme",
    "tenant-acme": "acme",
    "worker-0190": "main",
    "provider-local.python": "main",
    audit: "main",
    "access-2026": "main",
  };
  for (const [stream, tenant] of Object.entries(tenants)) {
    expect(tenantOfStream(StreamName.parse(stream))).toBe(tenant);
  }
});

test("versions of SQLite in which commits could get lost are too old", () => {
  const recentOnes = ["3.51.3", "3.51.10", "3.52.0", "3.53.4", "4.0.0"];
  const oldOnes = ["3.51.2", "3.51.0", "3.50.9", "3.9.9", "2.99.99", ""];
  expect(recentOnes.filter((version) => !isRecent(version))).toEqual([]);
  expect(oldOnes.filter(isRecent)).toEqual([]);
});

test("what is remembered of many is right, and what was used last is among it", () => {
  const operation = fc.tuple(fc.nat(20), fc.boolean());
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(operation, { maxLength: 200 }),
      (size, operations) => {
        const remembered = recent<number, number>(size);
        const all = new Map<number, number>();
        const used: number[] = [];
        for (const [i, [key, write]] of operations.entries()) {
          if (write) {
            remembered.set(key, i);
            all.set(key, i);
          } else {
            expect([undefined, all.get(key)]).toContain(remembered.get(key));
          }
          if (all.has(key) && remembered.get(key) !== undefined) used.push(key);
        }
        const last = [...new Set(used.toReversed())].slice(0, size);
        for (const key of last) expect(remembered.get(key)).toBe(all.get(key));
        remembered.clear();
        for (const key of all.keys()) expect(remembered.get(key)).toBeUndefined();
      },
    ),
  );
});

test("every failure of SQLite has a code that fits what was done, names the file, and keeps its cause", () => {
  const failure = (
    errcode: number | undefined,
    doing: "open" | "write" | "read",
    message = "as SQLite says it",
  ) =>
    sqliteFailure(
      Object.assign(new Error(message), { code: "ERR_SQLITE_ERROR", errcode }),
      "/d/log.db",
      doing,
    );
  const codes = [
    [failure(13, "write"), "PERSISTENCE_WRITE_FAILED"],
    [failure(4874, "open"), "PERSISTENCE_WRITE_FAILED"],
    [failure(8, "write"), "PERSISTENCE_WRITE_FAILED"],
    [failure(1032, "write"), "PERSISTENCE_WRITE_FAILED"],
    [failure(10, "read"), "PERSISTENCE_READ_FAILED"],
    [failure(778, "write"), "PERSISTENCE_WRITE_FAILED"],
    [failure(14, "open"), "PERSISTENCE_CONNECTION_FAILED"],
    [failure(5, "write"), "PERSISTENCE_CONNECTION_FAILED"],
    [failure(261, "read"), "PERSISTENCE_CONNECTION_FAILED"],
    [failure(undefined, "read", "database is locked"), "PERSISTENCE_CONNECTION_FAILED"],
    [failure(11, "read"), "PERSISTENCE_INTEGRITY_ERROR"],
    [failure(undefined, "read", "database disk image is malformed"), "PERSISTENCE_INTEGRITY_ERROR"],
    [failure(26, "open"), "PERSISTENCE_INTEGRITY_ERROR"],
    [failure(3, "open"), "AUTHORIZATION_FAILED"],
    [failure(1, "write"), "PERSISTENCE_WRITE_FAILED"],
    [failure(undefined, "read", "something new"), "PERSISTENCE_READ_FAILED"],
  ] as const;
  for (const [error, code] of codes) {
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining("/d/log.db"),
      cause: expect.any(Error),
    });
  }
});
