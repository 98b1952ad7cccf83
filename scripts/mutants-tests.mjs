// What the tests of the domain take from Vitest, when mutants are held against them: a test is kept, to be run as often as asked.
import { expect } from "vitest";

/** The tests of the files that are being read, in their order. */
let tests = [];
let place = [];

/** Reads test files; gives what is in them. */
export async function collect(files, read) {
  tests = [];
  for (const file of files) {
    place = [file];
    await read(file);
  }
  return tests;
}

function describe(name, body) {
  place.push(name);
  body();
  place.pop();
}

function test(name, body) {
  const id = [...place, name].join(" > ");
  const before = tests.filter((other) => other.name === id).length;
  tests.push({
    id: before === 0 ? id : `${id} (${before + 1})`,
    name: id,
    file: place[0],
    run: body,
    tookMs: 0,
  });
}

/** Where every case is a list, each is spread over the parameters, as Vitest does it. */
const each = (declare) => (cases) => (name, body) => {
  const lists = cases.every((one) => Array.isArray(one));
  for (const one of cases) declare(name, () => (lists ? body(...one) : body(one)));
};

describe.each = each(describe);
test.each = each(test);

export { describe, expect, test };
