import type {
  Cluster,
  Group,
  KubernetesObject,
  List,
  ListOptions,
  MetadataClient,
  ResourceDescriptor,
} from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { allGroups } from "../support/operations.ts";
import { expectSame, inBoth, protobufType } from "./both.ts";

interface Listed {
  list(options?: ListOptions): Promise<List<unknown>>;
  each(options?: ListOptions): AsyncIterable<unknown>;
  readonly metadata?: MetadataClient;
}

const both = inBoth();
const groups = await allGroups();

const cases = [...groups].flatMap(([name, group]) =>
  Object.entries(group.resources as Readonly<Record<string, ResourceDescriptor>>)
    .filter(([, { verbs = [] }]) => verbs.includes("list"))
    .map(([resource]) => [name, resource, group] as const),
);

/** ComponentStatuses, which the server asks for anew each time, come in any order. */
function inOrder(items: readonly unknown[]): readonly unknown[] {
  const place = (item: unknown): string => {
    const { namespace = "", name = "" } = (item as KubernetesObject).metadata ?? {};
    return `${namespace}/${name}`;
  };
  return items.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}

async function listed(reading: Promise<List<unknown>> | undefined): Promise<unknown> {
  const list = await reading;
  return list && { ...list, items: inOrder(list.items), metadata: { ...list.metadata, resourceVersion: "" } };
}

async function collected(pages: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  for await (const item of pages) items.push(item);
  return inOrder(items);
}

describe("what a cluster has from its start on is the same in both encodings", () => {
  test.each(cases)("%s %s", async (_, resource, group: Group<object>) => {
    const clientOf = (cluster: Cluster): Listed => (cluster.api(group) as Record<string, Listed>)[resource] as Listed;
    const [json, protobuf] = [clientOf(both.json), clientOf(both.protobuf)];
    both.exchanged.length = 0;
    await expectSame(
      () => listed(json.list()),
      () => listed(protobuf.list()),
    );
    await expectSame(
      () => collected(json.each({ limit: 3 })),
      () => collected(protobuf.each({ limit: 3 })),
    );
    await expectSame(
      () => listed(json.metadata?.list()),
      () => listed(protobuf.metadata?.list()),
    );
    expect(both.exchanged.filter(({ answered }) => answered !== protobufType)).toEqual([]);
  });
});
