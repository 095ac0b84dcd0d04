import { describe, expect, test } from "vitest";
import {
  checkAgainstList,
  checkDelivered,
  checkFinal,
  checkSamples,
  type CheckOptions,
  type Delivery,
  type Violation,
} from "./checker.ts";
import { type TrueHistory, trueHistory, type TrueObject } from "./true-history.ts";
import { viewOf } from "./view.ts";

/** `a1@7` is the object named a with the uid a1 at version 7. */
function object(what: string, changes: { text?: string; app?: string } = {}): TrueObject {
  const [uid = "", resourceVersion = ""] = what.split("@");
  const { text = resourceVersion, app = "web" } = changes;
  const metadata = { name: uid.replace(/\d/, ""), namespace: "shop", uid, resourceVersion, labels: { app } };
  return { metadata, data: { text } } as TrueObject;
}

/** The last state as a DELETED event shows it: the content of `as` with the version of the deletion. */
const gone = (what: string, as: string): TrueObject => object(what, { text: as });

function history(write: (to: TrueHistory) => void): TrueHistory {
  const made = trueHistory();
  write(made);
  return made;
}

/** a lives from 1 to 8 and comes again as a2; b changes; c stays. */
const usual = history((to) => {
  for (const what of ["a1@1", "b1@2", "c1@3", "a1@4", "b1@5", "a1@6"]) to.put(object(what));
  to.delete(gone("a1@8", "6"));
  for (const what of ["a2@9", "b1@10"]) to.put(object(what));
});

let moment = 100;
const at = (): number => ++moment;
const added = (what: string): Delivery => ({ at: at(), type: "added", object: object(what), previous: undefined });
const updated = (what: string, before: string): Delivery => ({
  at: at(),
  type: "updated",
  object: object(what),
  previous: object(before),
});
const deleted = (last: TrueObject, before: string): Delivery => ({
  at: at(),
  type: "deleted",
  object: last,
  previous: object(before),
});

const found = (
  delivered: readonly Delivery[],
  of: TrueHistory = usual,
  options: CheckOptions = {},
): readonly string[] => checkDelivered(viewOf(of), delivered, options).map(({ kind, message }) => `${kind} ${message}`);

const clean: readonly Delivery[] = [
  added("a1@1"),
  added("b1@2"),
  added("c1@3"),
  updated("a1@4", "a1@1"),
  updated("b1@5", "b1@2"),
  updated("a1@6", "a1@4"),
  deleted(gone("a1@8", "6"), "a1@6"),
  added("a2@9"),
  updated("b1@10", "b1@5"),
];

/** The clean history with some deliveries replaced. */
function changed(from: number, count: number, ...instead: readonly Delivery[]): readonly Delivery[] {
  return clean.toSpliced(from, count, ...instead);
}

describe("what is true", () => {
  test("every change", () => expect(found(clean)).toEqual([]));

  test("only the last state of each", () => expect(found([added("c1@3"), added("b1@10"), added("a2@9")])).toEqual([]));

  test("a deletion that was missed, told with the state that was known", () =>
    expect(
      found([
        added("a1@4"),
        added("c1@3"),
        added("b1@5"),
        deleted(object("a1@4"), "a1@4"),
        added("a2@9"),
        updated("b1@10", "b1@5"),
      ]),
    ).toEqual([]));

  test("a deletion that shows a state which was left out", () =>
    expect(
      found([
        added("c1@3"),
        added("a1@4"),
        added("b1@5"),
        deleted(object("a1@6"), "a1@4"),
        added("a2@9"),
        updated("b1@10", "b1@5"),
      ]),
    ).toEqual([]));

  test("an object without managedFields, its fields in another order", () => {
    const { metadata, ...rest } = object("a1@1");
    const of = history((to) =>
      to.put({ ...rest, metadata: { managedFields: [{ manager: "x" }], ...metadata } } as TrueObject),
    );
    expect(found([added("a1@1")], of)).toEqual([]);
  });

  test("a resync, where there are any", () => {
    const again = changed(3, 0, updated("c1@3", "c1@3"));
    expect(found(again, usual, { resyncs: true })).toEqual([]);
    expect(found(again)).toHaveLength(1);
  });

  test("lanes that are not equally far", () => {
    const mixed = [
      added("b1@10"),
      added("c1@3"),
      added("a1@1"),
      updated("a1@6", "a1@1"),
      deleted(gone("a1@8", "6"), "a1@6"),
      added("a2@9"),
    ];
    expect(found(mixed, usual, { laneOf: (key) => key })).toEqual([]);
    expect(found(mixed)).not.toEqual([]);
  });
});

