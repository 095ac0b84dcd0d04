import { once } from "node:events";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster } from "@kubewright/core";
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { portForward } from "kubewright/port-forward";
import { RbacV1 } from "kubewright/rbac/v1";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createAuthority } from "../support/certificates.ts";
import { refusal } from "../support/api-request.ts";
import { makeServiceAccount, untilRefused } from "../faults/service-account.ts";
import { echo, type PodServer, startPodServer } from "./pod-server.ts";
import { dialled, endOf } from "./port-forward-cases.ts";
import { held, runningPod, textOf } from "./support.ts";

// A session or connection goes on as who it began as, whatever becomes of the credential; what begins later has the new one.

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
let folder: string;
let server: PodServer;
beforeAll(async () => {
  server = await startPodServer(echo);
  folder = await mkdtemp(join(tmpdir(), "kubewright-streams-"));
  await runningPod(own.pods, "one");
});
afterAll(() => Promise.all([rm(folder, { recursive: true }), server.close()]));

interface Session {
  /** How it ended. */
  readonly over: Promise<unknown>;
  say(text: string): void;
  /** Says no more, and gives all that came back. */
  end(): Promise<string>;
}

/** A command that says again what it is told. */
async function converse(cluster: Cluster, namespace = own.namespace): Promise<Session> {
  let source: ReadableStreamDefaultController<string> | undefined;
  const stdin = new ReadableStream<string>({ start: (controller) => void (source = controller) });
  const run = await cluster
    .api(CoreV1)
    .pods.in(namespace)
    .exec("one", { command: ["cat"], stdin });
  const said = textOf(run.stdout);
  said.catch(() => undefined);
  return {
    over: run.exit,
    say: (text) => source?.enqueue(text),
    end: () => {
      source?.close();
      return said;
    },
  };
}

/** The same over a connection to a port. */
async function converseWithPort(cluster: Cluster, namespace = own.namespace): Promise<Session> {
  const pods = cluster.api(CoreV1).pods.in(namespace);
  const { readable, writable, closed } = await pods.connect("one", server.port);
  const writer = writable.getWriter();
  // Why it takes no more, the other direction says.
  writer.closed.catch(() => undefined);
  const said = textOf(readable);
  said.catch(() => undefined);
  return {
    over: closed,
    say: (text) => void writer.write(new TextEncoder().encode(text)).catch(() => undefined),
    end: () => {
      writer.close().catch(() => undefined);
      return said;
    },
  };
}

const kinds = [converse, converseWithPort];

/** One of each kind. */
function converseBoth(...where: Parameters<typeof converse>): Promise<Session[]> {
  return Promise.all(kinds.map((kind) => kind(...where)));
}

function endAll(sessions: readonly Session[]): Promise<string[]> {
  return Promise.all(sessions.map((one) => one.end()));
}

const given = () => ({
  server: inject("controlPlane").server,
  ca: readFileSync(inject("controlPlane").caFile, "utf8"),
});

test.concurrent(
  "a token that is good no more ends nothing; what begins then is sent with the next one",
  { timeout: 90_000 },
  async () => {
    const { namespace, token } = await makeServiceAccount(own.cluster);
    await runningPod(own.cluster.api(CoreV1).pods.in(namespace), "one");
    const tokens = [await token("first"), await token("second")];
    let asked = 0;
    await using cluster = await connect({ ...given(), token: () => tokens[asked++] as string });
    const sessions = await converseBoth(cluster, namespace);
    for (const one of sessions) one.say("before ");
    await own.cluster.api(CoreV1).secrets.in(namespace).delete("first");
    await untilRefused(given().server, tokens[0] as string, namespace);
    for (const one of sessions) one.say("after ");
    const next = await converseBoth(cluster, namespace);
    for (const one of next) one.say("next");
    expect([await endAll(next), asked]).toEqual([["next", "next"], 2]);
    for (const one of sessions) one.say("end");
    expect(await endAll(sessions)).toEqual(["before after end", "before after end"]);
    expect(await Promise.all(sessions.map(({ over }) => over))).toEqual([{ exitCode: 0 }, undefined]);
    await own.cluster.api(CoreV1).namespaces.delete(namespace);
  },
);

test.concurrent(
  "certificate files that are replaced end nothing; what begins then shows the new one",
  { timeout: 120_000 },
  async () => {
    const pki = join(inject("controlPlane").dir, "pki");
    const authority = createAuthority("", { certFile: join(pki, "ca.crt"), keyFile: join(pki, "ca.key") });
    const [cert, key] = [join(folder, "client.crt"), join(folder, "client.key")];
    const put = async (commonName: string): Promise<void> => {
      const pair = authority.issue({ commonName, purpose: "clientAuth" });
      for (const [text, file] of [
        [pair.cert, cert],
        [pair.key, key],
      ] as const) {
        // prettier-ignore
        await writeFile(`${file}.new`, text);
        await rename(`${file}.new`, file);
      }
    };
    const rbac = own.cluster.api(RbacV1);
    const subjects = ["first-person", "second-person"].map((name) => ({ kind: "User", name, apiGroup: "rbac.authorization.k8s.io" })); // prettier-ignore
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" };
    await rbac.roleBindings.in(own.namespace).create({ metadata: { name: "people" }, roleRef, subjects });
    await put("first-person");
    const user = { "client-certificate": cert, "client-key": key };
    const { server, caFile } = inject("controlPlane");
    const kubeconfigText = JSON.stringify({
      "current-context": "c",
      clusters: [{ name: "c", cluster: { server, "certificate-authority": caFile } }],
      contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
      users: [{ name: "u", user }],
    });
    await using cluster = await connect({ kubeconfigText });
    const whoAmI = async (): Promise<string> => {
      const error = await refusal(cluster.api(CoreV1).secrets.in("kube-system").list());
      return /User "([^"]*)"/.exec(error)?.[1] ?? error;
    };
    await expect.poll(async () => (await converse(cluster)).end()).toBe("");
    const sessions = await converseBoth(cluster);
    for (const one of sessions) one.say("before ");
    expect(await whoAmI()).toBe("first-person");
    await put("second-person");
    // Files are looked at once a minute.
    await expect.poll(whoAmI, { timeout: 100_000, interval: 500 }).toBe("second-person");
    for (const one of sessions) one.say("after");
    expect(await endAll(await converseBoth(cluster))).toEqual(["", ""]);
    expect(await endAll(sessions)).toEqual(["before after", "before after"]);
    expect(await Promise.all(sessions.map(({ over }) => over))).toEqual([{ exitCode: 0 }, undefined]);
    authority.remove();
  },
);

test("cluster.close() ends all of them, and says so", async () => {
  const cluster = await connect({ ...given(), token: inject("controlPlane").admin.token });
  const pods = cluster.api(CoreV1).pods.in(own.namespace);
  const sessions = (await Promise.all(Array.from({ length: 10 }, () => converseBoth(cluster)))).flat();
  const joined = await pods.attach("one");
  const forward = await portForward(pods, "one", { ports: [{ local: 0, remote: server.port }] });
  const forwarded = await dialled(forward.ports[0]?.local ?? 0);
  forwarded.write("x");
  await once(forwarded, "data");
  const ends = [...sessions.map(({ over }) => over), joined.exit].map((over) => refusal(over));
  const reads = sessions.map(({ end }) => refusal(end()));
  await cluster.close();
  for (const end of await Promise.all([...ends, ...reads]))
    expect(end).toMatch(/^ConnectionError: Closed: the cluster was closed/);
  await endOf(forwarded);
  for (const kind of kinds) expect(await refusal(kind(cluster))).toMatch(/^ConnectionError: Closed/);
});
