import type { CustomResource, DynamicObject } from "@kubewright/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { plural } from "../text/plural.ts";
import { Dialog, DialogEnd } from "./dialog.tsx";
import type { AnyObject } from "./followed.ts";
import { useTask } from "./use-task.ts";

interface ScaleDialogProps {
  readonly client: CustomResource<DynamicObject>;
  readonly object: AnyObject;
  readonly onClose: () => void;
}

/** Changes how many pods a workload wants. */
export function ScaleDialog({ client, object, onClose }: ScaleDialogProps): JSX.Element {
  const { name } = object.metadata;
  const now = (object["spec"] as { readonly replicas?: number } | undefined)?.replicas ?? 1;
  const [wanted, setWanted] = useState(now);
  const task = useTask(
    `scale ${name}`,
    (signal) => client.scale.patch(name, { merge: { spec: { replicas: wanted } } }, { signal }),
    onClose,
  );
  const step = (by: number): void => setWanted(Math.max(0, wanted + by));
  return (
    <Dialog title={`Scale ${name}`} onClose={onClose} onSubmit={task.run}>
      <p>
        {object.kind} {name} wants {plural(now, "pod")} now.
      </p>
      <div class="stepper">
        <button type="button" class="button" aria-label="One less" onClick={() => step(-1)}>
          −
        </button>
        <label>
          <span class="unseen">Pods wanted</span>
          <input
            type="number"
            min={0}
            max={10_000}
            required
            value={wanted}
            onInput={({ currentTarget }) => setWanted(Number(currentTarget.value))}
          />
        </label>
        <button type="button" class="button" aria-label="One more" onClick={() => step(1)}>
          +
        </button>
      </div>
      {wanted === 0 && <p class="warn">With 0 pods it serves nobody.</p>}
      {task.problem !== undefined && (
        <p class="problem" role="alert">
          {task.problem}
        </p>
      )}
      <DialogEnd verb={`Scale to ${wanted}`} busy={task.busy} onClose={onClose} />
    </Dialog>
  );
}