describe("what is planted is found", () => {
  test.each<[what: string, delivered: readonly Delivery[], messages: readonly RegExp[]]>([
    ["an update that is lost", clean.slice(0, -1), [/^lost shop\/b: .* ended with version 5 .* not with version 10 /]],
    ["an object that is lost", clean.toSpliced(2, 1), [/^lost shop\/c: .* ended with nothing, not with version 3 /]],
    [
      "a deletion that is lost",
      changed(6, 2),
      [/^lost shop\/a: .* ended with version 6 .*, not with version 9 .* none from 8, version 9 /],
    ],
    [
      "a deletion told of what is there",
      [...clean, deleted(object("c1@3"), "c1@3")],
      [/^invented shop\/c: deleted version 3 .* never was so/, /^lost shop\/c/],
    ],
    [
      "the same again",
      changed(4, 0, updated("a1@4", "a1@4")),
      [/^duplicate shop\/a: updated version 4 .* last that was told/],
    ],
    [
      "an addition again",
      changed(3, 0, added("a1@1")),
      [/^duplicate shop\/a: added version 1 .* although version 1 .* was known/],
    ],
    [
      "a deletion again",
      changed(7, 0, deleted(gone("a1@8", "6"), "a1@6")),
      [
        /^previous shop\/a: deleted version 8 .* with version 6 .* as its previous state; this subscription never saw it/,
      ],
    ],
    [
      "an older version after a newer one",
      changed(5, 1, updated("a1@6", "a1@4"), updated("a1@4", "a1@6"), updated("a1@6", "a1@4")),
      [
        /^backwards shop\/a: updated version 4 .* was over when version 6 came, .* version 1 .*, version 4 .*, version 6 /,
      ],
    ],
    [
      "one object older than another shows",
      [
        added("a1@1"),
        added("c1@3"),
        updated("a1@6", "a1@1"),
        added("b1@2"),
        ...clean.slice(6, 8),
        updated("b1@10", "b1@2"),
      ],
      [/^backwards shop\/b: added version 2 .* was over when version 6 came/],
    ],
    [
      "an addition after the deletion",
      changed(7, 1, added("a1@6"), deleted(gone("a1@8", "6"), "a1@6"), added("a2@9")),
      [/^backwards shop\/a: added version 6 .* was over when version 8 came/],
    ],
    [
      "a last state older than what was told",
      changed(6, 1, deleted(object("a1@4"), "a1@6")),
      [/^backwards shop\/a: deleted version 4 .* as its last state, although version 6 /],
    ],
    [
      "a previous state that was not the last told",
      changed(5, 1, updated("a1@6", "a1@1")),
      [
        /^previous shop\/a: updated version 6 .* with version 1 .* as its previous state; this subscription last saw version 4 /,
      ],
    ],
    [
      "no previous state",
      changed(5, 1, { ...updated("a1@6", "a1@4"), previous: undefined }),
      [
        /^previous shop\/a: updated version 6 .* with nothing as its previous state; this subscription last saw version 4 /,
      ],
    ],
    [
      "a previous state of an addition",
      changed(7, 1, { ...added("a2@9"), previous: object("a1@6") }),
      [/^previous shop\/a: added version 9 .* with version 6 .* never saw it/],
    ],
    [
      "an update of what was never told",
      clean.toSpliced(0, 1),
      [/^previous shop\/a: updated version 4 .* with version 1 .* never saw it/],
    ],
    [
      "another uid as an update",
      changed(6, 2, updated("a2@9", "a1@6")),
      [/^identity shop\/a: updated version 9 \(uid a2, .* where version 6 \(uid a1, .* was known and not deleted/],
    ],
    [
      "another uid as an addition without a deletion",
      changed(6, 2, added("a2@9")),
      [/^identity shop\/a: added version 9 /],
    ],
    [
      "a version that never was",
      changed(5, 1, updated("a1@7", "a1@4"), updated("a1@6", "a1@7")),
      [/^invented shop\/a: updated version 7 .* never was so; there were version 1 .*, none from 8, version 9 /],
    ],
    [
      "an object of which a part is missing",
      changed(2, 1, { ...added("c1@3"), object: object("c1@3", { text: "" }) }),
      [/^invented shop\/c: added version 3 .* never was so; there were version 3 /, /^lost shop\/c/],
    ],
    [
      "an object that never was",
      [...clean, added("d1@11")],
      [
        /^invented shop\/d: added version 11 .* there were none/,
        /^lost shop\/d: .* ended with version 11 .* not with nothing/,
      ],
    ],
  ])("%s", (_, delivered, messages) => {
    const violations = found(delivered);
    expect(violations.map((text, i) => messages[i]?.test(text) ?? text)).toEqual(messages.map(() => true));
  });
});

describe("selectors", () => {
  const moved = history((to) => {
    to.put(object("a1@1"));
    to.put(object("a1@2", { app: "db" }));
    to.put(object("a1@3"));
    to.put(object("a1@4", { app: "db" }));
    to.put(object("b1@5", { app: "db" }));
  });
  const web = viewOf(moved, ({ metadata }) => metadata.labels?.["app"] === "web");
  const all = [added("a1@1"), deleted(gone("a1@2", "1"), "a1@1"), added("a1@3"), deleted(gone("a1@4", "3"), "a1@3")];

  test("what leaves is deleted, what comes back is added", () => {
    expect(checkDelivered(web, all)).toEqual([]);
    expect(checkDelivered(web, all.slice(0, 2))).toEqual([]);
  });

  test("what does not match is invented, what left is lost", () => {
    const stays = [added("a1@1"), { ...updated("a1@2", "a1@1"), object: object("a1@2", { app: "db" }) }];
    expect(checkDelivered(web, stays).map(({ kind }) => kind)).toEqual(["invented", "lost"]);
    expect(checkDelivered(web, all.slice(0, 3))).toMatchObject([{ kind: "lost", key: "shop/a" }]);
  });
});

describe("a server that is put back", () => {
  const restored = history((to) => {
    for (const what of ["a1@1", "b1@2", "a1@3"]) to.put(object(what));
    to.restore("2");
    to.quorumList("2");
    to.put(object("b1@3", { text: "anew" }));
  });
  const anew = object("b1@3", { text: "anew" });
  const told = (listed: number): readonly Delivery[] => [
    { ...added("a1@3"), at: 0 },
    { ...added("b1@2"), at: 0 },
    { ...updated("a1@1", "a1@3"), at: listed },
    { ...updated("b1@3", "b1@2"), at: listed, object: anew },
  ];

  test("after a list of the newest state, what is told goes back", () => {
    expect(found(told(10), restored)).toEqual([]);
  });

  test("without one it must not", () => {
    expect(found(told(1), restored)).toEqual([
      expect.stringMatching(
        /^unread shop\/a: updated version 1 .* after the restore to 2, although nothing was listed since/,
      ),
    ]);
  });

  test("a state that was taken back and came again may be told again", () => {
    const again = [
      ...told(10).slice(0, 2),
      { ...updated("a1@1", "a1@3"), at: 10 },
      { ...updated("a1@1", "a1@1"), at: 11 },
    ];
    const rest = { ...updated("b1@3", "b1@2"), at: 12, object: anew };
    expect(found([...again, rest], restored)).toEqual([]);
    const same = { ...updated("b1@3", "b1@2"), at: 13, object: anew, previous: anew };
    expect(found([...again, rest, same], restored)).toEqual([
      expect.stringMatching(/^duplicate shop\/b: updated version 3 /),
    ]);
  });

  test("who had not come so far goes on", () => {
    const behind = [
      { ...added("a1@1"), at: 0 },
      { ...added("b1@2"), at: 0 },
      { ...updated("b1@3", "b1@2"), at: 1, object: anew },
    ];
    expect(found(behind, restored)).toEqual([]);
  });

  test("once it went back, it stays there", () => {
    const back = [...told(10), { ...updated("a1@3", "a1@1"), at: 11 }, { ...updated("a1@1", "a1@3"), at: 12 }];
    expect(found(back, restored)).toEqual([expect.stringMatching(/^backwards shop\/a: updated version 3 /)]);
  });

  test("what is not taken back is lost", () => {
    expect(found(told(10).slice(0, 2), restored)).toEqual([
      expect.stringMatching(/^lost shop\/a: .* ended with version 3 .* not with version 1 /),
      expect.stringMatching(/^lost shop\/b: .* ended with version 2 .* not with version 3 /),
    ]);
  });
});

describe("the cache", () => {
  const last = ["a2@9", "b1@10", "c1@3"].map((what) => object(what));
  const kinds = (violations: readonly Violation[]): readonly string[] =>
    violations.map(({ kind, key }) => `${kind} ${key}`);

  test("is held against the last state, object by object", () => {
    const view = viewOf(usual);
    expect(checkFinal(view, last, "the cache")).toEqual([]);
    expect(kinds(checkFinal(view, [object("b1@5"), object("a2@9"), object("d1@1")], "the cache"))).toEqual([
      "lost shop/b",
      "lost shop/c",
      "lost shop/d",
    ]);
    expect(kinds(checkFinal(view, [...last, object("c1@3")], "the cache"))).toEqual(["lost shop/c"]);
    expect(checkFinal(view, [...last, object("d1@1")], "the cache")[0]?.message).toMatch(
      /^shop\/d: the cache ended with version 1 .*, not with nothing; there were none$/,
    );
  });

  test("is held against a fresh list, object by object", () => {
    expect(checkAgainstList(last, last.toReversed())).toEqual([]);
    expect(kinds(checkAgainstList(last.slice(1), last))).toEqual(["lost shop/a"]);
    expect(kinds(checkAgainstList([...last.slice(0, 2), object("c1@3", { text: "other" })], last))).toEqual([
      "lost shop/c",
    ]);
    expect(checkAgainstList(last, last.slice(1))[0]?.message).toMatch(
      /^shop\/a: the cache holds version 9 .*, a fresh list nothing$/,
    );
  });

  test("is true at the version that it names", () => {
    const view = viewOf(usual);
    const sample = (resourceVersion: string, ...objects: readonly string[]) => ({
      resourceVersion,
      objects: objects.map((what) => object(what)),
    });
    const right = [
      sample("1", "a1@1"),
      sample("5", "a1@4", "b1@5", "c1@3"),
      sample("8", "b1@5", "c1@3"),
      sample("99", "a2@9", "b1@10", "c1@3"),
    ];
    expect(checkSamples(view, right)).toEqual([]);
    expect(kinds(checkSamples(view, [...right, sample("8", "a1@6", "b1@5", "c1@3")]))).toEqual(["torn shop/a"]);
    expect(checkSamples(view, [sample("6", "a1@4", "b1@5", "c1@3")])[0]?.message).toMatch(
      /^shop\/a: at version 6 the cache held version 4 .*, not version 6 /,
    );
  });

  test("may be true before or after a restore", () => {
    const restored = history((to) => {
      for (const what of ["a1@1", "a1@2", "a1@4"]) to.put(object(what));
      to.restore("2");
      to.put(object("a1@3"));
    });
    const sample = (resourceVersion: string, what: string) => ({ resourceVersion, objects: [object(what)] });
    const samples = [sample("4", "a1@4"), sample("2", "a1@2"), sample("3", "a1@3"), sample("3", "a1@2")];
    expect(checkSamples(viewOf(restored), samples)).toEqual([]);
    expect(kinds(checkSamples(viewOf(restored), [sample("3", "a1@4")]))).toEqual(["torn shop/a"]);
  });
});
