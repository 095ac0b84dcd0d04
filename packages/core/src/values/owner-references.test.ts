import { describe, expect, test } from "vitest";
import { InputError } from "../errors/input-error.ts";
import { controllerOf, isOwnedBy, ownerReference } from "./owner-references.ts";

const owner = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "shop", uid: "u1" } };
const plain = { apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: "u1" };

describe("ownerReference", () => {
  test("names the owner, and only says what was asked for", () => {
    expect(ownerReference(owner)).toEqual(plain);
    expect(ownerReference(owner, { controller: false, blockOwnerDeletion: false })).toEqual(plain);
    expect(ownerReference(owner, { blockOwnerDeletion: true })).toEqual({ ...plain, blockOwnerDeletion: true });
  });

  test("a controller blocks the owner's deletion unless told not to", () => {
    expect(ownerReference(owner, { controller: true })).toEqual({
      ...plain,
      controller: true,
      blockOwnerDeletion: true,
    });
    expect(ownerReference(owner, { controller: true, blockOwnerDeletion: false })).toEqual({
      ...plain,
      controller: true,
    });
  });

  test.each([
    ["owner.apiVersion", { ...owner, apiVersion: undefined }],
    ["owner.kind", { ...owner, kind: "" }],
    ["owner.metadata.name", { ...owner, metadata: { uid: "u1" } }],
    ["owner.metadata.uid", { ...owner, metadata: { name: "web" } }],
    ["owner.metadata.name", { ...owner, metadata: undefined }],
  ])("refuses an owner without %s", (field, incomplete) => {
    expect(() => ownerReference(incomplete)).toThrow(expect.objectContaining({ field }));
    expect(() => ownerReference(incomplete)).toThrow(InputError);
  });
});

test("controllerOf finds the one that controls", () => {
  const controller = ownerReference(owner, { controller: true });
  const other = { ...plain, uid: "u0", controller: false };
  expect(controllerOf({ metadata: { ownerReferences: [other, controller] } })).toEqual(controller);
  expect(controllerOf({ metadata: { ownerReferences: [other, plain] } })).toBeUndefined();
  expect(controllerOf({ metadata: {} })).toBeUndefined();
  expect(controllerOf({})).toBeUndefined();
});

test("isOwnedBy goes by the uid alone", () => {
  const owned = { metadata: { ownerReferences: [plain] } };
  expect(isOwnedBy(owned, owner)).toBe(true);
  expect(isOwnedBy(owned, { ...owner, metadata: { name: "web", uid: "u2" } })).toBe(false);
  expect(isOwnedBy(owned, { metadata: { uid: "u1" } })).toBe(true);
  expect(isOwnedBy({ metadata: { ownerReferences: [{ ...plain, uid: "" }] } }, { metadata: { uid: "" } })).toBe(false);
  expect(isOwnedBy({}, owner)).toBe(false);
  expect(isOwnedBy(owned, {})).toBe(false);
});
