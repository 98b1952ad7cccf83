// As random.property.test.ts, until chance has had its time.
import { test } from "vitest";
import { goesTheSameWay, namesTheChange } from "./same-again.ts";

test("any run, whole or under way, goes the same way again", () => goesTheSameWay(2000));

test("against a document in which one call is otherwise, that call is named, and it alone", () =>
  namesTheChange(2000));
