// Tables of the methods that a page speaks of, out of the list that `providers methods` prints: a page says where with
// `<!-- methods of echo/v1 -->`, and what stands between that and the next `<!-- end of methods -->` is written here.

const PLACE = /(<!-- methods of (\S+) -->\n)[\s\S]*?(<!-- end of methods -->)/g;

export const withMethods = (text, methods) =>
  text.replace(PLACE, (_, begin, protocol, end) => {
    const own = methods.filter((method) => method.protocol === protocol);
    if (own.length === 0) throw new Error(`nothing speaks ${protocol}`);
    return `${begin}\n${table(own)}\n\n${end}`;
  });

const table = (methods) =>
  [
    "| method | what it does | params | result |",
    "|---|---|---|---|",
    ...methods.map(
      (method) =>
        `| ${[nameOf(method), said(method), namesIn(method.params), namesIn(method.result)].join(" | ")} |`,
    ),
  ].join("\n");

const nameOf = ({ protocol, method, aliases }) =>
  [method, ...aliases].map((name) => `\`${protocol.split("/")[0]}/${name}\``).join(", ");

const said = ({ description, streams, idempotent }) =>
  escaped([description, ...(streams ? ["Live."] : []), ...(idempotent ? ["Idempotent."] : [])].join(" "));

/** Those that may be left out with a question mark; any others where the schema leaves them open. */
function namesIn(schema) {
  // Of several ways to say the same the first is the short one.
  const { properties = {}, required = [], type, additionalProperties } = schema.anyOf?.[0] ?? schema;
  const names = Object.keys(properties).map((name) => `\`${name}\`${required.includes(name) ? "" : "?"}`);
  const isOpen = typeof additionalProperties === "object" && additionalProperties !== null;
  if (names.length === 0 && !isOpen) return type === "object" ? "none" : "any value";
  return [...names, ...(isOpen ? ["any others"] : [])].join(", ");
}

const escaped = (text) => text.replaceAll("|", "\\|");
