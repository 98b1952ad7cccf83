/** How often a property is tried: a tenth as often where thousands of mutants are held against it, which is told by the environment. */
export const tries = (full: number): { readonly numRuns: number } => ({
  numRuns: process.env.GLEITZEIT_TEST_MUTANTS ? Math.ceil(full / 10) : full,
});
