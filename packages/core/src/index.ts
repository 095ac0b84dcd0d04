// Errors
export { isKubeError, KubeError } from "./errors/kube-error.ts";
export type { KubeErrorOptions, RequestInfo } from "./errors/kube-error.ts";
export { InputError } from "./errors/input-error.ts";
export { ConnectionError, RedirectError, TimeoutError } from "./errors/transport-errors.ts";
export { DecodeError, LimitError } from "./errors/body-errors.ts";
export { AuthError, ConfigError } from "./errors/config-errors.ts";
export { ApplyAllError } from "./errors/apply-all-error.ts";
export { DeleteAllError } from "./errors/delete-all-error.ts";
export type { ObjectFailure } from "./errors/object-failures.ts";
export { StatusError } from "./errors/status-error.ts";
export {
  isAlreadyExists,
  isConflict,
  isExpired,
  isForbidden,
  isInvalid,
  isNotFound,
  isStatusError,
  isStrictDecodingError,
  isTooManyRequests,
  isUnauthorized,
} from "./errors/guards.ts";

// Types of objects, descriptors and clients
export type { ClusterObject, ListMapItem, NamespacedObject, NoFields, WholeMetadata } from "./types/marks.ts";
export type { Identified, KubernetesObject, List, ListMetadata, NamedObject, Stored } from "./types/object.ts";
export type { DeepReadonly } from "./types/deep-readonly.ts";
export type { Projected, SelectMaskOf, SelectOf } from "./types/projected.ts";
export type { ApplyMetadata, ApplyOf, SubresourceApplyOf } from "./types/apply.ts";
export type {
  BuiltInPatch,
  JsonPatchOperation,
  MergePatchOf,
  MetadataPatch,
  Patch,
  StrategicPatchOf,
} from "./types/patch.ts";
export type { Group, Resource, ResourceDescriptor, SubresourceDescriptor, Verb } from "./types/descriptor.ts";
export type {
  Applies,
  Attaches,
  Connects,
  Creates,
  CustomResource,
  Deletes,
  DeletesCollection,
  Execs,
  Gets,
  Lists,
  Logs,
  MetadataClient,
  MetadataCollection,
  Modifies,
  Namespaced,
  NamespacedCollection,
  KindView,
  Patches,
  Proxies,
  ResourceView,
  Subresource,
  SubresourceCreates,
  Tables,
  Updates,
  Watches,
} from "./types/capabilities.ts";
export type {
  ApplyOptions,
  CallOptions,
  CreateOptions,
  DeleteBaseOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  EachOptions,
  FieldSelectorInput,
  GetOptions,
  Impersonation,
  LabelSelectorInput,
  ListOptions,
  LogOptions,
  ModifyOptions,
  PatchOptions,
  PropagationPolicy,
  ResourceVersionMatch,
  SelectorOptions,
  UpdateOptions,
  WatchOptions,
  WriteOptions,
} from "./types/options.ts";
export type {
  Bookmark,
  DeleteCollectionResult,
  DeleteResult,
  PartialObjectMetadata,
  Scale,
  Table,
  TableColumnDefinition,
  TableRow,
  WatchEvent,
} from "./types/results.ts";
export type { AttachOptions } from "./types/attach.ts";
export type { ProxyClient, ProxyOptions } from "./types/proxy.ts";
export type { Replay, ResponseHeaders } from "./types/http.ts";
export type { RawRequest, RawResponse } from "./types/raw-request.ts";
export type { ExecOptions, ExecOutput, ExecPromise } from "./types/exec.ts";
export type { PodConnection } from "./types/pod-connection.ts";
export type { PodRun, PodStreamOptions, RunExit, StandardInput, TerminalSize } from "./types/pod-run.ts";
export type { Stream } from "./types/stream.ts";
export type { SelectMask } from "./types/wanted.ts";

// Values
export { matchesLabels } from "./selectors/label-selector.ts";
export { Quantity } from "./values/quantity.ts";
export type { QuantityFormat, QuantityInput } from "./values/quantity.ts";
export { microTime } from "./values/micro-time.ts";
export { compareResourceVersions } from "./values/resource-version.ts";
export { findCondition } from "./values/conditions.ts";
export type { ConditionOf, ObjectCondition } from "./values/conditions.ts";
export { isReady, whyNotReady } from "./values/ready.ts";
export type { ReadableObject } from "./values/readiness/rule.ts";
export { controllerOf, isOwnedBy, ownerReference } from "./values/owner-references.ts";
export type { Owned, Owner, OwnerReferenceOptions } from "./values/owner-references.ts";
export { addFinalizer, hasFinalizer, removeFinalizer } from "./values/finalizers.ts";
export type { Finalizable, Finalized } from "./values/finalizers.ts";
export { secretBytes, secretData, secretText } from "./values/secret-data.ts";
export type { SecretLike } from "./values/secret-data.ts";
export { parseManifest } from "./manifest/parse-manifest.ts";
export { stringifyManifest } from "./manifest/stringify-manifest.ts";

