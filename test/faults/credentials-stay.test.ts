import { readFileSync } from "node:fs";

import { AuthenticationV1 } from "kubewright/authentication/v1";
import { CoreV1 } from "kubewright/core/v1";
import type { Cluster } from "@kubewright/core";
import { connect, type ConnectOptions, RedirectError } from "kubewright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type CertifiedKey, createAuthority, type TestAuthority } from "../support/certificates.ts";
import { type HandlerServer, startHandlerServer } from "../support/handler-server.ts";
import { startHttpProxy } from "../support/proxies.ts";
import { asAdmin, closing, clusterCa, connecting, controlPlane, failureOf, measured } from "./support.ts";

const held = closing();
const connected = connecting();

let authority: TestAuthority;
let certificate: CertifiedKey;
beforeAll(() => {
  authority = createAuthority();
  certificate = authority.issue();
});
afterAll(() => authority.remove());

/** Never the same order twice, but one that can be had again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(["h2", "https"] as const)("over %s", (protocol) => {
  test("10,000 requests of interleaved identities: each carries its own credentials and nothing of another, on connections of its own", async () => {
    const owners = new Map<number, string>();
    let misplaced = 0;
    const server = await held(
      startHandlerServer(
        protocol,
        (request, reply) => {
          const who = request.path.split("/").at(-1) ?? "";
          const [identity = "", acts = ""] = who.split(".");
          const expected: Record<string, string | undefined> = {
            authorization: {
              a: "Bearer token-a",
              b: "Bearer token-b",
              c: `Basic ${Buffer.from("c:pass").toString("base64")}`,
            }[identity],
            "impersonate-user": identity === "b" ? "always" : acts === "as" ? "somebody" : undefined,
            "impersonate-group": acts === "as" && identity !== "b" ? `group-of-${identity}` : undefined,
          };
          for (const [name, value] of Object.entries(expected)) {
            if (request.headers[name] !== value) misplaced += 1;
          }
          const { port } = request;
          if (port === undefined || (owners.get(port) ?? identity) !== identity) misplaced += 1;
          else owners.set(port, identity);
          reply.head(200, { "content-type": "application/json" });
          reply.end(JSON.stringify({ kind: "ConfigMap", apiVersion: "v1", metadata: { name: who } }));
        },
        certificate,
      ),
    );
    const common: ConnectOptions = { server: server.origin, ca: authority.ca };
    const identities: Readonly<Record<string, Cluster>> = {
      a: await connected({ ...common, token: "token-a" }),
      b: await connected({ ...common, token: async () => "token-b", impersonate: { user: "always" } }),
      c: await connected({ ...common, basicAuth: { username: "c", password: "pass" } }),
    };
    const random = randomFrom(1);
    let left = 10_000;
    const began = performance.now();
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        while (left-- > 0) {
          const identity = ["a", "b", "c"][Math.floor(random() * 3)] ?? "a";
          const acts = identity !== "b" && random() < 0.5;
          const name = `${identity}${acts ? ".as" : ""}`;
          const impersonate = acts ? { user: "somebody", groups: [`group-of-${identity}`] } : undefined;
          const { metadata } = await (identities[identity] as Cluster)
            .api(CoreV1)
            .configMaps.in("default")
            .get(name, { impersonate });
          if (metadata.name !== name) misplaced += 1;
        }
      }),
    );
    measured(
      `10,000 requests of three identities over ${protocol}`,
      `${misplaced} misplaced, ${Math.round(performance.now() - began)} ms`,
    );
    expect(server.requests.length).toBe(10_000);
    expect(misplaced).toBe(0);
    expect(owners.size).toBeGreaterThanOrEqual(3);
  }, 60_000);

  test.each([301, 302, 303, 307, 308])(
    "a redirect with %i is never followed, by no verb and no watch",
    async (status) => {
      const thief = await held(startHandlerServer("http", (_request, reply) => reply.end("{}")));
      const samePlace: HandlerServer = await held(
        startHandlerServer(
          protocol,
          (request, reply) => {
            const location = request.query.includes("other") ? `${thief.origin}/x?token=canary` : "/elsewhere";
            reply.head(status, { location });
            reply.end();
          },
          certificate,
        ),
      );
      const cluster = await connected({ server: samePlace.origin, ca: authority.ca, token: "canary" });
      const pods = cluster.api(CoreV1).pods.in("default");
      for (const labelSelector of ["other", "same"]) {
        const watch = async (): Promise<void> => {
          for await (const _ of pods.watch({ labelSelector }));
        };
        for (const call of [
          () => pods.list({ labelSelector }),
          () => pods.deleteCollection({ labelSelector }),
          watch,
        ]) {
          const { error } = await failureOf(call());
          expect(error).toBeInstanceOf(RedirectError);
          expect(error).toMatchObject({ statusCode: status });
          expect(error.message).toMatch(
            /never followed; use the final address as the server \((list|deletecollection|watch) /i,
          );
          expect(error.message).not.toContain("canary");
        }
      }
      expect(thief.requests).toEqual([]);
      expect(samePlace.requests.map(({ path }) => path)).not.toContain("/elsewhere");
    },
  );
});

test("identities on the real server, interleaved: it sees each as itself", async () => {
  const { admin, noRights, serviceAccount, clientCertificate, server } = controlPlane();
  const common = { server, ca: clusterCa() };
  const identities: readonly (readonly [string, Cluster])[] = [
    [admin.user, await connected(asAdmin())],
    [noRights.user, await connected({ ...common, token: noRights.token })],
    [serviceAccount.user, await connected({ ...common, token: async () => serviceAccount.token })],
    [
      clientCertificate.user,
      await connected({
        ...common,
        cert: readFileSync(clientCertificate.certFile),
        key: readFileSync(clientCertificate.keyFile),
      }),
    ],
    ["somebody", await connected({ ...asAdmin(), impersonate: { user: "somebody" } })],
  ];
  const random = randomFrom(2);
  let left = 500;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      while (left-- > 0) {
        const [user, cluster] = identities[Math.floor(random() * identities.length)] as (typeof identities)[number];
        const review = await cluster.api(AuthenticationV1).selfSubjectReviews.create({ metadata: {} });
        expect(review.status?.userInfo?.username).toBe(user);
      }
    }),
  );
});

describe("over plain http", () => {
  const secrets: readonly (readonly [string, ConnectOptions])[] = [
    ["a token", { token: "canary" }],
    ["a token of a function", { token: async () => "canary" }],
    ["a password", { basicAuth: { username: "u", password: "canary" } }],
  ];
  test.each(secrets)("%s is not sent to another machine, and not through a proxy", async (_what, secret) => {
    const proxy = await held(startHttpProxy());
    const proxyUrl = `http://${proxy.hostPort}`;
    for (const options of [
      { server: "http://kube.test:8080" },
      { server: "http://kube.test:8080", proxyUrl },
      { server: "http://127.0.0.1:8080", proxyUrl },
      { server: "http://localhost.:8080" },
    ]) {
      const { error } = await failureOf(connect({ ...options, ...secret }));
      expect(`${error.name}: ${error.message}`).toMatch(
        /^ConfigError: Insecure server: .* over which no credentials are sent/,
      );
    }
    expect(proxy.dials).toEqual([]);
  });

  test("without credentials it may go through a proxy", async () => {
    const server = await held(
      startHandlerServer("http", (_request, reply) => {
        reply.head(200, { "content-type": "application/json" });
        reply.end('{"gitVersion":"v1.36.3"}');
      }),
    );
    const routes = { "kube.test:8080": new URL(server.origin).host };
    const proxy = await held(startHttpProxy({ routes }));
    const cluster = await connected({
      server: "http://kube.test:8080",
      proxyUrl: `http://user:canary@${proxy.hostPort}`,
    });
    expect(await cluster.version()).toMatchObject({ gitVersion: "v1.36.3" });
    expect(proxy.dials).toEqual(["kube.test:8080"]);
    expect(JSON.stringify(server.requests)).not.toContain(Buffer.from("user:canary").toString("base64"));
  });
});
