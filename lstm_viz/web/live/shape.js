// Whether a message is built as the server says it is; `ui/bridge/shape.py` makes the description, and checks the same.
//
// A structure is "number", "text", "flag", "any", [inner] for a list, { "*": inner } for a mapping, { "null": inner }
// for what may be null, or field → structure, where a name that ends in "?" may be absent.

const KINDS = { text: "string", number: "number", flag: "boolean" };

// What in a value is not as its structure says, a sentence each.
export function problems(value, shape, where = "header") {
  if (shape === "any") return [];
  if (typeof shape === "string") return typeof value === KINDS[shape] ? [] : [unlike(value, shape, where)];
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [unlike(value, "a list", where)];
    return value.flatMap((each, k) => problems(each, shape[0], `${where}[${k}]`));
  }
  if ("null" in shape) return value === null ? [] : problems(value, shape.null, where);
  if (kindOf(value) !== "named fields") return [unlike(value, "named fields", where)];
  if ("*" in shape) return Object.entries(value).flatMap(([name, each]) => problems(each, shape["*"], `${where}.${name}`));
  return Object.entries(shape).flatMap(([name, inner]) => {
    const plain = name.replace(/\?$/, "");
    if (plain in value) return problems(value[plain], inner, `${where}.${plain}`);
    return plain === name ? [`${where}.${plain} is missing`] : [];
  });
}

function unlike(value, expected, where) {
  return `${where} is ${kindOf(value)}, expected ${expected}`;
}

function kindOf(value) {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return Object.keys(KINDS).find((kind) => typeof value === KINDS[kind]) ?? "named fields";
}
