// Tools in Python: every function at the top of a file whose name does not begin with `_`. Its type hints are the schema,
// its docstring what a model is told. Sources are parsed inside the sandbox, and not run for that.
import { z } from "zod";
import { isObject, type Json } from "../../../domain/index.ts";
import type { Captured } from "../../../engine/ports/index.ts";
import { type Found, problemAt } from "./found-tool.ts";

const Described = z.array(
  z.strictObject({
    path: z.string(),
    tools: z.array(
      z.strictObject({
        name: z.string(),
        line: z.int(),
        description: z.string(),
        parameters: z.custom<{ readonly [key: string]: Json }>(isObject),
      }),
    ),
    problems: z.array(z.strictObject({ line: z.int(), message: z.string() })),
  }),
);

/** Of what `DESCRIBE` gives. */
export function pythonTools(result: Json): readonly Found[] {
  return Described.parse(result).map(({ path, tools, problems }) => ({
    tools: tools.map((tool) => ({ ...tool, path })),
    problems: problems.map(({ line, message }) => problemAt(path, line, message)),
  }));
}

export const textsOf = (sources: readonly Captured[]): Json =>
  sources.map(({ file, bytes }) => ({ path: file.path, text: new TextDecoder().decode(bytes) }));

/** Python. `context.sources`: path and text of each. */
export const DESCRIBE = `
import ast, re

TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "list": "array",
         "tuple": "array", "dict": "object", "List": "array", "Dict": "object", "None": "null"}

class Unknown(Exception):
    pass

def named(node):
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else None

def schema(node):
    if isinstance(node, ast.Constant):
        if node.value is None:
            return {"type": "null"}
        if isinstance(node.value, str):
            return schema(ast.parse(node.value, mode="eval").body)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return {"anyOf": flat(schema(node.left)) + flat(schema(node.right))}
    if isinstance(node, ast.Subscript):
        name = named(node.value)
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if name == "Literal":
            return {"enum": [ast.literal_eval(item) for item in items]}
        if name == "Optional":
            return {"anyOf": flat(schema(items[0])) + [{"type": "null"}]}
        if name == "Union":
            return {"anyOf": [one for item in items for one in flat(schema(item))]}
        if name == "Annotated":
            note = next((i.value for i in items[1:] if isinstance(i, ast.Constant) and isinstance(i.value, str)), None)
            return {**schema(items[0]), **({"description": note} if note else {})}
        if name in ("list", "List"):
            return {"type": "array", "items": schema(items[0])}
        if name in ("dict", "Dict") and len(items) == 2:
            return {"type": "object", "additionalProperties": schema(items[1])}
        if name in ("tuple", "Tuple"):
            return {"type": "array"}
    name = named(node)
    if name in ("Any", "object"):
        return {}
    if name in TYPES:
        return {"type": TYPES[name]}
    raise Unknown(ast.unparse(node))

def flat(one):
    return one["anyOf"] if list(one) == ["anyOf"] else [one]

ARG = re.compile(r"^\\s*(?::param\\s+)?\\*{0,2}(\\w+)\\s*(?:\\([^)]*\\))?\\s*:\\s*(\\S.*)$")

def words(function):
    text = ast.get_docstring(function) or ""
    head = re.split(r"\\n\\s*(?:Args|Arguments|Parameters|Returns|Raises|Examples?)\\s*:?\\s*\\n|\\n\\s*:param", text)[0]
    notes = {m[1]: m[2].strip() for m in map(ARG.match, text.split("\\n")) if m}
    return " ".join(head.split()), notes

def tool(function):
    given = function.args
    if given.vararg or given.kwarg:
        raise Unknown(f"\`{function.name}\` takes any arguments (* or **): a tool names each one")
    if given.posonlyargs:
        raise Unknown(f"\`{function.name}\` has arguments without a name (/): a tool is called by names")
    description, notes = words(function)
    named_ones = given.args + given.kwonlyargs
    defaults = [None] * (len(given.args) - len(given.defaults)) + list(given.defaults) + list(given.kw_defaults)
    properties, required = {}, []
    for one, default in zip(named_ones, defaults):
        if one.annotation is None:
            raise Unknown(f"\`{function.name}\`: argument \`{one.arg}\` has no type hint; write \`{one.arg}: str\` or what it is")
        try:
            property = schema(one.annotation)
        except Unknown as error:
            raise Unknown(f"\`{function.name}\`: argument \`{one.arg}\` is \`{error}\`, which JSON has no type for")
        if one.arg in notes and "description" not in property:
            property["description"] = notes[one.arg]
        if default is None:
            required.append(one.arg)
        else:
            try:
                property["default"] = ast.literal_eval(default)
            except ValueError:
                pass
        properties[one.arg] = property
    parameters = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        parameters["required"] = required
    return {"name": function.name, "line": function.lineno, "description": description, "parameters": parameters}

def described(path, text):
    found = {"path": path, "tools": [], "problems": []}
    try:
        body = ast.parse(text, path).body
    except SyntaxError as error:
        found["problems"].append({"line": error.lineno or 1, "message": f"it is no Python: {error.msg}"})
        return found
    functions = [n for n in body if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)) and n.name[0] != "_"]
    seen = {}
    for function in functions:
        if function.name in seen:
            found["problems"].append({"line": function.lineno,
                "message": f"\`{function.name}\` is there already, at line {seen[function.name]}: rename one of them"})
            continue
        seen[function.name] = function.lineno
        try:
            found["tools"].append(tool(function))
        except Unknown as error:
            found["problems"].append({"line": function.lineno, "message": str(error)})
    return found

result = [described(source["path"], source["text"]) for source in context["sources"]]
`;

/** Python. `context`: path, name, arguments. */
export const CALL = `
import asyncio, importlib.util, inspect, os, sys

sys.path.insert(0, os.path.dirname(context["path"]))
spec = importlib.util.spec_from_file_location("tool_" + context["name"], context["path"])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
result = getattr(module, context["name"])(**context["arguments"])
if inspect.isawaitable(result):
    result = asyncio.run(result)
`;
