// docs/json.md, from the schemas that the tests hold every command to.

const HEAD = `# What \`--json\` prints

Generated from the schemas that the tests hold every command to (\`npm run generate\`); as JSON Schema they are in
\`schemas/output.json\`, under the names of the headings here. On stdout stands exactly one JSON document, and nothing
else; \`events\`, \`logs\` and \`worker\` print one a line. Keys are added over time, never renamed or removed: a reader
passes over keys that it does not know. A key marked \`?\` may be missing; \`null\` is said where it may be.

With an exit of 2 to 6 a command prints [refused](#refused) instead of its own document (\`validate\` prints its own), and
at 130 [interrupted](#interrupted) where a run was under way. A run that failed is exit 1 and prints its document.
`;

export function jsonPage({ $defs }) {
  const name = (ref) => ref.replace("#/$defs/", "");
  const groups = new Map();
  const used = JSON.stringify($defs);
  /** What one command alone prints stands under the command. */
  const isOfOne = (key) =>
    used.split(`"#/$defs/${key}"`).length === 2 && Object.values($defs).some(isRefTo(key));
  for (const [key, whole] of Object.entries($defs)) {
    if (isAny(key) || isOfOne(key)) continue;
    const own = whole.$ref && name(whole.$ref);
    const schema = own && isOfOne(own) ? $defs[own] : whole;
    const body = JSON.stringify(schema);
    groups.set(body, { schema, keys: [...(groups.get(body)?.keys ?? []), key] });
  }
  const sections = [...groups.values()].map(({ schema, keys }) => {
    const others = keys.slice(1).map((key) => `\`${key}\``);
    const also = others.length === 0 ? "" : `Also of ${others.join(", ")}.\n\n`;
    return `## ${titleOf(keys[0])}\n\n${also}${body(schema)}\n`;
  });
  return [HEAD, ...sections].join("\n");

  function body(schema) {
    if (schema.properties === undefined) return `${sentence(schema)}\n`;
    const rows = rowsOf(schema, "").map(([path, type, text]) => `| \`${path}\` | ${type} | ${text} |`);
    return `| key | | |\n|---|---|---|\n${rows.join("\n")}\n`;
  }

  function sentence(schema) {
    if (schema.enum) return schema.enum.map((one) => `\`${one}\``).join(", ");
    return typeOf(schema);
  }

  function rowsOf({ properties, required = [] }, before) {
    return Object.entries(properties).flatMap(([key, schema]) => {
      const path = `${before}${key}${required.includes(key) ? "" : "?"}`;
      const row = [path, cell(typeOf(schema)), cell(schema.description ?? "")];
      const { inner, at } = within(schema, path);
      return [row, ...(inner?.properties ? rowsOf(inner, `${at}.`) : [])];
    });
  }

  /** What lies in a list, a map or behind a null. */
  function within(schema, path) {
    const bare = withoutNull(schema);
    if (bare.items) return within(bare.items, `${path}[]`);
    if (typeof bare.additionalProperties === "object")
      return within(bare.additionalProperties, `${path}.<key>`);
    return { inner: bare, at: path };
  }

  function withoutNull(schema) {
    const others = schema.anyOf?.filter(({ type }) => type !== "null") ?? [];
    return others.length === 1 ? others[0] : schema;
  }

  function typeOf(schema) {
    if (schema.$ref) return linkTo(name(schema.$ref));
    if (schema.allOf?.length === 1) return typeOf(schema.allOf[0]);
    if (schema.anyOf) return schema.anyOf.map(typeOf).join(" or ");
    if (schema.enum) return schema.enum.map((one) => `\`${one}\``).join(", ");
    if (schema.const !== undefined) return `\`${schema.const}\``;
    if (schema.items) return `list of ${typeOf(schema.items)}`;
    if (schema.format === "uuid") return "UUID";
    if (schema.pattern?.startsWith("^\\d{4}-")) return "instant";
    if (typeof schema.additionalProperties === "object") return "map";
    return [schema.type ?? "any"].flat().join(" or ");
  }
}

const isRefTo = (key) => (schema) => schema.$ref === `#/$defs/${key}`;

/** Any JSON value: the schema of it says so at length. */
const isAny = (name) => name === "Json" || name.startsWith("__");

/** What several commands print is told apart from the commands. */
const titleOf = (name) => (/^[A-Z]/.test(name) ? `type ${name}` : name.replaceAll("-", " "));
const linkTo = (name) =>
  isAny(name) ? "any" : `[${name}](#${titleOf(name).toLowerCase().replaceAll(" ", "-")})`;

const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
