import { readFileSync } from "node:fs";

import type { Cluster } from "@kubewright/core";
import { connect, type ConnectOptions } from "kubewright";
import { afterEach, inject, type TestContext } from "vitest";

import type { ControlPlaneInfo } from "../controlplane/info.ts";
import { rejection } from "../support/api-request.ts";
import { adminCluster, ownNamespace as namespaceOf } from "../e2e/support.ts";

export function controlPlane(): ControlPlaneInfo {
  return inject("controlPlane");
}

/** The second API server on the same etcd. */
export function secondServer(): string {
  const second = controlPlane().secondServer;
  if (second === undefined) throw new Error("the control plane has no second API server");
  return second.server;
}

export function clusterCa(): string {
  return readFileSync(controlPlane().caFile, "utf8");
}

/** Options to reach the API server as the admin, perhaps at another address. */
export function asAdmin(server: string = controlPlane().server): ConnectOptions {
  return { server, ca: clusterCa(), token: controlPlane().admin.token };
}

type Closing = { close(): Promise<unknown> };

/** What is handed to `held` is closed after each test, the last first. */
export function closing(): <T extends Closing>(held: T | Promise<T>) => Promise<T> {
  const all: Closing[] = [];
  afterEach(async () => {
    for (const held of all.splice(0).toReversed()) await held.close();
  });
  return async (held) => {
    const one = await held;
    all.push(one);
    return one;
  };
}

/** The same for a test that runs beside others of its file; `onTestFinished` is its own. */
export function closingAfter({ onTestFinished }: Pick<TestContext, "onTestFinished">): ReturnType<typeof closing> {
  return async (held) => {
    const one = await held;
    onTestFinished(async () => void (await one.close()));
    return one;
  };
}

/** Connects, and closes after the test. */
export function connecting(): (options: ConnectOptions) => Promise<Cluster> {
  const held = closing();
  return (options) => held(connect(options));
}

/** A namespace for the tests of one file. */
export function ownNamespace(): { readonly namespace: string } {
  return namespaceOf(adminCluster());
}

/** What a promise rejects with, and after how long; fails the test when it does not reject. */
export async function failureOf(promise: Promise<unknown>): Promise<{ readonly error: Error; readonly ms: number }> {
  const began = performance.now();
  const error = (await rejection(promise)) as Error;
  return { error, ms: Math.round(performance.now() - began) };
}

/** A figure worth keeping; shown with the test's output. */
export function measured(what: string, value: string | number): void {
  console.log(`[measured] ${what}: ${value}`);
}
