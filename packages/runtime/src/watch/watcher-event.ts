/**
 * What a watcher says.
 *
 * - `init`: the collection comes anew. Each `apply` until `synced` is one of its objects; an object known from before that does not come
 *   again is gone.
 * - `apply`: the object was created or changed, or belongs to what comes anew.
 * - `delete`: the object is gone; this was its last state.
 * - `synced`: all there was at `resourceVersion` has come; changes follow.
 */
export type WatcherEvent<T> =
  | { readonly type: "init" }
  | { readonly type: "apply"; readonly object: T }
  | { readonly type: "delete"; readonly object: T }
  | { readonly type: "synced"; readonly resourceVersion: string };