// Sending
export type { ApiRequest, ApiResponse, HeaderLists, Send, Transport } from "./transport/transport.ts";
export type { BodyStream } from "./types/body-stream.ts";
export type { MessageSocket, SocketEnd } from "./transport/message-socket.ts";
export { createResends } from "./transport/resends.ts";
export type { ResendBudget, ResendReason, Resends } from "./transport/resends.ts";
export { intercept } from "./interceptors/interceptor.ts";
export type { Interceptor } from "./interceptors/interceptor.ts";
export { impersonate } from "./interceptors/impersonate.ts";
export { ownCredential } from "./interceptors/own-credential.ts";
export { metrics, retryMetrics } from "./interceptors/metrics.ts";
export type { CounterName, GaugeName, HistogramName, MetricsSink } from "./interceptors/metrics.ts";
export { rateLimit } from "./interceptors/rate-limit.ts";
export type { RateLimit } from "./interceptors/rate-limit.ts";
export { retry } from "./interceptors/retry.ts";

// Clients
export { is } from "./client/is.ts";
export { createCluster } from "./cluster/create-cluster.ts";
export type { ConnectionNamespace } from "./client/connection-namespace.ts";
export type { EncodingOptions } from "./codec/encoding-options.ts";
export type { ClusterOptions } from "./cluster/create-cluster.ts";
export type { Cluster, CustomDescriptor } from "./cluster/cluster.ts";
export type { DynamicObject, DynamicResource } from "./types/dynamic.ts";
export type { ClusterInfo, VersionInfo } from "./cluster/cluster-info.ts";
export type { ApiGroup, ApiResource, ApiVersion } from "./discovery/api-resource.ts";
export type { Discovery } from "./discovery/discovery.ts";
export type { ResourceQuery } from "./discovery/find-resource.ts";

// Helpers that the platform packages share
export { checkEncoding } from "./cluster/encodings.ts";
export { abortSignal } from "./input/abort-signal.ts";
export { milliseconds } from "./input/milliseconds.ts";
export { nearest } from "./input/nearest.ts";
export { plainObject } from "./input/plain-object.ts";
export { unknownOption } from "./input/unknown-option.ts";
export { whatItIs } from "./input/what-it-is.ts";
export { optionsOf, queryOf } from "./request/query.ts";
export { runRules } from "./request/rules/run-rules.ts";
export { callRules, flag, podStreamRules, selectorRules, text, unsent } from "./request/rules/rule.ts";
export type { OptionRules, Rule, RulesFor } from "./request/rules/rule.ts";
export { labelRequirements, labelSelectorText } from "./selectors/label-selector.ts";
export { meetsRequirements } from "./selectors/label-requirement.ts";
export type { LabelRequirement } from "./selectors/label-requirement.ts";
export { withTexts } from "./selectors/with-texts.ts";
export { oneByOne } from "./stream/one-by-one.ts";
export { createStream } from "./stream/stream.ts";
export { isLoopback } from "./transport/authorization.ts";
export { isBodyStream } from "./transport/body-stream.ts";
export { headerBytes, headerProblem, headerText } from "./transport/header-text.ts";
export { parseYaml } from "./manifest/parse-documents.ts";
export { shownAs } from "./inspection/shown-as.ts";
export type { ShownFields } from "./inspection/shown-as.ts";
export { systemClock } from "./time/clock.ts";
export type { Clock } from "./time/clock.ts";
export { openUpgrade } from "./client/open-upgrade.ts";
export { sourceKey, sourceOf } from "./client/source.ts";
export type { KnownPod, PodPorts, PodTunnels, ResourceSource, SourceConnection } from "./client/source.ts";
export type { LogLines } from "./stream/log-lines.ts";
export type { Wanted } from "./types/wanted.ts";
export { nextTurn } from "./time/next-turn.ts";
export { pause } from "./time/pause.ts";
export { unlessAborted } from "./time/unless-aborted.ts";
export { shortfallOf } from "./values/ready.ts";
export { whyNotCondition } from "./values/readiness/condition.ts";
export { whyStillThere } from "./values/readiness/still-there.ts";
export type { Shortfall } from "./values/readiness/rule.ts";

// and what codecs are written with
export { BeyondSchema } from "./codec/beyond-schema.ts";
export type { Codec, Fields, Finish, Frame } from "./codec/codec.ts";
export { encodeJson } from "./codec/json/encode-json.ts";
export { isRawJson, parseJson, rawJson } from "./codec/json/parse-json.ts";
export { selectBelow, setField, wantedMask } from "./codec/select.ts";
export type { Mask } from "./codec/select.ts";
export { LIST_LIMIT, OBJECT_LIMIT } from "./bytes/body.ts";
export { ByteBuffer } from "./bytes/byte-buffer.ts";
