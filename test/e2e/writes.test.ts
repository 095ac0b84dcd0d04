import { InputError, isAlreadyExists, isConflict, isInvalid, isNotFound, isStrictDecodingError } from "kubewright";
import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1, type Pod } from "kubewright/core/v1";
import { describe, expect, test } from "vitest";
import { rejection } from "../support/api-request.ts";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

const held = adminCluster({ fieldManager: "writes-test" });
const own = ownNamespace(held);
const core = (): CoreV1 => held.cluster.api(CoreV1);
const configMaps = () => core().configMaps.in(own.namespace);
const deployments = () => held.cluster.api(AppsV1).deployments.in(own.namespace);
const pods = () => core().pods.in(own.namespace);

const deployment = (name: string, image = "none") => ({
  metadata: { name },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          { name: "web", image },
          { name: "side", image: "none", args: ["a"] },
        ],
      },
    },
  },
});

const unscheduledPod = (name: string, more: Partial<NonNullable<Pod["spec"]>> = {}): Pod => ({
  metadata: { name },
  spec: { containers: [{ name: "main", image: "none" }], nodeSelector: { "no-such-node": "yes" }, ...more },
});

const failure = async (promise: Promise<unknown>): Promise<Error> => (await rejection(promise)) as Error;

describe("server-side apply", () => {
  test("stores every text as create stores it, also what the server's YAML reads otherwise", async () => {
    const texts = [
      "a\u0085b",
      "a \u0085 b",
      "a \u2028 b",
      " \u2029 ",
      "\x7f\x80\x9f",
      "\uFEFFa\uFEFF",
      "\uFFFE\uFFFF",
      "a\u00a0 😀",
      "\0\t\r\n",
    ];
    const data = Object.fromEntries(texts.map((text, index) => [`key-${index}`, text]));
    const created = await configMaps().create({ metadata: { name: "texts-created" }, data });
    const applied = await configMaps().apply({ metadata: { name: "texts-applied" }, data });
    expect(created.data).toEqual(data);
    expect(applied.data).toEqual(data);
  });

  test("a field of another manager is a conflict that names manager and field; force takes it over", async () => {
    await deployments().apply(deployment("applied"), { fieldManager: "first" });
    const other = { metadata: { name: "applied" }, spec: { replicas: 2 } };
    const error = await failure(deployments().apply(other, { fieldManager: "second" }));
    expect(isConflict(error)).toBe(true);
    expect(error.message).toContain('"first"');
    expect(error).toMatchObject({
      status: { details: { causes: [{ reason: "FieldManagerConflict", field: ".spec.replicas" }] } },
    });
    const forced = await deployments().apply(other, { fieldManager: "second", force: true });
    expect(forced.spec.replicas).toBe(2);
    await deployments().delete("applied");
  });

  test("a field that its manager leaves out is removed", async () => {
    await configMaps().apply({ metadata: { name: "ssa" }, data: { a: "1", b: "2" } });
    const { data } = await configMaps().apply({ metadata: { name: "ssa" }, data: { a: "1" } });
    expect(data).toEqual({ a: "1" });
  });

  test("a fetched object is refused", async () => {
    await configMaps().create({ metadata: { name: "fetched" }, data: { a: "1" } });
    const fetched = await configMaps().get("fetched");
    await expect(configMaps().apply(fetched as never)).rejects.toThrow(/metadata.managedFields.*send only the fields/);
  });
});

