// What a program gets with the library.
import { expect, test } from "vitest";
import { packagesLoadedWith } from "../architecture/imports.ts";
import { sourcesIn } from "../architecture/source.ts";

test("the library brings nothing of the command line, and loads what is heavy when it is asked for", () => {
  const loaded = [...packagesLoadedWith("src/index.ts", sourcesIn("src"))];
  const packages = loaded.filter((name) => !name.startsWith("node:"));
  expect(packages.toSorted()).toEqual(["luxon", "pino", "rxjs", "uuid", "yaml", "zod"]);
});
