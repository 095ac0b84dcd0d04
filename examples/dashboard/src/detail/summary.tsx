import { controllerOf, type ObjectCondition } from "@kubewright/core";
import type { ComponentChildren, JSX } from "preact";
import { hrefOf, type Opened, type Route } from "../app/route.ts";
import { age } from "../text/age.ts";
import { useNow } from "../text/now.ts";
import { Containers } from "./containers.tsx";
import type { AnyObject } from "./followed.ts";
import { OwnPods } from "./own-pods.tsx";

interface SummaryProps {
  readonly route: Route;
  readonly object: AnyObject;
}

/** What matters of an object, in words. */
export function Summary({ route, object }: SummaryProps): JSX.Element {
  const { metadata } = object;
  const spec = (object["spec"] ?? {}) as { readonly nodeName?: string; readonly replicas?: number };
  const status = (object["status"] ?? {}) as {
    readonly podIP?: string;
    readonly conditions?: readonly ObjectCondition[];
  };
  const now = useNow();
  const owner = controllerOf(object);
  return (
    <div class="pane">
      <dl class="facts">
        {metadata.namespace !== undefined && <Fact name="Namespace">{metadata.namespace}</Fact>}
        <Fact name="Created">
          <time dateTime={metadata.creationTimestamp}>
            {age(metadata.creationTimestamp, now)} ago, {new Date(metadata.creationTimestamp).toLocaleString()}
          </time>
        </Fact>
        {owner !== undefined && (
          <Fact name="Belongs to">
            <a
              href={hrefOf({
                ...route,
                tab: undefined,
                open: ownerOf(owner, metadata.namespace),
              })}
            >
              {owner.kind} {owner.name}
            </a>
          </Fact>
        )}
        {spec.nodeName !== undefined && (
          <Fact name="Node">
            <a
              href={hrefOf({
                ...route,
                tab: undefined,
                open: { plural: "nodes", namespace: undefined, name: spec.nodeName },
              })}
            >
              {spec.nodeName}
            </a>
          </Fact>
        )}
        {status.podIP !== undefined && <Fact name="Address">{status.podIP}</Fact>}
        {spec.replicas !== undefined && <Fact name="Pods wanted">{spec.replicas}</Fact>}
        <Fact name="Labels">
          <Labels labels={metadata.labels} />
        </Fact>
      </dl>
      {object.kind === "Pod" && <Containers pod={object} />}
      <OwnPods route={route} owner={object} />
      <Conditions conditions={status.conditions ?? []} now={now} />
    </div>
  );
}

function ownerOf({ kind, name }: NonNullable<ReturnType<typeof controllerOf>>, namespace: string | undefined): Opened {
  return { plural: `${kind.toLowerCase()}s`, namespace: kind === "Node" ? undefined : namespace, name };
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Labels({ labels = {} }: { readonly labels: Readonly<Record<string, string>> | undefined }): JSX.Element {
  const all = Object.entries(labels);
  if (all.length === 0) return <span class="faint">none</span>;
  return (
    <ul class="labels">
      {all.map(([name, value]) => (
        <li key={name}>
          {name}={value}
        </li>
      ))}
    </ul>
  );
}

function Conditions({
  conditions,
  now,
}: {
  readonly conditions: readonly ObjectCondition[];
  readonly now: number;
}): JSX.Element | null {
  if (conditions.length === 0) return null;
  return (
    <section>
      <h3>Conditions</h3>
      <ul class="lines">
        {conditions.map(({ type, status, reason, message, lastTransitionTime }) => (
          <li key={type}>
            <strong>{type}</strong> <span class={status === "True" ? undefined : "quiet"}>{status}</span>
            <span class="quiet end">{age(lastTransitionTime, now)}</span>
            {(reason !== undefined || message !== undefined) && (
              <p class="quiet">{[reason, message].filter(Boolean).join(": ")}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
