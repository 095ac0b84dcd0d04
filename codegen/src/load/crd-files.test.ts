import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readCrdFiles } from "./crd-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kubewright-crds-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true });
});

function file(text: string | Uint8Array, name = "crds.yaml"): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const head = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n";

/** A definition of `<kind>s`, with this schema. */
function definition(kind: string, schema = "{ type: object }", more = ""): string {
  const plural = `${kind.toLowerCase()}s`;
  const version = `{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: ${schema} }${more} }`;
  return `${head}metadata: { name: ${plural}.example.com }\nspec: { group: example.com, scope: Cluster, names: { plural: ${plural}, kind: ${kind} }, versions: [${version}] }\n`;
}

/** The plurals that were found, and the problems without the folder's name. */
async function read(...places: string[]): Promise<{ found: string[]; problems: string[] }> {
  const { groupVersions, problems } = await readCrdFiles(places);
  const found = groupVersions.flatMap(({ resources }) => resources.map(({ resource }) => resource));
  return { found: found.toSorted(), problems: problems.map((problem) => problem.replaceAll(`${folder}/`, "")) };
}

describe("what is read", () => {
  test("JSON is read, and lists of any kind", async () => {
    const crd = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      spec: {
        group: "example.com",
        scope: "Cluster",
        names: { plural: "as", kind: "A" },
        versions: [{ name: "v1", served: true, schema: { openAPIV3Schema: { type: "object" } } }],
      },
    };
    expect(await read(file(JSON.stringify(crd)))).toEqual({ found: ["as"], problems: [] });
    for (const list of [
      { apiVersion: "v1", kind: "List" },
      { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinitionList" },
    ]) {
      expect(await read(file(JSON.stringify({ ...list, items: [crd] })))).toEqual({ found: ["as"], problems: [] });
    }
  });

  test("YAML is read as kubectl reads it: a key without quotes can be a boolean", async () => {
    const { documents } = await readCrdFiles([
      file(definition("A", "{ type: object, properties: { y: { type: string }, 'n': { type: string } } }")),
    ]);
    const schema = documents.get("apis/example.com/v1")?.components?.schemas?.["com.example.v1.A"];
    expect(Object.keys(schema?.properties ?? {})).toEqual(["true", "n", "apiVersion", "kind", "metadata"]);
  });

  test("UTF-16 is read, as Windows shells write it", async () => {
    const bytes = Buffer.from(`\uFEFF${definition("A")}---\n${definition("B")}`, "utf16le");
    expect(await read(file(bytes))).toEqual({ found: ["as", "bs"], problems: [] });
  });

  test("files put together are read, each with its byte order mark", async () => {
    const text = ["A", "B", "C"].map((kind) => `\uFEFF---\n${definition(kind)}`).join("");
    expect(await read(file(`${text}---\n\uFEFF${definition("D")}`))).toEqual({
      found: ["as", "bs", "cs", "ds"],
      problems: [],
    });
  });

  test("folders with all that is below them; what holds no definition is passed over", async () => {
    file(definition("A"), "crds/a.yaml");
    file(definition("B"), "crds/deep/b.yml");
    file(definition("C"), "crds/c.json.txt");
    file(definition("D"), "crds/node_modules/x/d.yaml");
    file(definition("E"), "crds/.git/e.yaml");
    file("resources: [a.yaml]\n", "crds/kustomization.yaml");
    file("name: {{ .Release.Name }}\n", "crds/templates/service.yaml");
    file("", "crds/empty.yaml");
    file("{}", "crds/package.json");
    expect(await read(join(folder, "crds"))).toEqual({ found: ["as", "bs"], problems: [] });
  });

  test("standard input is read like a file", async () => {
    const stdin = Object.assign(Readable.from([Buffer.from(definition("A"))]), { fd: 0 });
    vi.spyOn(process, "stdin", "get").mockReturnValue(stdin as unknown as typeof process.stdin);
    expect(await read("-")).toEqual({ found: ["as"], problems: [] });
  });

  test("https addresses; what they answer instead is said without their secrets", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", (address: string) => {
      asked.push(address);
      if (address.endsWith("/a.yaml")) return Promise.resolve(new Response(definition("A")));
      if (address.endsWith("/down.yaml"))
        return Promise.reject(new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") }));
      return Promise.resolve(new Response("no", { status: 404, statusText: "Not Found" }));
    });
    const addresses = ["a.yaml", "down.yaml", "gone.yaml?token=planted"].map(
      (name) => `https://me:word@example.com/${name}`,
    );
    expect(await read(...addresses, "http://example.com/a.yaml", "oci://example.com/a")).toEqual({
      found: ["as"],
      problems: [
        "https://example.com/down.yaml cannot be read: fetch failed: ECONNREFUSED",
        "https://example.com/gone.yaml cannot be read: the server answers 404 Not Found",
        "http://example.com/a.yaml is not read: give a file, a folder, an address with https:// or - for standard input",
        "oci://example.com/a is not read: give a file, a folder, an address with https:// or - for standard input",
      ],
    });
    expect(asked).toEqual(addresses);
  });
});

