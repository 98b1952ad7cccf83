import { expect, test } from "vitest";
import { inbox } from "../../../src/domain/run/wait-state.ts";

test("what nobody has taken is told with the oldest first, whatever names were taken before", () => {
  const one = inbox();
  one.keep("stop", 1);
  one.take("stop");
  one.keep("go", 2);
  one.keep("stop", 3);
  one.keep("go", 4);
  expect(one.kept()).toEqual([
    ["go", [2, 4]],
    ["stop", [3]],
  ]);
});
