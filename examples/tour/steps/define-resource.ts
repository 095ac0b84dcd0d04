import { isAlreadyExists, isForbidden } from "kubewright";
import { ApiextensionsV1, type CustomResourceDefinition } from "kubewright/apiextensions/v1";
import { call, done, heading, note } from "../print.ts";
import type { Tour } from "../tour.ts";

export const group = "tour.kubewright.dev";

export const definition: CustomResourceDefinition = {
  metadata: { name: `lighthouses.${group}` },
  spec: {
    group,
    scope: "Namespaced",
    names: { plural: "lighthouses", singular: "lighthouse", kind: "Lighthouse", shortNames: ["lh"] },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [
          { name: "Height", type: "integer", jsonPath: ".spec.height" },
          { name: "Light", type: "string", jsonPath: ".spec.light.colour" },
          { name: "Lit", type: "boolean", jsonPath: ".status.lit" },
        ],
        schema: {
          openAPIV3Schema: {
            type: "object",
            required: ["spec"],
            properties: {
              spec: {
                type: "object",
                required: ["height", "light"],
                properties: {
                  height: { type: "integer", minimum: 1, description: "Metres from the ground to the top." },
                  light: {
                    type: "object",
                    description: "What ships see at night.",
                    required: ["colour"],
                    properties: {
                      colour: { type: "string", enum: ["white", "red", "green"] },
                      periodSeconds: { type: "integer", description: "Seconds from flash to flash.", default: 10 },
                    },
                  },
                },
              },
              status: { type: "object", properties: { lit: { type: "boolean" } } },
            },
          },
        },
      },
    ],
  },
};

/** Creates a CustomResourceDefinition, unless somebody else did. False where this user may not. */
export async function defineResource({ cluster, undo }: Tour): Promise<boolean> {
  heading("A custom resource of our own");
  const { customResourceDefinitions } = cluster.api(ApiextensionsV1);
  const { name = "" } = definition.metadata ?? {};
  call(`await cluster.api(ApiextensionsV1).customResourceDefinitions.create({ metadata: { name: "${name}" }, spec })`);
  try {
    await customResourceDefinitions.create(definition);
    undo(`the CustomResourceDefinition ${name}`, async (later) => {
      await later.api(ApiextensionsV1).customResourceDefinitions.delete(name);
    });
  } catch (error) {
    if (isForbidden(error)) {
      note(`This user may not create it, so the tour goes on without: ${error.message}`);
      return false;
    }
    if (!isAlreadyExists(error)) throw error;
    note("It is there already; the tour uses it and leaves it.");
  }

  call(`customResourceDefinitions.watch({ fieldSelector: { "metadata.name": "${name}" } })`);
  const watch = customResourceDefinitions.watch({ fieldSelector: { "metadata.name": name }, timeoutSeconds: 30 });
  for await (const event of watch) {
    if (event.type !== "ADDED" && event.type !== "MODIFIED") continue;
    const { conditions = [] } = event.object.status ?? {};
    if (conditions.some(({ type, status }) => type === "Established" && status === "True")) {
      done(`${name} is established`);
      return true;
    }
  }
  throw new Error(`${name} was not established within 30 seconds`);
}
