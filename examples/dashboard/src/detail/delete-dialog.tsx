import { controllerOf, type CustomResource, type DynamicObject } from "@kubewright/core";
import type { JSX } from "preact";
import { Dialog, DialogEnd } from "./dialog.tsx";
import type { AnyObject } from "./followed.ts";
import { useTask } from "./use-task.ts";

interface DeleteDialogProps {
  readonly client: CustomResource<DynamicObject>;
  readonly object: AnyObject;
  readonly onClose: () => void;
}

/** Deletes an object once the user has seen what that means. */
export function DeleteDialog({ client, object, onClose }: DeleteDialogProps): JSX.Element {
  const { kind } = object;
  const { name, namespace, uid } = object.metadata;
  const task = useTask(
    `delete ${name}`,
    // Not another of the same name that came meanwhile.
    (signal) => client.delete(name, { preconditions: { uid }, propagationPolicy: "Background", signal }),
    onClose,
  );
  const owner = controllerOf(object);
  return (
    <Dialog title={`Delete this ${kind}?`} onClose={onClose} onSubmit={task.run}>
      <p>
        <strong class="break">{namespace === undefined ? name : `${namespace}/${name}`}</strong> will be deleted
        {owner === undefined ? ", with all that it owns. This cannot be undone." : "."}
      </p>
      {owner !== undefined && (
        <p>
          It belongs to the {owner.kind} {owner.name}, which will probably make another.
        </p>
      )}
      {task.problem !== undefined && (
        <p class="problem" role="alert">
          {task.problem}
        </p>
      )}
      <DialogEnd verb="Delete" danger busy={task.busy} onClose={onClose} />
    </Dialog>
  );
}
