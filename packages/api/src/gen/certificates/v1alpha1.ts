// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.

import type {
  Applies,
  BuiltInPatch,
  ClusterObject,
  Creates,
  Deletes,
  DeletesCollection,
  Gets,
  Group,
  Lists,
  MetadataClient,
  Modifies,
  Patches,
  Resource,
  Stored,
  Tables,
  Updates,
  Watches,
} from "@kubewright/core";
import type { ListMeta, ObjectMeta } from "../meta/v1.ts";

/**
 * ClusterTrustBundle is a cluster-scoped container for X.509 trust anchors (root certificates).
 *
 * ClusterTrustBundle objects are considered to be readable by any authenticated user in the cluster, because they can
 * be mounted by pods using the `clusterTrustBundle` projection.  All service accounts have read access to
 * ClusterTrustBundles by default.  Users who only have namespace-level access to a cluster can read ClusterTrustBundles
 * by impersonating a serviceaccount that they have access to.
 *
 * It can be optionally associated with a particular assigner, in which case it contains one valid set of trust anchors
 * for that signer. Signers may have multiple associated ClusterTrustBundles; each is an independent set of trust
 * anchors for that signer. Admission control is used to enforce that only users with permissions on the signer can
 * create or modify the corresponding bundle.
 */
export interface ClusterTrustBundle extends ClusterObject<"spec"> {
  apiVersion?: "certificates.k8s.io/v1alpha1";
  kind?: "ClusterTrustBundle";
  /** metadata contains the object metadata. */
  metadata?: ObjectMeta;
  /** spec contains the signer (if any) and trust anchors. */
  spec: ClusterTrustBundleSpec;
}

/** ClusterTrustBundleList is a collection of ClusterTrustBundle objects */
export interface ClusterTrustBundleList {
  apiVersion?: "certificates.k8s.io/v1alpha1";
  kind?: "ClusterTrustBundleList";
  /** metadata contains the list metadata. */
  metadata?: ListMeta;
  /** items is a collection of ClusterTrustBundle objects */
  items: ClusterTrustBundle[];
}

/** ClusterTrustBundleSpec contains the signer and trust anchors. */
export interface ClusterTrustBundleSpec {
  /**
   * signerName indicates the associated signer, if any.
   *
   * In order to create or update a ClusterTrustBundle that sets signerName, you must have the following cluster-scoped
   * permission: group=certificates.k8s.io resource=signers resourceName=<the signer name> verb=attest.
   *
   * If signerName is not empty, then the ClusterTrustBundle object must be named with the signer name as a prefix
   * (translating slashes to colons). For example, for the signer name `example.com/foo`, valid ClusterTrustBundle
   * object names include `example.com:foo:abc` and `example.com:foo:v1`.
   *
   * If signerName is empty, then the ClusterTrustBundle object's name must not have such a prefix.
   *
   * List/watch requests for ClusterTrustBundles can filter on this field using a `spec.signerName=NAME` field selector.
   */
  signerName?: string;
  /**
   * trustBundle contains the individual X.509 trust anchors for this bundle, as PEM bundle of PEM-wrapped,
   * DER-formatted X.509 certificates.
   *
   * The data must consist only of PEM certificate blocks that parse as valid X.509 certificates.  Each certificate must
   * include a basic constraints extension with the CA bit set.  The API server will reject objects that contain
   * duplicate certificates, or that use PEM block headers.
   *
   * Users of ClusterTrustBundles, including Kubelet, are free to reorder and deduplicate certificate blocks in this
   * file according to their own logic, as well as to drop PEM block headers and inter-block data.
   */
  trustBundle: string;
}

/** The client of clustertrustbundles. */
export interface ClusterTrustBundleResource extends
    Gets<ClusterTrustBundle>,
    Lists<ClusterTrustBundle>,
    Tables,
    Watches<ClusterTrustBundle>,
    Creates<ClusterTrustBundle>,
    Updates<ClusterTrustBundle>,
    Modifies<ClusterTrustBundle>,
    Patches<ClusterTrustBundle, Stored<ClusterTrustBundle>, BuiltInPatch<ClusterTrustBundle>>,
    Applies<ClusterTrustBundle>,
    Deletes<ClusterTrustBundle>,
    DeletesCollection<ClusterTrustBundle> {
  readonly metadata: MetadataClient;
}

/** clustertrustbundles of certificates.k8s.io/v1alpha1, for `cluster.resource()`. */
export const clusterTrustBundles: Resource<ClusterTrustBundleResource> = {
  group: "certificates.k8s.io", version: "v1alpha1", plural: "clustertrustbundles", kind: "ClusterTrustBundle", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "clustertrustbundle",
};

/** The client of certificates.k8s.io/v1alpha1. */
export interface CertificatesV1alpha1 {
  readonly clusterTrustBundles: ClusterTrustBundleResource;
}

/** certificates.k8s.io/v1alpha1, for `cluster.api(CertificatesV1alpha1)`. */
export const CertificatesV1alpha1: Group<CertificatesV1alpha1> = {
  group: "certificates.k8s.io", version: "v1alpha1",
  resources: {
    clusterTrustBundles,
  },
};
