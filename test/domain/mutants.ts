// Goes before the tests when mutants are held against them. A property that has failed has failed: of a mutant nobody wants the smallest case.
import fc from "fast-check";
import { tries } from "./tries.ts";

fc.configureGlobal({ endOnFailure: true, ...tries(100) });
