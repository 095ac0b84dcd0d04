import { InputError } from "../errors/input-error.ts";

/** The namespace of a connection, perhaps before its configuration is read. */
export interface ConnectionNamespace {
  /** Undefined until it is read. */
  readonly known: string | undefined;
  /** Reads it. Rejects when there is no usable configuration. */
  read(): Promise<string>;
}

/** The namespace, where it is read already. @throws InputError before that */
export function known(namespace: ConnectionNamespace): string {
  if (namespace.known !== undefined) return namespace.known;
  throw new InputError(
    "namespace",
    "it is not known before the first call, which reads the configuration; make a call first, or pass namespace",
  );
}
