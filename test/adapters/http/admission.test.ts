// Beyond so many requests at a time the next one is refused at once, and taken again when there is room.
import { expect, test } from "vitest";
import { admission } from "../../../src/adapters/http/admission.ts";

test("who comes beyond the limit is told to come again; what ends or fails makes room", async () => {
  const admitted = admission(2);
  const ends: (() => void)[] = [];
  const slow = () => admitted(() => new Promise<string>((resolve) => ends.push(() => resolve("taken"))));
  const both = [slow(), slow()];
  await expect(admitted(async () => "taken")).rejects.toMatchObject({
    refusal: { code: "RESOURCE_EXHAUSTED", status: 503, headers: { "retry-after": "1" } },
  });
  expect(ends).toHaveLength(2);
  for (const end of ends) end();
  expect(await Promise.all(both)).toEqual(["taken", "taken"]);
  const failing = admitted(() => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(await Promise.all([admitted(async () => 1), admitted(async () => 2)])).toEqual([1, 2]);
});
