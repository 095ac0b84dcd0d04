// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.

import type { DefaultRule } from "../knowledge/default-rule.ts";

/** By the place of the type in the table of types; in the order in which they are to be applied. */
export const defaults: Readonly<Record<number, readonly DefaultRule[]>> = {
  // k8s.io/api/admissionregistration/v1.MatchResources
  5: [
    {"set":["matchPolicy"],"value":"Equivalent"},
    {"set":["namespaceSelector"],"value":{}},
    {"set":["objectSelector"],"value":{}},
  ],
  // k8s.io/api/admissionregistration/v1.MutatingAdmissionPolicySpec
  11: [
    {"set":["failurePolicy"],"value":"Fail"},
  ],
  // k8s.io/api/admissionregistration/v1.MutatingWebhook
  12: [
    {"set":["failurePolicy"],"value":"Fail"},
    {"set":["matchPolicy"],"value":"Equivalent"},
    {"set":["namespaceSelector"],"value":{}},
    {"set":["objectSelector"],"value":{}},
    {"set":["reinvocationPolicy"],"value":"Never"},
    {"set":["timeoutSeconds"],"value":10},
  ],
  // k8s.io/api/admissionregistration/v1.NamedRuleWithOperations
  16: [
    {"set":["scope"],"value":"*"},
  ],
  // k8s.io/api/admissionregistration/v1.RuleWithOperations
  19: [
    {"set":["scope"],"value":"*"},
  ],
  // k8s.io/api/admissionregistration/v1.ServiceReference
  20: [
    {"set":["port"],"value":443},
  ],
  // k8s.io/api/admissionregistration/v1.ValidatingAdmissionPolicySpec
  27: [
    {"set":["failurePolicy"],"value":"Fail"},
  ],
  // k8s.io/api/admissionregistration/v1.ValidatingWebhook
  29: [
    {"set":["failurePolicy"],"value":"Fail"},
    {"set":["matchPolicy"],"value":"Equivalent"},
    {"set":["namespaceSelector"],"value":{}},
    {"set":["objectSelector"],"value":{}},
    {"set":["timeoutSeconds"],"value":10},
  ],
  // k8s.io/api/admissionregistration/v1alpha1.MatchResources
  40: [
    {"set":["matchPolicy"],"value":"Equivalent"},
    {"set":["namespaceSelector"],"value":{}},
    {"set":["objectSelector"],"value":{}},
  ],
  // k8s.io/api/admissionregistration/v1alpha1.MutatingAdmissionPolicySpec
  46: [
    {"set":["failurePolicy"],"value":"Fail"},
  ],
  // k8s.io/api/admissionregistration/v1alpha1.NamedRuleWithOperations
  48: [
    {"set":["scope"],"value":"*"},
  ],
  // k8s.io/api/admissionregistration/v1alpha1.ParamRef
  50: [
    {"set":["parameterNotFoundAction"],"value":"Deny"},
  ],
  // k8s.io/api/admissionregistration/v1beta1.MatchResources
  66: [
    {"set":["matchPolicy"],"value":"Equivalent"},
    {"set":["namespaceSelector"],"value":{}},
    {"set":["objectSelector"],"value":{}},
  ],
  // k8s.io/api/admissionregistration/v1beta1.MutatingAdmissionPolicySpec
  72: [
    {"set":["failurePolicy"],"value":"Fail"},
  ],
  // k8s.io/api/admissionregistration/v1beta1.NamedRuleWithOperations
  77: [
    {"set":["scope"],"value":"*"},
  ],
  // k8s.io/api/apps/v1.DaemonSetSpec
  106: [
    {"set":["revisionHistoryLimit"],"value":10},
  ],
  // k8s.io/api/apps/v1.DaemonSetUpdateStrategy
  108: [
    {"set":["type"],"value":"RollingUpdate"},
    {"set":["rollingUpdate"],"value":{},"when":[{"in":["RollingUpdate"],"path":["type"]}]},
    {"set":["rollingUpdate","maxUnavailable"],"value":0,"when":[{"notIn":["RollingUpdate"],"path":["type"]}]},
    {"set":["rollingUpdate","maxUnavailable"],"value":1,"when":[{"in":["RollingUpdate"],"path":["type"]}]},
  ],
  // k8s.io/api/apps/v1.DeploymentSpec
  112: [
    {"set":["progressDeadlineSeconds"],"value":600},
    {"set":["replicas"],"value":1},
    {"set":["revisionHistoryLimit"],"value":10},
  ],
  // k8s.io/api/apps/v1.DeploymentStrategy
  114: [
    {"set":["type"],"value":"RollingUpdate"},
    {"set":["rollingUpdate"],"value":{},"when":[{"in":["RollingUpdate"],"path":["type"]}]},
    {"set":["rollingUpdate","maxSurge"],"value":"25%","when":[{"in":["RollingUpdate"],"path":["type"]}]},
    {"set":["rollingUpdate","maxSurge"],"value":0,"when":[{"notIn":["RollingUpdate"],"path":["type"]}]},
    {"set":["rollingUpdate","maxUnavailable"],"value":"25%","when":[{"in":["RollingUpdate"],"path":["type"]}]},
    {"set":["rollingUpdate","maxUnavailable"],"value":0,"when":[{"notIn":["RollingUpdate"],"path":["type"]}]},
  ],
  // k8s.io/api/apps/v1.ReplicaSetSpec
  118: [
    {"set":["replicas"],"value":1},
  ],
  // k8s.io/api/apps/v1.RollingUpdateDaemonSet
  120: [
    {"set":["maxSurge"],"value":0},
  ],
  // k8s.io/api/apps/v1.RollingUpdateStatefulSetStrategy
  122: [
    {"set":["partition"],"value":0},
  ],
  // k8s.io/api/apps/v1.StatefulSetPersistentVolumeClaimRetentionPolicy
  127: [
    {"set":["whenDeleted"],"value":"Retain"},
    {"set":["whenScaled"],"value":"Retain"},
  ],
  // k8s.io/api/apps/v1.StatefulSetSpec
  128: [
    {"set":["persistentVolumeClaimRetentionPolicy"],"value":{}},
    {"set":["podManagementPolicy"],"value":"OrderedReady"},
    {"set":["replicas"],"value":1},
    {"set":["revisionHistoryLimit"],"value":10},
  ],
  // k8s.io/api/apps/v1.StatefulSetUpdateStrategy
  130: [
    {"set":["rollingUpdate"],"value":{},"when":[{"path":["type"],"present":false}]},
    {"set":["type"],"value":"RollingUpdate"},
  ],
  // k8s.io/api/authentication/v1.TokenRequestSpec
  135: [
    {"set":["expirationSeconds"],"value":3600},
  ],
  // k8s.io/api/autoscaling/v1.HorizontalPodAutoscalerSpec
  159: [
    {"set":["minReplicas"],"value":1},
    {"set":["targetCPUUtilizationPercentage"],"value":80},
  ],
  // k8s.io/api/autoscaling/v2.HPAScalingRules
  170: [
    {"set":["selectPolicy"],"value":"Max"},
  ],
  // k8s.io/api/autoscaling/v2.HorizontalPodAutoscaler
  171: [
    {"set":["spec","behavior","scaleDown","policies"],"value":[{"periodSeconds":15,"type":"Percent","value":100}]},
    {"set":["spec","behavior","scaleUp","policies"],"value":[{"periodSeconds":15,"type":"Pods","value":4},{"periodSeconds":15,"type":"Percent","value":100}]},
    {"set":["spec","behavior","scaleUp","stabilizationWindowSeconds"],"value":0},
  ],
  // k8s.io/api/autoscaling/v2.HorizontalPodAutoscalerBehavior
  172: [
    {"set":["scaleDown"],"value":{}},
    {"set":["scaleUp"],"value":{}},
  ],
  // k8s.io/api/autoscaling/v2.HorizontalPodAutoscalerSpec
  175: [
    {"set":["metrics"],"value":[{"resource":{"name":"cpu","target":{"averageUtilization":80,"type":"Utilization"}},"type":"Resource"}]},
    {"set":["minReplicas"],"value":1},
  ],
  // k8s.io/api/batch/v1.CronJobSpec
  190: [
    {"set":["concurrencyPolicy"],"value":"Allow"},
    {"set":["failedJobsHistoryLimit"],"value":1},
    {"set":["successfulJobsHistoryLimit"],"value":3},
    {"set":["suspend"],"value":false},
  ],
  // k8s.io/api/batch/v1.Job
  192: [
    {"set":["spec","backoffLimit"],"value":2147483647,"when":[{"path":["spec","backoffLimitPerIndex"],"present":true}]},
    {"set":["spec","backoffLimit"],"value":6,"when":[{"path":["spec","backoffLimitPerIndex"],"present":false}]},
    {"set":["spec","completionMode"],"value":"NonIndexed"},
    {"set":["spec","completions"],"value":1,"when":[{"path":["spec","parallelism"],"present":false}]},
    {"set":["spec","manualSelector"],"value":false},
    {"set":["spec","podReplacementPolicy"],"value":"Failed","when":[{"path":["spec","podFailurePolicy"],"present":true}]},
    {"set":["spec","podReplacementPolicy"],"value":"TerminatingOrFailed","when":[{"path":["spec","podFailurePolicy"],"present":false}]},
    {"set":["spec","suspend"],"value":false},
    {"set":["spec","parallelism"],"value":1},
    {"copy":["spec","template","metadata","labels"],"set":["metadata","labels"]},
  ],
  // k8s.io/api/batch/v1.PodFailurePolicyOnPodConditionsPattern
  200: [
    {"set":["status"],"value":"True"},
  ],
  // k8s.io/api/certificates/v1beta1.PodCertificateRequestSpec
  223: [
    {"set":["maxExpirationSeconds"],"value":86400},
  ],
  // k8s.io/api/core/v1.AzureDiskVolumeSource
  241: [
    {"set":["cachingMode"],"value":"ReadWrite"},
    {"set":["fsType"],"value":"ext4"},
    {"set":["kind"],"value":"Shared"},
    {"set":["readOnly"],"value":false},
  ],
  // k8s.io/api/core/v1.ConfigMapVolumeSource
  263: [
    {"set":["defaultMode"],"value":420},
  ],
  // k8s.io/api/core/v1.Container
  264: [
    {"set":["terminationMessagePath"],"value":"/dev/termination-log"},
    {"set":["terminationMessagePolicy"],"value":"File"},
  ],
  // k8s.io/api/core/v1.ContainerPort
  267: [
    {"set":["protocol"],"value":"TCP"},
  ],
  // k8s.io/api/core/v1.DownwardAPIVolumeSource
  280: [
    {"set":["defaultMode"],"value":420},
  ],
  // k8s.io/api/core/v1.EndpointPort
  283: [
    {"set":["protocol"],"value":"TCP"},
  ],
  // k8s.io/api/core/v1.EphemeralContainer
  290: [
    {"set":["terminationMessagePath"],"value":"/dev/termination-log"},
    {"set":["terminationMessagePolicy"],"value":"File"},
  ],
  // k8s.io/api/core/v1.FileKeySelector
  298: [
    {"set":["optional"],"value":false},
  ],
  // k8s.io/api/core/v1.GRPCAction
  303: [
    {"set":["service"],"value":""},
  ],
  // k8s.io/api/core/v1.HTTPGetAction
  307: [
    {"set":["path"],"value":"/"},
    {"set":["scheme"],"value":"HTTP"},
  ],
  // k8s.io/api/core/v1.HostPathVolumeSource
  311: [
    {"set":["type"],"value":""},
  ],
  // k8s.io/api/core/v1.ISCSIPersistentVolumeSource
  312: [
    {"set":["iscsiInterface"],"value":"default"},
  ],
  // k8s.io/api/core/v1.ISCSIVolumeSource
  313: [
    {"set":["iscsiInterface"],"value":"default"},
  ],
  // k8s.io/api/core/v1.NamespaceStatus
  335: [
    {"set":["phase"],"value":"Active"},
  ],
  // k8s.io/api/core/v1.NodeStatus
  353: [
    {"copy":["capacity"],"set":["allocatable"]},
  ],
  // k8s.io/api/core/v1.ObjectFieldSelector
  356: [
    {"set":["apiVersion"],"value":"v1"},
  ],
  // k8s.io/api/core/v1.PersistentVolume
  358: [
    {"set":["spec","persistentVolumeReclaimPolicy"],"value":"Retain"},
    {"set":["spec","volumeMode"],"value":"Filesystem"},
  ],
  // k8s.io/api/core/v1.PersistentVolumeClaimSpec
  362: [
    {"set":["volumeMode"],"value":"Filesystem"},
  ],
  // k8s.io/api/core/v1.PersistentVolumeClaimStatus
  363: [
    {"set":["phase"],"value":"Pending"},
  ],
  // k8s.io/api/core/v1.PersistentVolumeStatus
  368: [
    {"set":["phase"],"value":"Pending"},
  ],
  // k8s.io/api/core/v1.Pod
  370: [
    {"copy":["spec","containers","[]","resources","limits"],"fill":true,"set":["spec","containers","[]","resources","requests"]},
    {"set":["spec","enableServiceLinks"],"value":true},
    {"copy":["spec","initContainers","[]","resources","limits"],"fill":true,"set":["spec","initContainers","[]","resources","requests"]},
  ],
  // k8s.io/api/core/v1.PodSpec
  393: [
    {"set":["dnsPolicy"],"value":"ClusterFirst"},
    {"set":["restartPolicy"],"value":"Always"},
    {"set":["schedulerName"],"value":"default-scheduler"},
    {"set":["securityContext"],"value":{}},
    {"set":["terminationGracePeriodSeconds"],"value":30},
    {"copy":["serviceAccount"],"set":["serviceAccountName"]},
    {"copy":["serviceAccountName"],"set":["serviceAccount"]},
  ],
  // k8s.io/api/core/v1.Probe
  402: [
    {"set":["failureThreshold"],"value":3},
    {"set":["periodSeconds"],"value":10},
    {"set":["successThreshold"],"value":1},
    {"set":["timeoutSeconds"],"value":1},
  ],
  // k8s.io/api/core/v1.ProjectedVolumeSource
  403: [
    {"set":["defaultMode"],"value":420},
  ],
  // k8s.io/api/core/v1.RBDPersistentVolumeSource
  405: [
    {"set":["keyring"],"value":"/etc/ceph/keyring"},
    {"set":["pool"],"value":"rbd"},
    {"set":["user"],"value":"admin"},
  ],
  // k8s.io/api/core/v1.RBDVolumeSource
  406: [
    {"set":["keyring"],"value":"/etc/ceph/keyring"},
    {"set":["pool"],"value":"rbd"},
    {"set":["user"],"value":"admin"},
  ],
  // k8s.io/api/core/v1.ReplicationControllerSpec
  411: [
    {"set":["replicas"],"value":1},
  ],
  // k8s.io/api/core/v1.ScaleIOPersistentVolumeSource
  423: [
    {"set":["fsType"],"value":"xfs"},
    {"set":["storageMode"],"value":"ThinProvisioned"},
  ],
  // k8s.io/api/core/v1.ScaleIOVolumeSource
  424: [
    {"set":["fsType"],"value":"xfs"},
    {"set":["storageMode"],"value":"ThinProvisioned"},
  ],
  // k8s.io/api/core/v1.Secret
  428: [
    {"set":["type"],"value":"Opaque"},
  ],
  // k8s.io/api/core/v1.SecretVolumeSource
  434: [
    {"set":["defaultMode"],"value":420},
  ],
  // k8s.io/api/core/v1.ServiceAccountTokenProjection
  440: [
    {"set":["expirationSeconds"],"value":3600},
  ],
  // k8s.io/api/core/v1.ServicePort
  442: [
    {"set":["protocol"],"value":"TCP"},
    {"copy":["port"],"set":["targetPort"]},
  ],
  // k8s.io/api/core/v1.ServiceSpec
  444: [
    {"set":["sessionAffinity"],"value":"None"},
    {"set":["type"],"value":"ClusterIP"},
    {"set":["allocateLoadBalancerNodePorts"],"value":true,"when":[{"in":["LoadBalancer"],"path":["type"]}]},
    {"set":["externalTrafficPolicy"],"value":"Cluster","when":[{"path":["externalIPs"],"present":true}]},
    {"set":["externalTrafficPolicy"],"value":"Cluster","when":[{"in":["LoadBalancer","NodePort"],"path":["type"]}]},
    {"set":["internalTrafficPolicy"],"value":"Cluster","when":[{"in":["ClusterIP","LoadBalancer","NodePort"],"path":["type"]}]},
  ],
  // k8s.io/api/core/v1.Volume
  459: [
    {"set":["emptyDir"],"value":{},"when":[{"path":["hostPath"],"present":false},{"path":["gcePersistentDisk"],"present":false},{"path":["awsElasticBlockStore"],"present":false},{"path":["gitRepo"],"present":false},{"path":["secret"],"present":false},{"path":["nfs"],"present":false},{"path":["iscsi"],"present":false},{"path":["glusterfs"],"present":false},{"path":["persistentVolumeClaim"],"present":false},{"path":["rbd"],"present":false},{"path":["flexVolume"],"present":false},{"path":["cinder"],"present":false},{"path":["cephfs"],"present":false},{"path":["flocker"],"present":false},{"path":["downwardAPI"],"present":false},{"path":["fc"],"present":false},{"path":["azureFile"],"present":false},{"path":["configMap"],"present":false},{"path":["vsphereVolume"],"present":false},{"path":["quobyte"],"present":false},{"path":["azureDisk"],"present":false},{"path":["photonPersistentDisk"],"present":false},{"path":["projected"],"present":false},{"path":["portworxVolume"],"present":false},{"path":["scaleIO"],"present":false},{"path":["storageos"],"present":false},{"path":["csi"],"present":false},{"path":["ephemeral"],"present":false},{"path":["image"],"present":false}]},
  ],
  // k8s.io/api/discovery/v1.EndpointPort
  473: [
    {"set":["name"],"value":""},
    {"set":["protocol"],"value":"TCP"},
  ],
  // k8s.io/api/flowcontrol/v1.ExemptPriorityLevelConfiguration
  481: [
    {"set":["lendablePercent"],"value":0},
    {"set":["nominalConcurrencyShares"],"value":0},
  ],
  // k8s.io/api/flowcontrol/v1.FlowSchemaSpec
  486: [
    {"set":["matchingPrecedence"],"value":1000},
  ],
  // k8s.io/api/flowcontrol/v1.LimitedPriorityLevelConfiguration
  490: [
    {"set":["lendablePercent"],"value":0},
    {"set":["nominalConcurrencyShares"],"value":30},
  ],
  // k8s.io/api/flowcontrol/v1.QueuingConfiguration
  499: [
    {"set":["handSize"],"value":8},
    {"set":["queueLengthLimit"],"value":50},
    {"set":["queues"],"value":64},
  ],
  // k8s.io/api/networking/v1.IngressClassParametersReference
  514: [
    {"set":["scope"],"value":"Cluster"},
  ],
  // k8s.io/api/networking/v1.NetworkPolicyPort
  530: [
    {"set":["protocol"],"value":"TCP"},
  ],
  // k8s.io/api/networking/v1.NetworkPolicySpec
  531: [
    {"set":["policyTypes"],"value":["Ingress","Egress"],"when":[{"path":["egress"],"present":true}]},
    {"set":["policyTypes"],"value":["Ingress"],"when":[{"path":["egress"],"present":false}]},
  ],
  // k8s.io/api/rbac/v1.RoleRef
  581: [
    {"set":["apiGroup"],"value":"rbac.authorization.k8s.io"},
  ],
  // k8s.io/api/rbac/v1.Subject
  582: [
    {"set":["apiGroup"],"value":"rbac.authorization.k8s.io","when":[{"in":["User","Group"],"path":["kind"]}]},
  ],
  // k8s.io/api/resource/v1.DeviceSubRequest
  607: [
    {"set":["allocationMode"],"value":"ExactCount"},
    {"set":["count"],"value":1,"when":[{"in":["ExactCount"],"path":["allocationMode"]}]},
  ],
  // k8s.io/api/resource/v1.DeviceToleration
  609: [
    {"set":["operator"],"value":"Equal"},
  ],
  // k8s.io/api/resource/v1.ExactDeviceRequest
  610: [
    {"set":["allocationMode"],"value":"ExactCount"},
    {"set":["count"],"value":1,"when":[{"in":["ExactCount"],"path":["allocationMode"]}]},
  ],
  // k8s.io/api/resource/v1.NodeAllocatableResourceMapping
  612: [
    {"set":["allocationMultiplier"],"value":"1"},
  ],
  // k8s.io/api/resource/v1alpha3.ResourcePoolStatusRequestSpec
  635: [
    {"set":["limit"],"value":100},
  ],
  // k8s.io/api/resource/v1beta1.Device
  646: [
    {"set":["basic"],"value":{}},
  ],
  // k8s.io/api/resource/v1beta1.DeviceRequest
  659: [
    {"set":["allocationMode"],"value":"ExactCount","when":[{"path":["deviceClassName"],"present":true}]},
    {"set":["count"],"value":1,"when":[{"path":["deviceClassName"],"present":true}]},
  ],
  // k8s.io/api/resource/v1beta1.DeviceSubRequest
  662: [
    {"set":["allocationMode"],"value":"ExactCount"},
    {"set":["count"],"value":1,"when":[{"in":["ExactCount"],"path":["allocationMode"]}]},
  ],
  // k8s.io/api/resource/v1beta1.DeviceToleration
  664: [
    {"set":["operator"],"value":"Equal"},
  ],
  // k8s.io/api/resource/v1beta1.NodeAllocatableResourceMapping
  666: [
    {"set":["allocationMultiplier"],"value":"1"},
  ],
  // k8s.io/api/resource/v1beta2.DeviceSubRequest
  704: [
    {"set":["allocationMode"],"value":"ExactCount"},
    {"set":["count"],"value":1,"when":[{"in":["ExactCount"],"path":["allocationMode"]}]},
  ],
  // k8s.io/api/resource/v1beta2.DeviceToleration
  711: [
    {"set":["operator"],"value":"Equal"},
  ],
  // k8s.io/api/resource/v1beta2.ExactDeviceRequest
  712: [
    {"set":["allocationMode"],"value":"ExactCount"},
    {"set":["count"],"value":1,"when":[{"in":["ExactCount"],"path":["allocationMode"]}]},
  ],
  // k8s.io/api/resource/v1beta2.NodeAllocatableResourceMapping
  714: [
    {"set":["allocationMultiplier"],"value":"1"},
  ],
  // k8s.io/api/scheduling/v1.PriorityClass
  728: [
    {"set":["preemptionPolicy"],"value":"PreemptLowerPriority"},
  ],
  // k8s.io/api/scheduling/v1alpha2.PodGroupSpec
  738: [
    {"set":["disruptionMode"],"value":"Pod"},
  ],
  // k8s.io/api/storage/v1.CSIDriverSpec
  750: [
    {"set":["attachRequired"],"value":true},
    {"set":["fsGroupPolicy"],"value":"ReadWriteOnceWithFSType"},
    {"set":["podInfoOnMount"],"value":false},
    {"set":["requiresRepublish"],"value":false},
    {"set":["seLinuxMount"],"value":false},
    {"set":["storageCapacity"],"value":false},
    {"set":["volumeLifecycleModes"],"value":["Persistent"]},
  ],
  // k8s.io/api/storage/v1.StorageClass
  757: [
    {"set":["reclaimPolicy"],"value":"Delete"},
    {"set":["volumeBindingMode"],"value":"Immediate"},
  ],
  // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceDefinitionSpec
  803: [
    {"set":["conversion"],"value":{"strategy":"None"}},
  ],
  // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.ServiceReference
  813: [
    {"set":["port"],"value":443},
  ],
  // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1.ServiceReference
  854: [
    {"set":["port"],"value":443},
  ],
};
