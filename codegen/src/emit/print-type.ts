import ts from "typescript";
import { noFields } from "../model/special-schemas.ts";
import { docComment } from "./docs.ts";
import { propertyName, type TypeNodes } from "./type-nodes.ts";

/** What printing needs to know beside the tree. */
export interface PrintContext {
  readonly types: TypeNodes;
  /** The name that stands for a schema in the module at hand. */
  nameOf(fullName: string): string;
  /** The name that stands for a type of core. */
  core(name: string): string;
}

/** The text of a type, as the rest of a line that is indented by `indent`. */
export function printType(node: ts.TypeNode, context: PrintContext, indent: string): string {
  const print = (inner: ts.TypeNode): string => printType(inner, context, indent);
  if (ts.isTypeLiteralNode(node)) return printLiteral(node, context, indent);
  if (ts.isArrayTypeNode(node)) return `${parenthesized(node.elementType, print)}[]`;
  if (ts.isUnionTypeNode(node)) return printUnion(node, print);
  if (isOpenObject(node)) return `{\n${printMembers(node, context, `${indent}  `)}${indent}}`;
  if (ts.isIntersectionTypeNode(node)) return node.types.map((part) => parenthesized(part, print)).join(" & ");
  if (ts.isParenthesizedTypeNode(node)) return `(${print(node.type)})`;
  if (ts.isIndexedAccessTypeNode(node)) {
    const name = schemaName(node);
    return name === noFields ? context.core("NoFields") : context.nameOf(name);
  }
  if (ts.isLiteralTypeNode(node)) return printLiteralType(node);
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && node.typeName.text === "Record") {
    return `{ [key: string]: ${print(node.typeArguments![1]!)} }`;
  }
  const keyword = keywords.get(node.kind);
  if (keyword !== undefined) return keyword;
  // openapi-typescript writes literals as identifiers that hold their text.
  const literal = literalText(node);
  if (literal !== undefined) return literal;
  throw new Error(`openapi-typescript made a type that the printer does not know: ${ts.SyntaxKind[node.kind]}`);
}

/** True where the type is an object with properties, so that an interface can stand for it. */
export function isObjectType(node: ts.TypeNode): boolean {
  return ts.isTypeLiteralNode(node) ? node.members.some(ts.isPropertySignature) : isOpenObject(node);
}

/** The members of an object type, one below the other, each with its documentation. */
export function printMembers(node: ts.TypeNode, context: PrintContext, indent: string): string {
  if (ts.isIntersectionTypeNode(node)) return node.types.map((part) => printMembers(part, context, indent)).join("");
  if (ts.isTypeReferenceNode(node)) return `${indent}[key: string]: unknown;\n`;
  return (node as ts.TypeLiteralNode).members
    .map((member) => {
      if (ts.isIndexSignatureDeclaration(member)) {
        return `${indent}[key: string]: ${printType(member.type, context, indent)};\n`;
      }
      const { questionToken, type } = member as ts.PropertySignature;
      const docs = docComment(context.types.schemaOf(member)?.description ?? "", indent);
      const name = propertyName(member)!;
      const text = printType(type!, context, indent);
      // Where the field is left out, every object has something else of that name.
      const inherited = questionToken && membersOfObjects.has(name) ? ` | {}[${JSON.stringify(name)}]` : "";
      return `${docs}${indent}${key(name)}${questionToken ? "?" : ""}: ${text}${inherited};\n`;
    })
    .join("");
}

const membersOfObjects: ReadonlySet<string> = new Set(
  "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf".split(" "),
);

/** The properties of an object type. */
export function memberTypes(
  node: ts.TypeNode,
): { readonly member: ts.PropertySignature; readonly type: ts.TypeNode; readonly isOptional: boolean }[] {
  if (ts.isIntersectionTypeNode(node)) return node.types.flatMap(memberTypes);
  if (!ts.isTypeLiteralNode(node)) return [];
  return node.members
    .filter(ts.isPropertySignature)
    .map((member) => ({ member, type: member.type!, isOptional: member.questionToken !== undefined }));
}

/** A name as an object's key. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function printLiteral(node: ts.TypeLiteralNode, context: PrintContext, indent: string): string {
  const [member] = node.members;
  if (node.members.length === 1 && ts.isIndexSignatureDeclaration(member!)) {
    return `{ [key: string]: ${printType(member.type, context, indent)} }`;
  }
  return `{\n${printMembers(node, context, `${indent}  `)}${indent}}`;
}

/** Properties and, beside them, anything else: `{ … } & { [key: string]: unknown }`. */
function isOpenObject(node: ts.TypeNode): boolean {
  return ts.isIntersectionTypeNode(node) && node.types.every(ts.isTypeLiteralNode) && node.types.some(hasUnknownIndex);
}

function hasUnknownIndex(node: ts.TypeNode): boolean {
  return (
    ts.isTypeLiteralNode(node) &&
    node.members.some(
      (member) => ts.isIndexSignatureDeclaration(member) && member.type.kind === ts.SyntaxKind.UnknownKeyword,
    )
  );
}

/** A union; known values beside their base type stay visible to editors as `"A" | (string & {})`. */
function printUnion({ types }: ts.UnionTypeNode, print: (node: ts.TypeNode) => string): string {
  const isOpen = types.some((type) => literalText(type) !== undefined);
  const texts = types.map((type) => {
    const base = type.kind === ts.SyntaxKind.StringKeyword || type.kind === ts.SyntaxKind.NumberKeyword;
    return isOpen && base ? `(${print(type)} & {})` : print(type);
  });
  return [...new Set(texts)].join(" | ");
}

function parenthesized(node: ts.TypeNode, print: (node: ts.TypeNode) => string): string {
  const text = print(node);
  return ts.isUnionTypeNode(node) || (ts.isIntersectionTypeNode(node) && !isOpenObject(node)) ? `(${text})` : text;
}

/** `components["schemas"]["X"]` → X. */
function schemaName(node: ts.IndexedAccessTypeNode): string {
  const { indexType } = node;
  if (ts.isLiteralTypeNode(indexType) && ts.isStringLiteral(indexType.literal)) return indexType.literal.text;
  throw new Error("openapi-typescript made an indexed access that the printer does not know");
}

function printLiteralType({ literal }: ts.LiteralTypeNode): string {
  if (literal.kind === ts.SyntaxKind.NullKeyword) return "null";
  if (literal.kind === ts.SyntaxKind.TrueKeyword) return "true";
  if (literal.kind === ts.SyntaxKind.FalseKeyword) return "false";
  if (ts.isStringLiteral(literal)) return JSON.stringify(literal.text);
  if (ts.isPrefixUnaryExpression(literal)) return `-${(literal.operand as ts.NumericLiteral).text}`;
  return (literal as ts.NumericLiteral).text;
}

function literalText(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isLiteralTypeNode(node) && node.literal.kind !== ts.SyntaxKind.NullKeyword) return printLiteralType(node);
  return undefined;
}

const keywords: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.StringKeyword, "string"],
  [ts.SyntaxKind.NumberKeyword, "number"],
  [ts.SyntaxKind.BooleanKeyword, "boolean"],
  [ts.SyntaxKind.UnknownKeyword, "unknown"],
  [ts.SyntaxKind.NeverKeyword, "never"],
  [ts.SyntaxKind.NullKeyword, "null"],
]);
