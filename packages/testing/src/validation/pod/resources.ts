import { Quantity } from "@kubewright/core";
import { type Causes, forbiddenCause, invalidCause, notSupportedCause, requiredCause } from "../causes.ts";
import { entriesIn, type Fields, objectIn, objectsIn, presentIn } from "../fields.ts";
import {
  isExtendedResource,
  isHugePages,
  isNativeResource,
  isOvercommitable,
  wrongResourceName,
  wrongResourceAmount,
} from "../resource-names.ts";
import { containerNeeds } from "../../objects/pod-resources.ts";
import { wrongClaims } from "./resource-claims.ts";

/** What a container requests and may use at most (ValidateContainerResourceRequirements). */
export function wrongResources(resources: Fields, at: string, claimNames: ReadonlySet<string>): Causes {
  return wrongRequirements(resources, at, { claimNames, nameRule: wrongContainerResource });
}

interface Rules {
  readonly claimNames: ReadonlySet<string>;
  readonly nameRule: (name: string, at: string) => Causes;
}

function* wrongRequirements(resources: Fields, at: string, { claimNames, nameRule }: Rules): Causes {
  const limits = objectIn(resources, "limits") as Readonly<Record<string, string>>;
  for (const [name, amount] of Object.entries(limits)) {
    yield* nameRule(name, `${at}.limits[${name}]`);
    yield* wrongAmount(name, amount, `${at}.limits[${name}]`);
  }
  const requests = entriesIn(resources, "requests");
  for (const [name, amount] of requests) {
    const place = `${at}.requests[${name}]`;
    yield* nameRule(name, place);
    yield* wrongResourceAmount(name, amount, place);
    yield* wrongRequest(name, amount, limits[name], at);
    yield* wrongPages(name, amount, place);
  }
  const names = [...Object.keys(limits), ...requests.map(([name]) => name)];
  if (names.some(isHugePages) && !names.includes("cpu") && !names.includes("memory"))
    yield forbiddenCause(at, "HugePages require cpu or memory");
  yield* wrongClaims(objectsIn(resources, "claims"), claimNames, `${at}.claims`);
}

function* wrongAmount(name: string, amount: string, at: string): Causes {
  yield* wrongResourceAmount(name, amount, at);
  yield* wrongPages(name, amount, at);
}

/** A request next to its limit: what cannot be promised twice has to be limited to what is requested. */
function* wrongRequest(name: string, amount: string, limit: string | undefined, at: string): Causes {
  const promised = isOvercommitable(name);
  if (limit === undefined) {
    if (!promised) yield requiredCause(`${at}.limits`, "Limit must be set for non overcommitable resources");
    return;
  }
  const order = Quantity.parse(amount).compare(limit);
  if (order !== 0 && !promised)
    yield invalidCause(`${at}.requests`, amount, `must be equal to ${name} limit of ${limit}`);
  else if (order > 0)
    yield invalidCause(`${at}.requests`, amount, `must be less than or equal to ${name} limit of ${limit}`);
}

function* wrongPages(name: string, amount: string, at: string): Causes {
  if (!isHugePages(name) || isWholePages(name, amount)) return;
  yield invalidCause(at, amount, `${amount} is not positive integer multiple of ${name}`);
}

function isWholePages(name: string, amount: string): boolean {
  const size = name.slice("hugepages-".length);
  if (!/^[\d.]+[a-zA-Z]*$/.test(size)) return false;
  const page = Quantity.parse(size).toBigInt();
  return page > 0n && Quantity.parse(amount).toBigInt() % page === 0n;
}

export function* wrongContainerResource(name: string, at: string): Causes {
  yield* wrongResourceName(name, at);
  if (!name.includes("/")) {
    if (!["cpu", "memory", "ephemeral-storage"].includes(name) && !isHugePages(name))
      yield invalidCause(at, name, "must be a standard resource for containers");
  } else if (!isNativeResource(name) && !isExtendedResource(name))
    yield invalidCause(at, name, "doesn't follow extended resource name standard");
}

const podLevel = ["cpu", "hugepages-", "memory"];

function* wrongPodResource(name: string, at: string): Causes {
  const causes = [...wrongResourceName(name, at)];
  yield* causes;
  if (causes.length > 0 || name === "cpu" || name === "memory" || isHugePages(name)) return;
  yield notSupportedCause(at, name, podLevel);
}

/** What the pod as a whole requests and may use. */
export function* wrongPodResources(spec: Fields, at: string): Causes {
  const resources = presentIn(spec, "resources");
  if (resources === undefined) return;
  if (objectIn(spec, "os")["name"] === "windows") {
    yield forbiddenCause(at, "may not be set for a windows pod");
    return;
  }
  if (resources["claims"] !== undefined)
    yield forbiddenCause(`${at}.claims`, "claims may not be set for Resources at pod-level");
  yield* wrongRequirements(resources, at, { claimNames: new Set(), nameRule: wrongPodResource });
  yield* wrongSums(spec, resources, at);
}

/** The whole has to be as much as its containers together, and no container may use more than the whole. */
function* wrongSums(spec: Fields, resources: Fields, at: string): Causes {
  const requests = objectIn(resources, "requests") as Readonly<Record<string, string>>;
  const limits = objectIn(resources, "limits") as Readonly<Record<string, string>>;
  for (const [name, sum] of Object.entries(containerNeeds(spec, "requests"))) {
    const whole = requests[name];
    if (whole === undefined || Quantity.parse(sum).compare(whole) <= 0) continue;
    const why = `must be greater than or equal to aggregate container requests of ${sum}`;
    yield invalidCause(`${at}.requests[${name}]`, whole, why);
  }
  for (const [name, sum] of Object.entries(containerNeeds(spec, "limits"))) {
    const whole = limits[name];
    if (!isHugePages(name) || whole === undefined || Quantity.parse(sum).compare(whole) <= 0) continue;
    const why = `must be greater than or equal to aggregate container limits of ${sum}`;
    yield invalidCause(`${at}.limits[${name}]`, whole, why);
  }
  for (const [index, container] of objectsIn(spec, "containers").entries()) {
    for (const [name, limit] of entriesIn(objectIn(container, "resources"), "limits")) {
      const whole = limits[name];
      if (whole === undefined || Quantity.parse(limit).compare(whole) <= 0) continue;
      const place = `${at}.containers[${index}][${name}].limits`;
      yield invalidCause(place, limit, `must be less than or equal to pod limits of ${whole}`);
    }
  }
}
