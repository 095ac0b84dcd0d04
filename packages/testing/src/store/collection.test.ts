import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ApiObject } from "./api-object.ts";
import { Collection, type Change } from "./collection.ts";
import { createRevisions } from "./revisions.ts";

function objectNamed(name: string, value = 0): ApiObject {
  const metadata = { name, uid: name, resourceVersion: "", creationTimestamp: "" };
  return { apiVersion: "v1", kind: "Thing", metadata, value };
}

const all = { prefix: "", limit: 0, matches: () => true } as const;
const keysOf = (collection: Collection, revision?: number): readonly string[] =>
  collection.page({ ...all, revision }).objects.map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`);

const key = fc.constantFrom("a/x", "a/y", "a-b/x", "b/x", "b/y", "b/z");
const step = fc.record({ key, remove: fc.boolean() });

describe("a collection", () => {
  test("tells its changes in order, also when who hears of one makes another", () => {
    const collection = new Collection(createRevisions());
    collection.watch(({ key: at, after }) => {
      if (after === undefined) collection.set(at, objectNamed(at));
    });
    const told: number[] = [];
    collection.watch(({ revision }) => void told.push(revision));
    collection.set("a/x", objectNamed("x"));
    collection.delete("a/x");
    expect(told).toEqual([2, 3, 4]);
  });

  test("shows every state that it ever had, until that is forgotten", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const revisions = createRevisions(5);
        const collection = new Collection(revisions);
        const states = new Map<number, readonly string[]>([[5, []]]);
        for (const { key: at, remove } of steps) {
          if (remove) collection.delete(at);
          else collection.set(at, objectNamed(at));
          states.set(revisions.current, keysOf(collection));
        }
        for (const [revision, state] of states) expect(keysOf(collection, revision)).toEqual(state);
        expect(keysOf(collection)).toEqual(keysOf(collection).toSorted());
      }),
    );
  });

  test("in pages of any size is the same as whole, whatever is written in between", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 1, max: 4 }), step, (steps, limit, between) => {
        const collection = new Collection(createRevisions());
        for (const { key: at, remove } of steps) if (!remove) collection.set(at, objectNamed(at));
        const { objects, revision } = collection.page(all);
        const found: ApiObject[] = [];
        let from: string | undefined = "";
        while (from !== undefined) {
          const page = collection.page({ ...all, limit, from, revision });
          found.push(...page.objects);
          expect(page.remaining).toBe(objects.length - found.length);
          from = page.after === undefined ? undefined : `${page.after}\0`;
          if (between.remove) collection.delete(between.key);
          else collection.set(between.key, objectNamed(between.key, 1));
        }
        expect(found).toEqual(objects);
      }),
    );
  });

  test("its changes lead from any state to the newest", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(40), (steps, at) => {
        const collection = new Collection(createRevisions());
        const heard: Change[] = [];
        collection.watch((change) => heard.push(change));
        let from = 1;
        let state = new Map<string, string>();
        const put = (map: Map<string, string>, { key: where, after }: Change): void => {
          if (after === undefined) map.delete(where);
          else map.set(where, after.metadata.resourceVersion);
        };
        for (const [index, { key: where, remove }] of steps.entries()) {
          if (index === at) {
            from = heard.at(-1)?.revision ?? 1;
            state = new Map();
            for (const change of heard) put(state, change);
          }
          if (remove) collection.delete(where);
          else collection.set(where, objectNamed(where));
        }
        const later = collection.changesAfter(from);
        expect(later).toEqual(heard.filter(({ revision }) => revision > from));
        if (steps.length > at) for (const change of later) put(state, change);
        else for (const change of heard) put(state, change);
        expect([...state].map(([where, version]) => `${where}@${version}`).toSorted()).toEqual(
          keysOf(collection).toSorted(),
        );
      }),
    );
  });

  test("what it forgot, it says", () => {
    const collection = new Collection(createRevisions());
    for (const name of ["a", "b", "c"]) collection.set(name, objectNamed(name));
    collection.compact(3);
    expect(collection.compacted).toBe(3);
    expect(collection.changesAfter(3).map((change) => change.key)).toEqual(["c"]);
  });

  test("a deletion is told with the last state, at the revision of the deletion", () => {
    const collection = new Collection(createRevisions());
    collection.set("a", objectNamed("a", 7));
    const heard: Change[] = [];
    collection.watch((change) => heard.push(change));
    expect(collection.delete("a")?.metadata.resourceVersion).toBe("3");
    expect(heard).toMatchObject([{ revision: 3, key: "a", after: undefined, last: { value: 7 } }]);
    expect(collection.delete("a")).toBeUndefined();
  });
});
