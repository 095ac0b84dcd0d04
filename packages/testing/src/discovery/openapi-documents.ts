/** The OpenAPI documents of a server with all APIs, by their path below /openapi/v3. */
export type OpenApiDocuments = Readonly<Record<string, object>>;

/** Unpacks them: 350 KB become 9 MB of JSON, which share what they have in common. */
export async function unpackOpenApi(): Promise<OpenApiDocuments> {
  const { packed } = await import("../gen/openapi.ts");
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return readShared(await new Response(plain).text());
}

/** codegen/src/emit/server-openapi-file.ts says what the lines are. */
function readShared(text: string): OpenApiDocuments {
  const values: unknown[] = [];
  const resolved = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if ("$" in value) return values[value.$ as number];
    for (const [key, one] of Object.entries(value)) (value as Record<string, unknown>)[key] = resolved(one);
    return value;
  };
  for (const line of text.split("\n")) values.push(resolved(JSON.parse(line)));
  return values.at(-1) as OpenApiDocuments;
}
