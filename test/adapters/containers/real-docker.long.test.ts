// Containers on a real daemon. Where none can be started these are skipped, and say why.
import { afterAll, test, vi } from "vitest";
import { realDocker } from "./dockerd.ts";
import { describeContracts } from "./real/contracts.ts";
import { describeEngines } from "./real/engines.ts";
import { describePrograms } from "./real/programs.ts";
import { describePython } from "./real/scripts.ts";

vi.setConfig({ testTimeout: 300_000 }); // a busy machine makes containers slowly
const real = await realDocker();
afterAll(() => real.close());

if (real.missing !== undefined) {
  const { missing } = real;
  test("containers on a real Docker daemon", (context) => context.skip(missing));
} else {
  describePrograms(real);
  describePython(real);
  describeContracts(real);
  describeEngines(real);
}
