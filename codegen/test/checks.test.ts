import { describe, expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import type { DiscoveredResource } from "../src/load/discovery.ts";
import type { JsonSchema, Operation, PathItem } from "../src/load/openapi.ts";
import { kindSchema, sourceOf, type Spec } from "./spec.ts";

const widget = { group: "example.com", version: "v1", kind: "Widget" };
const collection = "/apis/example.com/v1/namespaces/{namespace}/widgets";
const everywhere = "/apis/example.com/v1/widgets";
const schemas = { "com.example.v1.Widget": kindSchema("example.com", "v1", "Widget") };

function resource(rest: Partial<DiscoveredResource> = {}): DiscoveredResource {
  return { resource: "widgets", responseKind: { kind: "Widget" }, scope: "Namespaced", verbs: ["get"], ...rest };
}

function operation(action: string, rest: Partial<Operation> = {}): Operation {
  return { "x-kubernetes-action": action, "x-kubernetes-group-version-kind": widget, ...rest };
}

function query(...names: string[]): Pick<Operation, "parameters"> {
  return { parameters: names.map((name) => ({ in: "query", name })) };
}

const get = { [`${collection}/{name}`]: { get: operation("get") } as PathItem };

function spec(
  resources: readonly DiscoveredResource[],
  paths: Spec["paths"],
  more: Readonly<Record<string, JsonSchema>> = {},
): Spec {
  return {
    groups: [{ group: "example.com", version: "v1", resources }],
    schemas: { ...schemas, ...more },
    ...(paths === undefined ? {} : { paths }),
  };
}

async function problems(made: Spec): Promise<readonly string[]> {
  const found = await generate(sourceOf(made));
  return found.problems.map((problem) => problem.replace(/^(?:[\w-]+ of )?[a-z.]+\/v1: /, ""));
}

describe("discovery and OpenAPI must agree", () => {
  test("what agrees passes", async () => {
    expect(await problems(spec([resource()], get))).toEqual([]);
  });

  test("a verb without its operation is refused", async () => {
    expect(await problems(spec([resource({ verbs: ["get", "patch"] })], get))).toEqual([
      `Discovery lets example.com/v1 widgets do what OpenAPI calls patch, but OpenAPI has no PATCH ${collection}/{name}`,
    ]);
  });

  test("a subresource without its operation is refused", async () => {
    const subresources = [{ subresource: "status", responseKind: { kind: "Widget" }, verbs: ["get"] }];
    expect(await problems(spec([resource({ subresources })], get))).toEqual([
      `Discovery lets example.com/v1 widgets/status do what OpenAPI calls get, but OpenAPI has no GET ${collection}/{name}/status`,
    ]);
  });

  test("an operation without its verb is refused", async () => {
    const paths = { ...get, [collection]: { post: operation("post") } as PathItem };
    expect(await problems(spec([resource()], paths))).toEqual([
      `OpenAPI has POST ${collection} (post), but discovery lists no resource with such a verb`,
    ]);
  });

  test("an operation of another kind is refused", async () => {
    const other = operation("get", { "x-kubernetes-group-version-kind": { ...widget, kind: "Gadget" } });
    expect(await problems(spec([resource()], { [`${collection}/{name}`]: { get: other } as PathItem }))).toEqual([
      `OpenAPI gives GET ${collection}/{name} the kind example.com/v1 Gadget, where discovery has example.com/v1 Widget`,
    ]);
  });

  test("an operation of another action is refused", async () => {
    expect(
      await problems(spec([resource()], { [`${collection}/{name}`]: { get: operation("list") } as PathItem })),
    ).toEqual([
      `OpenAPI gives GET ${collection}/{name} the x-kubernetes-action "list", where discovery makes it "get"`,
    ]);
  });

  test("a scope that the paths do not have", async () => {
    const [first] = await problems(spec([resource({ scope: "Cluster" })], get));
    expect(first).toBe(`OpenAPI has GET ${collection}/{name} (get), but discovery lists no resource with such a verb`);
  });

  test("a list that cannot be watched, though discovery says so", async () => {
    const list = { get: operation("list") } as PathItem;
    expect(
      await problems(spec([resource({ verbs: ["list", "watch"] })], { [collection]: list, [everywhere]: list })),
    ).toEqual([
      `Discovery gives the resource of ${collection} the verb watch, but OpenAPI's GET takes no parameter watch`,
      `Discovery gives the resource of ${everywhere} the verb watch, but OpenAPI's GET takes no parameter watch`,
    ]);
  });

  test("a patch that the server does not take is refused", async () => {
    const requestBody = { content: { "application/merge-patch+json": {}, "application/apply-patch+yaml": {} } };
    const paths = { [`${collection}/{name}`]: { patch: operation("patch", { requestBody }) } as PathItem };
    expect(await problems(spec([resource({ verbs: ["patch"] })], paths))).toEqual([
      `The client sends application/json-patch+json to PATCH ${collection}/{name}, which OpenAPI does not list there`,
    ]);
  });

  test("a deprecated watch path of what cannot be watched", async () => {
    const path = "/apis/example.com/v1/watch/widgets";
    expect(await problems(spec([resource()], { ...get, [path]: { get: operation("watchlist") } as PathItem }))).toEqual(
      [`OpenAPI has GET ${path} to watch ${everywhere}, but discovery gives that no verb watch`],
    );
  });

  test("a kind without a schema is refused", async () => {
    const other = resource({ resource: "gadgets", responseKind: { kind: "Gadget" } });
    expect(await problems(spec([other], undefined))).toEqual([
      "Discovery names the kind example.com/v1 Gadget, but no OpenAPI schema has it",
    ]);
  });
});

describe("what nobody knows yet is refused", () => {
  test("a verb", async () => {
    expect(await problems(spec([resource({ verbs: ["get", "teleport"] })], get))).toEqual([
      'Discovery gives example.com/v1 widgets the verb "teleport", which the generator does not know',
    ]);
  });

  test("an action", async () => {
    const paths = { ...get, "/apis/example.com/v1/beam": { get: operation("beam") } as PathItem };
    expect(await problems(spec([resource()], paths))).toEqual([
      'OpenAPI gives GET /apis/example.com/v1/beam the x-kubernetes-action "beam", which the generator does not know',
    ]);
  });

  test("a query parameter", async () => {
    const path = { get: operation("get", query("pretty", "resourceVersion", "depth")) } as PathItem;
    expect(await problems(spec([resource()], { [`${collection}/{name}`]: path }))).toEqual([
      `OpenAPI gives GET ${collection}/{name} the query parameter depth, which no option of get sets`,
    ]);
  });

  test("a parameter of lists is none of a create", async () => {
    const path = { post: operation("post", query("dryRun", "limit")) } as PathItem;
    expect(await problems(spec([resource({ verbs: ["create"] })], { [collection]: path }))).toEqual([
      `OpenAPI gives POST ${collection} the query parameter limit, which no option of create sets`,
    ]);
  });

  test("a header", async () => {
    const path = { get: operation("get", { parameters: [{ in: "header", name: "X-Beam" }] }) } as PathItem;
    expect(await problems(spec([resource()], { [`${collection}/{name}`]: path }))).toEqual([
      `OpenAPI gives GET ${collection}/{name} the header parameter X-Beam, which the client does not know`,
    ]);
  });

  test("connections of other API servers are left to request(), new ones of Kubernetes are not", async () => {
    const connect = operation("connect", { "x-kubernetes-group-version-kind": { ...widget, kind: "BeamOptions" } });
    const path = `${collection}/{name}/beam`;
    expect(await problems(spec([resource()], { ...get, [path]: { get: connect } as PathItem }))).toEqual([]);
    const own: Spec = {
      groups: [{ group: "", version: "v1", resources: [] }],
      paths: { "/api/v1/namespaces/{namespace}/pods/{name}/beam": { get: connect } as PathItem },
    };
    expect(await problems(own)).toEqual([
      'OpenAPI gives GET /api/v1/namespaces/{namespace}/pods/{name}/beam the x-kubernetes-action "connect", which the generator does not know',
    ]);
  });
});

describe("names and owners", () => {
  test("two schemas of one name in one module", async () => {
    const more = { "com.example.nested.v1.Widget": kindSchema("example.com", "v1", "Widget") };
    expect(await problems(spec([resource()], undefined, more))).toEqual([
      "The module example.com/v1 would have two things named Widget: the schema com.example.nested.v1.Widget and the schema com.example.v1.Widget",
    ]);
  });

  test("a kind that is named like another's client is none, for it gets another name", async () => {
    const more = { "com.example.v1.WidgetResource": kindSchema("example.com", "v1", "WidgetResource") };
    expect(await problems(spec([resource()], undefined, more))).toEqual([]);
  });

  test("two plurals that become one name are refused", async () => {
    const twice = resource({ resource: "wid-gets", responseKind: { kind: "Widget" } });
    expect(await problems(spec([resource(), twice], undefined))).toContainEqual(
      "The module example.com/v1 would have two things named widgets: the resource wid-gets and the resource widgets",
    );
  });

  test("a schema that no group-version owns is refused", async () => {
    expect(await problems(spec([resource()], undefined, { "org.stray.v1.Thing": { type: "object" } }))).toEqual([
      "No group-version owns the schema org.stray.v1.Thing: neither its name nor a kind of its package says which",
    ]);
  });

  test("a package whose kinds are of two group-versions owns nothing", async () => {
    const more = {
      "com.example.v1.Gadget": kindSchema("other.example.com", "v1", "Gadget"),
      "com.example.v1.Part": { type: "object" },
    };
    expect((await problems(spec([resource()], undefined, more)))[0]).toMatch(
      /^No group-version owns the schema com\.example\.v1\./,
    );
  });

  test("a schema that refers to nothing is refused", async () => {
    const more = { "com.example.v1.Part": { $ref: "#/components/schemas/com.example.v1.Gone" } };
    expect(await problems(spec([resource()], undefined, more))).toEqual([
      "The schema com.example.v1.Part refers to com.example.v1.Gone, which no document has",
    ]);
  });

  test("two documents that say different things of one schema", async () => {
    const source = sourceOf(spec([resource()], undefined));
    const documents = new Map([
      ...source.documents,
      ["other", { components: { schemas: { "com.example.v1.Widget": { type: "string" } } } }],
    ]);
    expect((await generate({ ...source, documents })).problems).toEqual([
      "widgets of example.com/v1: The schema com.example.v1.Widget differs between the documents apis/example.com/v1 and other",
    ]);
    // Other API servers hold other versions of Kubernetes' own types, which come from kubewright anyway.
    const meta = {
      "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta": { type: "object", properties: { a: { type: "string" } } },
    };
    const harmless = new Map([...source.documents, ["other", { components: { schemas: meta } }]]);
    expect((await generate({ ...source, documents: harmless })).problems).toEqual([]);
  });
});

describe("a problem costs its resource and no other", () => {
  const gadget = { group: "example.com", version: "v1", kind: "Gadget" };
  const gadgets = (rest: Partial<DiscoveredResource> = {}): DiscoveredResource =>
    resource({ resource: "gadgets", responseKind: { kind: "Gadget" }, ...rest });
  const both = { "com.example.v1.Gadget": kindSchema("example.com", "v1", "Gadget") };
  const getGadget = {
    "/apis/example.com/v1/namespaces/{namespace}/gadgets/{name}": {
      get: operation("get", { "x-kubernetes-group-version-kind": gadget }),
    } as PathItem,
  };

  test.each<[string, Spec, string]>([
    [
      "a verb that nobody knows",
      spec([gadgets({ verbs: ["teleport"] }), resource()], undefined, both),
      'the verb "teleport"',
    ],
    [
      "a verb without its operation",
      spec([resource(), gadgets({ verbs: ["get", "patch"] })], { ...get, ...getGadget }, both),
      "but OpenAPI has no PATCH",
    ],
    [
      "a kind without schema",
      spec([resource(), gadgets()], undefined),
      "Discovery names the kind example.com/v1 Gadget, but no OpenAPI schema has it",
    ],
    [
      "a schema that refers to nothing",
      spec([resource(), gadgets()], undefined, {
        "com.example.v1.Gadget": {
          ...kindSchema("example.com", "v1", "Gadget"),
          properties: { a: { $ref: "#/components/schemas/com.example.v1.Gone" } },
        },
      }),
      "refers to com.example.v1.Gone, which no document has",
    ],
    [
      "a schema that cannot be read at all",
      spec([resource(), gadgets()], undefined, {
        "com.example.v1.Gadget": { ...kindSchema("example.com", "v1", "Gadget"), required: 5 as never },
      }),
      "",
    ],
  ])("%s", async (_, made, text) => {
    const { files, problems: found } = await generate(sourceOf(made));
    expect(found).toEqual([expect.stringContaining(`gadgets of example.com/v1: `)]);
    expect(found[0]).toContain(text);
    const module = files.get("example.com/v1.ts");
    expect(module).toContain("interface WidgetResource");
    expect(module).not.toContain("Gadget");
  });

  test("a group-version costs itself", async () => {
    const other = { group: "other.example.com", version: "v1", resources: [resource({ verbs: ["teleport"] })] };
    const made = spec([resource()], undefined);
    const { files, problems: found } = await generate(sourceOf({ ...made, groups: [...made.groups, other] }));
    expect(found).toHaveLength(1);
    expect([...files.keys()]).toEqual(["example.com/v1.ts"]);
  });

  test("what no resource has is told and costs none", async () => {
    const beam = { "/apis/example.com/v1/beam": { get: operation("beam") } as PathItem };
    const { files, problems: found } = await generate(sourceOf(spec([resource()], { ...get, ...beam })));
    expect(found).toHaveLength(1);
    expect(files.get("example.com/v1.ts")).toContain("interface WidgetResource");
  });

  test("of two that clash, the first stays", async () => {
    const twice = resource({ resource: "wid-gets" });
    const { files, problems: found } = await generate(sourceOf(spec([resource(), twice], undefined)));
    expect(found).toEqual([expect.stringMatching(/^wid-gets of example\.com\/v1: .* two things named widgets/)]);
    expect(files.get("example.com/v1.ts")).toContain("interface WidgetResource");
  });
});
