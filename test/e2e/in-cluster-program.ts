import { connect } from "kubewright";
import { AuthenticationV1 } from "kubewright/authentication/v1";
import { CoreV1 } from "kubewright/core/v1";

// What a user's program in a pod does: it connects without options, then lists, asks who it is, and watches, all the time. Each line
// of its output is JSON. The ConfigMap that STOP names ends it.

const speed = Number(process.env["CLOCK_SPEED"] ?? "1");
if (speed !== 1) {
  // A minute, after which a token file is read again, then takes seconds.
  const now = Date.now.bind(Date);
  const began = now();
  Date.now = () => Math.round(began + (now() - began) * speed);
}

const say = (line: object): void => console.log(JSON.stringify(line));
const failures: string[] = [];
const failed = (error: unknown): void => {
  failures.push(String(error));
  say({ failed: String(error) });
};

const warnings: string[] = [];
const warned = (warning: string): void => {
  warnings.push(warning);
  say({ warning });
};
const cluster = await connect({ onWarning: warned }).catch((error: unknown) => {
  say({ refused: String(error) });
  process.exit(3);
});
const configMaps = cluster.api(CoreV1).configMaps.in();
const reviews = cluster.api(AuthenticationV1).selfSubjectReviews;
const stop = new AbortController();
const seen: string[] = [];

async function watch(resourceVersion: string | undefined): Promise<void> {
  while (!stop.signal.aborted) {
    try {
      for await (const event of configMaps.watch({ resourceVersion, signal: stop.signal })) {
        resourceVersion = event.object.metadata.resourceVersion;
        if (event.type !== "ADDED") continue;
        seen.push(event.object.metadata.name);
        if (event.object.metadata.name === process.env["STOP"]) stop.abort();
      }
    } catch (error) {
      if (!stop.signal.aborted) failed(error);
    }
  }
}

let calls = 0;
async function ask(): Promise<void> {
  let credential: string | undefined;
  while (!stop.signal.aborted) {
    try {
      await configMaps.list();
      const { userInfo } = (await reviews.create({})).status ?? {};
      calls += 2;
      if (calls % 20 === 0) say({ calls });
      const [now] = userInfo?.extra?.["authentication.kubernetes.io/credential-id"] ?? [];
      const [pod] = userInfo?.extra?.["authentication.kubernetes.io/pod-name"] ?? [];
      if (credential !== now) say({ user: userInfo?.username, pod, credential: now });
      credential = now;
    } catch (error) {
      failed(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const { metadata } = await configMaps.list().catch((error: unknown) => {
  say({ refused: String(error) });
  process.exit(3);
});
say({ connected: cluster.server, namespace: cluster.namespace });
await Promise.all([watch(metadata.resourceVersion), ask()]);
await cluster.close();
say({ ended: true, calls, failures, seen, warnings });