describe("one definition's trouble costs that definition", () => {
  test.each<[string, string, string]>([
    ["text that is no YAML", `${head}metadata: { name: [\n`, "line 10, column 19: "],
    [
      "an old version",
      definition("B").replace("/v1\n", "/v1beta1\n"),
      "apiVersion is apiextensions.k8s.io/v1beta1, which no server has had since Kubernetes 1.22; convert it",
    ],
    ["no spec", `${head}metadata: { name: bs.example.com }\n`, "spec.group is missing"],
    [
      "no scope",
      definition("B").replace("scope: Cluster, ", ""),
      "spec.scope must be Namespaced or Cluster, and is missing",
    ],
    [
      "another scope",
      definition("B").replace("scope: Cluster", "scope: Galaxy"),
      'spec.scope must be Namespaced or Cluster, not "Galaxy"',
    ],
    ["no plural", definition("B").replace("plural: bs, ", ""), "spec.names.plural is missing"],
    [
      "a plural of capitals",
      definition("B").replace("plural: bs", "plural: Bs"),
      'spec.names.plural is "Bs", which the API server does not take as a name',
    ],
    [
      "a group that leads elsewhere",
      definition("B").replace("group: example.com", "group: ../../x"),
      'spec.group is "../../x"',
    ],
    ["no kind", definition("B").replace(", kind: B", ""), "spec.names.kind is missing"],
    ["a kind with a space", definition("B").replace("kind: B ", "kind: B b"), 'spec.names.kind is "B b"'],
    ["no versions", `${definition("B").split(", versions")[0]} }\n`, "spec.versions must be a list of at least one"],
    [
      "a version that is a number",
      definition("B").replace("name: v1,", "name: 1,"),
      "spec.versions[0].name is 1, which the API server does not take as a name",
    ],
    [
      "served left out",
      definition("B").replace("served: true, ", ""),
      "spec.versions[0].served must be true or false, and is missing",
    ],
    [
      "no schema",
      definition("B").replace(/, schema.*\} \}\]/, " }]"),
      "spec.versions[0].schema.openAPIV3Schema is missing",
    ],
    [
      "a schema that is none",
      definition("B", "[]"),
      "spec.versions[0].schema.openAPIV3Schema must be a schema, not a list",
    ],
    [
      "an unknown type",
      definition("B", "{ type: object, properties: { spec: { type: text } } }"),
      'spec.versions[0].schema.openAPIV3Schema.properties.spec.type must be one of array, boolean, integer, number, object, string, not "text"',
    ],
    [
      "properties in a list",
      definition("B", "{ type: object, properties: { a.b: { type: object, properties: [a] } } }"),
      'openAPIV3Schema.properties["a.b"].properties must be an object',
    ],
    [
      "items in a list",
      definition("B", "{ type: object, properties: { a: { type: array, items: [{ type: string }] } } }"),
      "openAPIV3Schema.properties.a.items must be a schema, not a list",
    ],
    [
      "a value without schema",
      definition("B", "{ type: object, properties: { a: null } }"),
      "openAPIV3Schema.properties.a must be a schema, not null",
    ],
    [
      "required without quotes",
      definition("B", "{ type: object, required: [on] }"),
      "openAPIV3Schema.required must be a list of names, each in quotes",
    ],
    [
      "an enum that is no list",
      definition("B", "{ type: object, properties: { a: { type: string, enum: a } } }"),
      "openAPIV3Schema.properties.a.enum must be a list",
    ],
    [
      "a reference",
      definition("B", "{ type: object, properties: { a: { $ref: '#/x' } } }"),
      "openAPIV3Schema.properties.a.$ref: definitions refer to nothing; write the schema out",
    ],
  ])("%s", async (_, text, problem) => {
    const path = file(`# Two of them.\n---\n${definition("A")}---\n${text}---\n${definition("C")}`);
    const { found, problems } = await read(path);
    expect(found).toEqual(["as", "cs"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^crds\.yaml, document 2(?:, bs\.example\.com)?: /);
    expect(problems[0]).toContain(problem);
  });

  test("a place that is not there costs itself", async () => {
    const { found, problems } = await read(file(definition("A")), join(folder, "gone.yaml"));
    expect(found).toEqual(["as"]);
    expect(problems).toEqual([expect.stringMatching(/^gone\.yaml cannot be read: ENOENT/)]);
  });
});

