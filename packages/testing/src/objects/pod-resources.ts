import { Quantity } from "@kubewright/core";

type Amounts = Readonly<Record<string, string>>;

interface Resources {
  requests?: Amounts;
  limits?: Amounts;
}

interface Container {
  readonly resources?: Resources;
  readonly restartPolicy?: string;
}

interface PodSpec {
  readonly containers?: readonly Container[] | null;
  readonly initContainers?: readonly Container[];
  readonly resources?: Resources;
}

/**
 * The requests and limits of a whole pod that says only some of them, out of those of its containers (k8s.io/kubernetes
 * pkg/apis/core/v1/defaults.go, defaultHugePagePodLimits and defaultPodRequests). Those of the containers have their defaults already.
 */
export function defaultPodResources(spec: PodSpec): void {
  const { resources } = spec;
  if (resources === undefined || (isEmpty(resources.limits) && isEmpty(resources.requests))) return;
  const limits = { ...resources.limits };
  for (const [name, amount] of Object.entries(containerNeeds(spec, "limits"))) {
    if (isHugePages(name) && resources.requests?.[name] === undefined) limits[name] ??= amount;
  }
  if (isEmpty(limits)) return;
  resources.limits = limits;
  const requests = { ...resources.requests };
  for (const [name, amount] of Object.entries(containerNeeds(spec, "requests"))) {
    if (isPlain(name)) requests[name] ??= amount;
  }
  for (const [name, amount] of Object.entries(limits)) {
    if (isPlain(name) || isHugePages(name)) requests[name] ??= amount;
  }
  if (!isEmpty(requests)) resources.requests = requests;
}

function isEmpty(amounts: Amounts | undefined): boolean {
  return Object.keys(amounts ?? {}).length === 0;
}

function isPlain(name: string): boolean {
  return name === "cpu" || name === "memory";
}

function isHugePages(name: string): boolean {
  return name.startsWith("hugepages-");
}

/**
 * What the containers need together at any time (k8s.io/component-helpers resource/helpers.go): those that run, or an init container
 * with those init containers before it that go on running.
 */
export function containerNeeds({ containers, initContainers }: PodSpec, which: "requests" | "limits"): Amounts {
  let running: Amounts = {};
  for (const { resources } of containers ?? []) running = sum(running, resources?.[which]);
  let lasting: Amounts = {};
  let starting: Amounts = {};
  for (const { resources, restartPolicy } of initContainers ?? []) {
    const own = resources?.[which];
    if (restartPolicy === "Always") {
      running = sum(running, own);
      lasting = sum(lasting, own);
      starting = largest(starting, lasting);
    } else {
      starting = largest(starting, sum(own ?? {}, lasting));
    }
  }
  return largest(running, starting);
}

function sum(a: Amounts, b: Amounts = {}): Amounts {
  const found = { ...a };
  for (const [name, amount] of Object.entries(b)) {
    const before = found[name];
    found[name] = before === undefined ? amount : Quantity.parse(before).add(amount).toString();
  }
  return found;
}

function largest(a: Amounts, b: Amounts): Amounts {
  const found = { ...a };
  for (const [name, amount] of Object.entries(b)) {
    const before = found[name];
    if (before === undefined || Quantity.parse(amount).compare(before) > 0) found[name] = amount;
  }
  return found;
}
