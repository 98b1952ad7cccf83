import { expect, test } from "vitest";
import { saidOf } from "./catalog.ts";

const document = `# Nothing here is right; all of it is to be told at once, each thing with its place.
name: Orchard
tasks:
  - id: apple
    method: mcp/tool.echo
    dependancies: [pear]
  - id: cherry
    method: mcp/tool.echo
    dependencies:
      - plum
  - id: plum
    method: mcp/tool.echo
    depends_on: [cherry]
  - id: pear
    method: mcp/tool.echo
    dependencies: [quince]
    parameters: {message: "\${medlar.response}"}
  - id: apple
    method: mcp/tool.echo
  - id: fig
    method: mcp/tool.echo
    dependencies: [fig]
  - id: graft
    method: wizardry/graft
  - {id: press, method: echo/echo, params: {message: "\${inputs.crates}"}}
`;

test("a document wrong in many ways: every problem, in the order of the text", () => {
  const found = saidOf(document);
  const expected = [
    [/^6:5 /, "unknown key `dependancies`: did you mean `dependencies`?"],
    [/^10:9 WORKFLOW_CIRCULAR_DEPENDENCY/, "circular dependency: cherry → plum → cherry"],
    [/^16:20 /, "unknown dependency `quince`"],
    [/^17:27 /, "unknown reference `${medlar.response}`: `medlar`"],
    [/^18:9 /, "duplicate task id `apple`: task 1 has it already"],
    [/^22:20 WORKFLOW_CIRCULAR_DEPENDENCY/, "task `fig` depends on itself"],
    [/^24:13 PROTOCOL_NOT_FOUND/, "unknown protocol `wizardry/v1`"],
    [/^25:54 /, "unknown input `crates` in `${inputs.crates}`"],
  ] as const;
  expect(found).toHaveLength(expected.length);
  for (const [i, [place, message]] of expected.entries()) {
    expect(found[i]).toMatch(place);
    expect(found[i]).toContain(message);
  }
});
