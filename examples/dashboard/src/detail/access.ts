import { AuthorizationV1 } from "@kubewright/api/authorization/v1";
import { useStore } from "@kubewright/browser/react";
import type { ResourceDescriptor } from "@kubewright/core";
import { useEffect, useState } from "preact/hooks";
import { cluster } from "../cluster.ts";

const reviews = cluster.api(AuthorizationV1).selfSubjectAccessReviews;

interface Question {
  readonly verb: string;
  readonly resource: ResourceDescriptor;
  readonly subresource?: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Whether the user may do something; false until the server has said so. */
export function useMay(question: Question | undefined): boolean {
  const [may, setMay] = useState(false);
  const key = JSON.stringify(question);
  const { state } = useStore(cluster.connection);
  // What could not be asked is asked when the server is back.
  const away = state === "waiting" || state === "offline" || state === "signedOut";
  useEffect(() => setMay(false), [key]);
  useEffect(() => {
    if (question === undefined || away) return undefined;
    const ending = new AbortController();
    ask(question, ending.signal).then(setMay, (error: unknown) => {
      // Then what might be forbidden is not offered.
      if (!ending.signal.aborted) console.warn(error);
    });
    return () => ending.abort();
  }, [key, away]);
  return may;
}

async function ask({ verb, resource, subresource, namespace, name }: Question, signal: AbortSignal): Promise<boolean> {
  const { group, plural } = resource;
  const resourceAttributes = {
    verb,
    group,
    resource: plural,
    name,
    ...(subresource !== undefined && { subresource }),
    ...(namespace !== undefined && { namespace }),
  };
  const { status } = await reviews.create({ spec: { resourceAttributes } }, { signal });
  return status?.allowed === true;
}
