// What leaves the log, in lines: a run, everything, or all that is held on a person. Each is recorded before it leaves.
import { z } from "zod";
import { type ExportedPart, findRun, LINE_FORMATS } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { jsonLines, linesOf, sentLines } from "../lines.ts";
import type { ExportDesk } from "../parts.ts";
import { NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { RunParams } from "../schemas/run-bodies.ts";

const since = z
  .string()
  .min(1)
  .max(20_000)
  .exactOptional()
  .describe(
    "A signed note: the bundle proves that the log grew out of that checkpoint, other forms begin behind it.",
  );
const Bundle = z.strictObject({ format: z.literal("bundle"), since });
const Lines = z.strictObject({ format: z.enum(LINE_FORMATS), since });
const children = z.boolean().default(true).describe("With the runs that its tasks are.");
const OfRun = z
  .discriminatedUnion("format", [
    Bundle.extend({ children }),
    Lines.extend({ children }),
    z.strictObject({
      format: z
        .literal("cassette")
        .describe("Its calls of providers, a line each, as `--play` answers them."),
      children,
    }),
  ])
  .meta({ id: "RunExport" });
const OfAll = z.discriminatedUnion("format", [Bundle, Lines]).meta({ id: "LogExport" });
const OfPerson = z
  .strictObject({
    subject: z.string().min(1).max(500).describe("As it was given when the run was submitted."),
  })
  .meta({ id: "PersonExport" });

const typeOf = (format: string): { readonly type?: string } => (format === "csv" ? { type: "text/csv" } : {});

export function exportRoutes(app: App, kit: RouteKit): void {
  const { driving, may, exports, log } = kit;
  const common = { tags: ["exports"] };
  const answer = {
    200: {
      ...linesOf("A line of JSON each; CSV is `text/csv`."),
      description: "As `export` writes it. What breaks off is not whole.",
    },
    ...PROBLEMS,
  };

  const linesIn = (
    desk: ReturnType<ExportDesk>,
    what: ExportedPart,
    asked: z.infer<typeof OfAll>,
  ): Promise<AsyncIterable<string>> =>
    asked.format === "bundle" ? desk.bundle(what, asked.since) : desk.lines(asked.format, what, asked.since);

  app.post(
    "/v1/runs/:id/exports",
    {
      preParsing: may("runs.export"),
      schema: {
        ...common,
        operationId: "exportRunAs",
        summary: "A run in one of the forms in which others read it.",
        params: RunParams,
        body: OfRun,
        response: { ...answer, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const run = await findRun(driving, request.params.id);
      const desk = exports(kit.callerOf(request).actor);
      const { children: withChildren, ...asked } = request.body;
      const what = { run, children: withChildren };
      const lines =
        asked.format === "cassette"
          ? jsonLines(await desk.calls(run, withChildren))
          : await linesIn(desk, what, asked);
      return sentLines(reply, { lines, log, ...typeOf(asked.format) });
    },
  );
  app.post(
    "/v1/audit/exports",
    {
      preParsing: may("audit.entries"),
      schema: {
        ...common,
        operationId: "exportLog",
        summary: "Everything that is signed, of all runs.",
        body: OfAll,
        response: answer,
      },
    },
    async (request, reply) => {
      const desk = exports(kit.callerOf(request).actor);
      const lines = await linesIn(desk, { all: true }, request.body);
      return sentLines(reply, { lines, log, ...typeOf(request.body.format) });
    },
  );
  app.post(
    "/v1/admin/exports",
    {
      preParsing: may("persons.manage"),
      schema: {
        ...common,
        operationId: "exportPerson",
        summary: "Everything that is held on a person, in clear.",
        body: OfPerson,
        response: { ...answer, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const lines = await exports(kit.callerOf(request).actor).heldOn(request.body.subject);
      return sentLines(reply, { lines, log });
    },
  );
}