describe("patches", () => {
  test("strategic merge changes one container of the list, merge replaces the list", async () => {
    await deployments().create(deployment("patched"));
    const strategic = await deployments().patch("patched", {
      strategic: { spec: { template: { spec: { containers: [{ name: "web", image: "new" }] } } } },
    });
    expect(strategic.spec.template.spec?.containers.map(({ name, image }) => [name, image])).toEqual([
      ["web", "new"],
      ["side", "none"],
    ]);
    const removed = await deployments().patch("patched", {
      strategic: { spec: { template: { spec: { containers: [{ $patch: "delete", name: "side" }] } } } },
    });
    expect(removed.spec.template.spec?.containers.map(({ name }) => name)).toEqual(["web"]);
    const merged = await deployments().patch("patched", {
      merge: { spec: { template: { spec: { containers: [{ name: "only", image: "none" }] } } } },
    });
    expect(merged.spec.template.spec?.containers.map(({ name }) => name)).toEqual(["only"]);
    await deployments().delete("patched");
  });

  test("a failing test operation of a JSON patch changes nothing", async () => {
    await configMaps().create({ metadata: { name: "tested" }, data: { a: "1" } });
    const error = await failure(
      configMaps().patch("tested", {
        json: [
          { op: "test", path: "/data/a", value: "2" },
          { op: "replace", path: "/data/a", value: "3" },
        ],
      }),
    );
    expect(isInvalid(error)).toBe(true);
    expect((await configMaps().get("tested")).data).toEqual({ a: "1" });
  });
});

describe("create and update", () => {
  test("dryRun changes nothing", async () => {
    const dry = await configMaps().create({ metadata: { name: "dry" } }, { dryRun: "All" });
    expect(dry.metadata.uid).toBeTruthy();
    expect(isNotFound(await failure(configMaps().get("dry")))).toBe(true);
    await configMaps().create({ metadata: { name: "wet" }, data: { a: "1" } });
    await configMaps().patch("wet", { merge: { data: { a: "2" } } }, { dryRun: "All" });
    await configMaps().delete("wet", { dryRun: "All" });
    expect((await configMaps().get("wet")).data).toEqual({ a: "1" });
  });

  test("Strict refuses an unknown field by its name; the default warns once", async () => {
    const warnings: string[] = [];
    const object = { metadata: { name: "strict" }, dta: { a: "1" } };
    const error = await failure(configMaps().create(object as never, { fieldValidation: "Strict" }));
    expect(isStrictDecodingError(error)).toBe(true);
    await configMaps().create({ metadata: { name: "lax" } });
    const patch = { merge: { dta: { a: "1" } } };
    const patched = await failure(configMaps().patch("lax", patch as never, { fieldValidation: "Strict" }));
    expect(isStrictDecodingError(patched)).toBe(true);
    expect(error.message).toContain('unknown field "dta"');
    const { connect } = await import("kubewright");
    const { inject } = await import("vitest");
    await using cluster = await connect({
      kubeconfig: inject("controlPlane").admin.kubeconfig,
      onWarning: (text) => warnings.push(text),
    });
    const client = cluster.api(CoreV1).configMaps.in(own.namespace);
    await client.create(object as never, { fieldValidation: "Warn" });
    await client.create({ ...object, metadata: { name: "strict-2" } } as never, { fieldValidation: "Warn" });
    expect(warnings).toEqual(['unknown field "dta"']);
  });

  test("a stale update is a conflict, one without resourceVersion is refused before sending unless it says overwrite", async () => {
    const created = await configMaps().create({ metadata: { name: "stale" }, data: { a: "1" } });
    await configMaps().patch("stale", { merge: { data: { a: "2" } } });
    expect(isConflict(await failure(configMaps().update({ ...created, data: { a: "3" } })))).toBe(true);
    const bare = { metadata: { name: "stale" }, data: { a: "4" } };
    expect(await failure(configMaps().update(bare))).toBeInstanceOf(InputError);
    expect((await configMaps().update(bare, { overwrite: true })).data).toEqual({ a: "4" });
  });

  test("modify wins against a racing writer", async () => {
    await configMaps().create({ metadata: { name: "raced" }, data: { count: "0" } });
    await Promise.all(
      Array.from({ length: 4 }, () =>
        configMaps().modify(
          "raced",
          (object) => {
            object.data = { count: String(Number(object.data?.["count"]) + 1) };
          },
          { attempts: 50 },
        ),
      ),
    );
    expect((await configMaps().get("raced")).data).toEqual({ count: "4" });
  });

  test("each refusal is known by its guard", async () => {
    await configMaps().create({ metadata: { name: "twice" } });
    expect(isAlreadyExists(await failure(configMaps().create({ metadata: { name: "twice" } })))).toBe(true);
    const invalid = await failure(configMaps().create({ metadata: { name: "Not A Name" } }));
    expect(isInvalid(invalid)).toBe(true);
    expect(invalid.message).toMatch(/^Invalid: .*metadata.name.*\(create \/api\/v1\/namespaces\/[^ ]+\/configmaps\)$/s);
  });
});

