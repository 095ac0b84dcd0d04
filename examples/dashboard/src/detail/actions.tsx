import type { CustomResource, DynamicObject } from "@kubewright/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../app/icon.tsx";
import { useMay } from "./access.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import type { AnyObject } from "./followed.ts";
import { ScaleDialog } from "./scale-dialog.tsx";

interface ActionsProps {
  readonly client: CustomResource<DynamicObject>;
  readonly object: AnyObject;
}

const scalable = new Set(["Deployment", "StatefulSet", "ReplicaSet"]);

/** What the user may do to an object; what the server does not allow is not offered. */
export function Actions({ client, object }: ActionsProps): JSX.Element | null {
  const [asking, setAsking] = useState<"scale" | "delete">();
  const { resource } = client;
  const { name, namespace, deletionTimestamp } = object.metadata;
  const of = { resource, namespace, name };
  const mayScale = useMay(scalable.has(object.kind) ? { ...of, verb: "patch", subresource: "scale" } : undefined);
  const mayDelete = useMay({ ...of, verb: "delete" });
  const close = (): void => setAsking(undefined);
  if (deletionTimestamp !== undefined) return null;
  return (
    <div class="actions">
      {mayScale && (
        <button type="button" class="button" onClick={() => setAsking("scale")}>
          <Icon name="scale" />
          Scale
        </button>
      )}
      {mayDelete && (
        <button type="button" class="button" onClick={() => setAsking("delete")}>
          <Icon name="trash" />
          Delete
        </button>
      )}
      {asking === "scale" && <ScaleDialog client={client} object={object} onClose={close} />}
      {asking === "delete" && <DeleteDialog client={client} object={object} onClose={close} />}
    </div>
  );
}
