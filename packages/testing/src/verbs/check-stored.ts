import { conflict } from "../exchange/refusal.ts";
import type { ApiObject } from "../store/api-object.ts";
import { registryPath } from "../store/registry-path.ts";
import { keyIn, type WriteCall } from "./write-call.ts";

/** What an object has to be when it is written. */
interface Preconditions {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/**
 * Holds what is stored against what the writer believes, as the store of the real server does; the keys of etcd are in the message.
 * `name`: default that of the call. @throws Refusal 409 (k8s.io/apiserver pkg/storage/interfaces.go, Preconditions.Check)
 */
export function checkStored(
  stored: ApiObject | undefined,
  { uid = "", resourceVersion = "" }: Preconditions,
  write: WriteCall,
  name: string = write.call.name ?? "",
): void {
  const refused = (what: string, asked: string, found: string): Error => {
    const key = `${write.context.dryRun ? "" : "/registry"}/${registryPath(write.resource)}/${keyIn(write, name)}`;
    const why = `Precondition failed: ${what} in precondition: ${asked}, ${what} in object meta: ${found}`;
    const error = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`;
    return conflict(write.resource, name, error);
  };
  const { uid: foundUid = "", resourceVersion: foundVersion = "" } = stored?.metadata ?? {};
  if (uid !== "" && uid !== foundUid) throw refused("UID", uid, foundUid);
  if (resourceVersion !== "" && resourceVersion !== foundVersion)
    throw refused("ResourceVersion", resourceVersion, foundVersion);
}