describe("delete", () => {
  test("a plain object is done with a Status", async () => {
    await configMaps().create({ metadata: { name: "plain" } });
    expect(await configMaps().delete("plain")).toMatchObject({ done: true, status: { status: "Success" } });
  });

  test("a kind that answers with its last state is done with the object", async () => {
    await core()
      .serviceAccounts.in(own.namespace)
      .create({ metadata: { name: "plain" } });
    const result = await core().serviceAccounts.in(own.namespace).delete("plain");
    expect(result).toMatchObject({ done: true, object: { kind: "ServiceAccount", metadata: { name: "plain" } } });
  });

  test("a finalised object waits for its finalizer", async () => {
    await configMaps().create({ metadata: { name: "finalised", finalizers: ["example.com/hold"] } });
    const result = await configMaps().delete("finalised");
    expect(result).toMatchObject({ done: false, object: { metadata: { finalizers: ["example.com/hold"] } } });
    await configMaps().patch("finalised", { merge: { metadata: { finalizers: null } } });
    expect(isNotFound(await failure(configMaps().get("finalised")))).toBe(true);
  });

  test("a pod on a node has its grace period; 0 is at once", async () => {
    await pods().create({
      ...unscheduledPod("graceful"),
      spec: { containers: [{ name: "main", image: "none" }], nodeName: "ghost" },
    });
    expect(await pods().delete("graceful", { gracePeriodSeconds: 60 })).toMatchObject({
      done: false,
      object: { kind: "Pod" },
    });
    expect(await pods().delete("graceful", { gracePeriodSeconds: 0 })).toMatchObject({ done: true });
    expect(isNotFound(await failure(pods().get("graceful")))).toBe(true);
  });

  test("preconditions hold", async () => {
    const { metadata } = await configMaps().create({ metadata: { name: "exact" } });
    const wrong = await failure(configMaps().delete("exact", { preconditions: { uid: "another" } }));
    expect(isConflict(wrong)).toBe(true);
    const { uid, resourceVersion } = metadata;
    expect(await configMaps().delete("exact", { preconditions: { uid, resourceVersion } })).toMatchObject({
      done: true,
    });
  });

  test("propagation: Orphan leaves what is owned, Foreground takes it along", async () => {
    const owned = () =>
      configMaps()
        .get("owned")
        .then(
          ({ metadata }) => metadata,
          (error: unknown) => (isNotFound(error) ? undefined : Promise.reject(error)),
        );
    for (const propagationPolicy of ["Orphan", "Foreground"] as const) {
      const owner = await configMaps().create({ metadata: { name: "owner" } });
      await configMaps().apply(
        {
          metadata: {
            name: "owned",
            ownerReferences: [
              { apiVersion: "v1", kind: "ConfigMap", name: "owner", uid: owner.metadata.uid, blockOwnerDeletion: true },
            ],
          },
        },
        { force: true },
      );
      await configMaps().delete("owner", { propagationPolicy });
      await eventually(
        () =>
          configMaps()
            .get("owner")
            .then(
              () => undefined,
              (error: unknown) => (isNotFound(error) ? true : Promise.reject(error)),
            ),
        "the owner is gone",
      );
      if (propagationPolicy === "Orphan") {
        expect((await owned())?.ownerReferences).toBeUndefined();
        await configMaps().delete("owned");
      } else {
        expect(await owned()).toBeUndefined();
      }
    }
  });
});