describe("usual wrong input gets its own sentence", () => {
  const fix = "| npx @kubewright/codegen … --crds -";
  test.each<[string, string, string]>([
    ["nothing", "", "crds.yaml: it is empty"],
    ["comments", "# nothing\n---\n# here\n", "crds.yaml: it holds no object"],
    [
      "a custom resource",
      "apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\n",
      "crds.yaml: it holds no CustomResourceDefinition, but Widget of example.com/v1; a definition is what an operator installs, kubectl get crd -o yaml prints those of a cluster",
    ],
    [
      "many other kinds",
      ["A", "B", "C", "D", "E"].map((kind) => `apiVersion: v1\nkind: ${kind}\n`).join("---\n"),
      "crds.yaml: it holds no CustomResourceDefinition, but A of v1, B of v1, C of v1 and 2 other kinds; a definition is what an operator installs, kubectl get crd -o yaml prints those of a cluster",
    ],
    [
      "a kustomization",
      "resources:\n- a.yaml\n",
      `crds.yaml: it is a kustomization; build it first: kubectl kustomize FOLDER ${fix}`,
    ],
    [
      "a kustomization with a kind",
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n",
      `crds.yaml: it is a kustomization; build it first: kubectl kustomize FOLDER ${fix}`,
    ],
    [
      "a template of Helm",
      `{{- if .Values.crds.enabled }}\n${definition("A")}{{- end }}\n`,
      `crds.yaml: it is a template of Helm or its like; render it first: helm template CHART --include-crds ${fix}`,
    ],
    [
      "a template that is YAML all the same",
      definition("A").replace("group: example.com", 'group: "{{ .Values.group }}"'),
      `crds.yaml, as.example.com: spec.group is "{{ .Values.group }}", which the API server does not take as a name; it is a template of Helm or its like; render it first: helm template CHART --include-crds ${fix}`,
    ],
    [
      "variables of envsubst",
      definition("A").replace("group: example.com", 'group: "${GROUP}"'),
      `crds.yaml, as.example.com: spec.group is "\${GROUP}", which the API server does not take as a name; it holds variables such as \${NAME}; fill them in first: envsubst < FILE ${fix}`,
    ],
    [
      "a list in JSON",
      "[{}]",
      "crds.yaml: it is a list in JSON; kubectl's lists are objects: { kind: List, apiVersion: v1, items: [ … ] }",
    ],
    ["no object", "text\n", "crds.yaml: Invalid manifest: it is not an object with apiVersion and kind (line 1)"],
  ])("%s", async (_, text, problem) => {
    expect(await read(file(text))).toEqual({ found: [], problems: [problem] });
  });

  test("templates in descriptions are text", async () => {
    const schema = "{ type: object, description: 'Such as {{ inputs.name }} or ${NAME}.' }";
    expect(await read(file(definition("A", schema)))).toEqual({ found: ["as"], problems: [] });
  });

  test("a folder without any file that could hold one", async () => {
    expect(await read(folder)).toEqual({ found: [], problems: [`${folder} holds no .yaml, .yml or .json file`] });
  });

  test("a template within a folder is named and costs only itself", async () => {
    file(`{{- if .Values.crds }}\n${definition("A")}{{- end }}\n`, "crds/a.yaml");
    file(definition("B"), "crds/b.yaml");
    expect(await read(join(folder, "crds"))).toEqual({
      found: ["bs"],
      problems: [
        `crds/a.yaml: it is a template of Helm or its like; render it first: helm template CHART --include-crds ${fix}`,
      ],
    });
  });
});

describe("one definition in two places", () => {
  test("equal copies count once, whatever else differs", async () => {
    const other = definition("A").replace("metadata: {", 'metadata: { labels: { from: "another chart" },');
    const places = [file(definition("A"), "a.yaml"), file(`---\n${other}---\n${definition("A")}`, "b.yaml")];
    expect(await read(...places, places[0]!, folder)).toEqual({ found: ["as"], problems: [] });
    expect(other).not.toBe(definition("A"));
  });

  test("different ones are named in one line, and cost themselves", async () => {
    const other = definition("A", "{ type: object, properties: { spec: { type: object } } }");
    const places = [file(definition("A"), "a.yaml"), file(`${definition("B")}---\n${other}`, "b.yaml")];
    expect(await read(...places)).toEqual({
      found: ["bs"],
      problems: ["as.example.com is defined differently in a.yaml and b.yaml, document 2; keep one of them"],
    });
  });

  test("versions that are not served may differ", async () => {
    const unserved = "}, { name: v0, served: false ";
    const places = [file(definition("A"), "a.yaml"), file(definition("A", "{ type: object }", unserved), "b.yaml")];
    expect(await read(...places)).toEqual({ found: ["as"], problems: [] });
  });

  test("a kind under two plurals, of which the API server accepts one", async () => {
    const twice = definition("A").replaceAll("plural: as", "plural: aas");
    expect(await read(file(`${definition("A")}---\n${twice}---\n${definition("B")}`))).toEqual({
      found: ["bs"],
      problems: [
        "The kind A of example.com is that of as.example.com (crds.yaml, document 1) and aas.example.com (crds.yaml, document 2); the API server accepts one of them",
      ],
    });
  });
});
