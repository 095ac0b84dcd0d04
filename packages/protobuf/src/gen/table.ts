// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.

/** Every message, as text. */
export const messages: readonly string[] = [
  "expression:s", // k8s.io/api/admissionregistration/v1.ApplyConfiguration
  "key!:s valueExpression!:s", // k8s.io/api/admissionregistration/v1.AuditAnnotation
  "2=fieldRef!:s warning!:s", // k8s.io/api/admissionregistration/v1.ExpressionWarning
  "expression:s", // k8s.io/api/admissionregistration/v1.JSONPatch
  "name!:s expression!:s", // k8s.io/api/admissionregistration/v1.MatchCondition
  "namespaceSelector?:1141 objectSelector?:1141 resourceRules:*16 excludeResourceRules:*16 7=matchPolicy?:s", // k8s.io/api/admissionregistration/v1.MatchResources
  "^|metadata:1146 spec:11", // k8s.io/api/admissionregistration/v1.MutatingAdmissionPolicy
  "^|metadata:1146 spec:9", // k8s.io/api/admissionregistration/v1.MutatingAdmissionPolicyBinding
  "^|metadata:1143 items[:*7", // k8s.io/api/admissionregistration/v1.MutatingAdmissionPolicyBindingList
  "policyName:s paramRef?:18 matchResources?:5", // k8s.io/api/admissionregistration/v1.MutatingAdmissionPolicyBindingSpec
  "^|metadata:1143 items[:*6", // k8s.io/api/admissionregistration/v1.MutatingAdmissionPolicyList
  "paramKind?:17 matchConstraints?:5 variables:*34 mutations:*15 failurePolicy?:s matchConditions:*4 reinvocationPolicy:s", // k8s.io/api/admissionregistration/v1.MutatingAdmissionPolicySpec
  "name!:s clientConfig!:35 rules:*20 failurePolicy?:s namespaceSelector?:1141 sideEffects?!:s timeoutSeconds?:i admissionReviewVersions!:*s matchPolicy?:s reinvocationPolicy?:s objectSelector?:1141 matchConditions:*4", // k8s.io/api/admissionregistration/v1.MutatingWebhook
  "^|metadata:1146 webhooks:*12", // k8s.io/api/admissionregistration/v1.MutatingWebhookConfiguration
  "^|metadata:1143 items[:*13", // k8s.io/api/admissionregistration/v1.MutatingWebhookConfigurationList
  "2=patchType!:s applyConfiguration?:0 jsonPatch?:3", // k8s.io/api/admissionregistration/v1.Mutation
  "resourceNames:*s +:20", // k8s.io/api/admissionregistration/v1.NamedRuleWithOperations
  "apiVersion:s kind:s", // k8s.io/api/admissionregistration/v1.ParamKind
  "name:s namespace:s selector?:1141 parameterNotFoundAction?:s", // k8s.io/api/admissionregistration/v1.ParamRef
  "apiGroups:*s apiVersions:*s resources:*s scope?:s", // k8s.io/api/admissionregistration/v1.Rule
  "operations:*s +:19", // k8s.io/api/admissionregistration/v1.RuleWithOperations
  "namespace!:s name!:s path?:s port?:i", // k8s.io/api/admissionregistration/v1.ServiceReference
  "expressionWarnings:*2", // k8s.io/api/admissionregistration/v1.TypeChecking
  "^|metadata:1146 spec:28 status:29", // k8s.io/api/admissionregistration/v1.ValidatingAdmissionPolicy
  "^|metadata:1146 spec:26", // k8s.io/api/admissionregistration/v1.ValidatingAdmissionPolicyBinding
  "^|metadata:1143 items[:*24", // k8s.io/api/admissionregistration/v1.ValidatingAdmissionPolicyBindingList
  "policyName:s paramRef?:18 matchResources?:5 validationActions:*s", // k8s.io/api/admissionregistration/v1.ValidatingAdmissionPolicyBindingSpec
  "^|metadata:1143 items[:*23", // k8s.io/api/admissionregistration/v1.ValidatingAdmissionPolicyList
  "paramKind?:17 matchConstraints?:5 validations:*33 failurePolicy?:s auditAnnotations:*1 matchConditions:*4 variables:*34", // k8s.io/api/admissionregistration/v1.ValidatingAdmissionPolicySpec
  "observedGeneration:l typeChecking?:22 conditions:*1133", // k8s.io/api/admissionregistration/v1.ValidatingAdmissionPolicyStatus
  "name!:s clientConfig!:35 rules:*20 failurePolicy?:s namespaceSelector?:1141 sideEffects?!:s timeoutSeconds?:i admissionReviewVersions!:*s matchPolicy?:s objectSelector?:1141 matchConditions:*4", // k8s.io/api/admissionregistration/v1.ValidatingWebhook
  "^|metadata:1146 webhooks:*30", // k8s.io/api/admissionregistration/v1.ValidatingWebhookConfiguration
  "^|metadata:1143 items[:*31", // k8s.io/api/admissionregistration/v1.ValidatingWebhookConfigurationList
  "expression!:s message:s reason?:s messageExpression:s", // k8s.io/api/admissionregistration/v1.Validation
  "name!:s expression!:s", // k8s.io/api/admissionregistration/v1.Variable
  "service?:21 caBundle:y url?:s", // k8s.io/api/admissionregistration/v1.WebhookClientConfig
  "expression:s", // k8s.io/api/admissionregistration/v1alpha1.ApplyConfiguration
  "key!:s valueExpression!:s", // k8s.io/api/admissionregistration/v1alpha1.AuditAnnotation
  "2=fieldRef!:s warning!:s", // k8s.io/api/admissionregistration/v1alpha1.ExpressionWarning
  "expression:s", // k8s.io/api/admissionregistration/v1alpha1.JSONPatch
  "name!:s expression!:s", // k8s.io/api/admissionregistration/v1alpha1.MatchCondition
  "namespaceSelector?:1141 objectSelector?:1141 resourceRules:*49 excludeResourceRules:*49 7=matchPolicy?:s", // k8s.io/api/admissionregistration/v1alpha1.MatchResources
  "^|metadata:1146 spec:47", // k8s.io/api/admissionregistration/v1alpha1.MutatingAdmissionPolicy
  "^|metadata:1146 spec:45", // k8s.io/api/admissionregistration/v1alpha1.MutatingAdmissionPolicyBinding
  "^|metadata:1143 items[:*43", // k8s.io/api/admissionregistration/v1alpha1.MutatingAdmissionPolicyBindingList
  "policyName:s paramRef?:51 matchResources?:41", // k8s.io/api/admissionregistration/v1alpha1.MutatingAdmissionPolicyBindingSpec
  "^|metadata:1143 items[:*42", // k8s.io/api/admissionregistration/v1alpha1.MutatingAdmissionPolicyList
  "paramKind?:50 matchConstraints?:41 variables:*61 mutations:*48 failurePolicy?:s matchConditions:*40 reinvocationPolicy:s", // k8s.io/api/admissionregistration/v1alpha1.MutatingAdmissionPolicySpec
  "2=patchType!:s applyConfiguration?:36 jsonPatch?:39", // k8s.io/api/admissionregistration/v1alpha1.Mutation
  "resourceNames:*s +:20", // k8s.io/api/admissionregistration/v1alpha1.NamedRuleWithOperations
  "apiVersion:s kind:s", // k8s.io/api/admissionregistration/v1alpha1.ParamKind
  "name:s namespace:s selector?:1141 parameterNotFoundAction?:s", // k8s.io/api/admissionregistration/v1alpha1.ParamRef
  "expressionWarnings:*38", // k8s.io/api/admissionregistration/v1alpha1.TypeChecking
  "^|metadata:1146 spec:58 status:59", // k8s.io/api/admissionregistration/v1alpha1.ValidatingAdmissionPolicy
  "^|metadata:1146 spec:56", // k8s.io/api/admissionregistration/v1alpha1.ValidatingAdmissionPolicyBinding
  "^|metadata:1143 items[:*54", // k8s.io/api/admissionregistration/v1alpha1.ValidatingAdmissionPolicyBindingList
  "policyName:s paramRef?:51 matchResources?:41 validationActions:*s", // k8s.io/api/admissionregistration/v1alpha1.ValidatingAdmissionPolicyBindingSpec
  "^|metadata:1143 items[:*53", // k8s.io/api/admissionregistration/v1alpha1.ValidatingAdmissionPolicyList
  "paramKind?:50 matchConstraints?:41 validations:*60 failurePolicy?:s auditAnnotations:*37 matchConditions:*40 variables:*61", // k8s.io/api/admissionregistration/v1alpha1.ValidatingAdmissionPolicySpec
  "observedGeneration:l typeChecking?:52 conditions:*1133", // k8s.io/api/admissionregistration/v1alpha1.ValidatingAdmissionPolicyStatus
  "expression!:s message:s reason?:s messageExpression:s", // k8s.io/api/admissionregistration/v1alpha1.Validation
  "name!:s expression!:s", // k8s.io/api/admissionregistration/v1alpha1.Variable
  "expression:s", // k8s.io/api/admissionregistration/v1beta1.ApplyConfiguration
  "key!:s valueExpression!:s", // k8s.io/api/admissionregistration/v1beta1.AuditAnnotation
  "2=fieldRef!:s warning!:s", // k8s.io/api/admissionregistration/v1beta1.ExpressionWarning
  "expression:s", // k8s.io/api/admissionregistration/v1beta1.JSONPatch
  "name!:s expression!:s", // k8s.io/api/admissionregistration/v1beta1.MatchCondition
  "namespaceSelector?:1141 objectSelector?:1141 resourceRules:*78 excludeResourceRules:*78 7=matchPolicy?:s", // k8s.io/api/admissionregistration/v1beta1.MatchResources
  "^|metadata:1146 spec:73", // k8s.io/api/admissionregistration/v1beta1.MutatingAdmissionPolicy
  "^|metadata:1146 spec:71", // k8s.io/api/admissionregistration/v1beta1.MutatingAdmissionPolicyBinding
  "^|metadata:1143 items[:*69", // k8s.io/api/admissionregistration/v1beta1.MutatingAdmissionPolicyBindingList
  "policyName:s paramRef?:80 matchResources?:67", // k8s.io/api/admissionregistration/v1beta1.MutatingAdmissionPolicyBindingSpec
  "^|metadata:1143 items[:*68", // k8s.io/api/admissionregistration/v1beta1.MutatingAdmissionPolicyList
  "paramKind?:79 matchConstraints?:67 variables:*94 mutations:*77 failurePolicy?:s matchConditions:*66 reinvocationPolicy:s", // k8s.io/api/admissionregistration/v1beta1.MutatingAdmissionPolicySpec
  "name!:s clientConfig!:95 rules:*20 failurePolicy?:s namespaceSelector?:1141 sideEffects?:s timeoutSeconds?:i admissionReviewVersions:*s matchPolicy?:s reinvocationPolicy?:s objectSelector?:1141 matchConditions:*66", // k8s.io/api/admissionregistration/v1beta1.MutatingWebhook
  "^|metadata:1146 webhooks:*74", // k8s.io/api/admissionregistration/v1beta1.MutatingWebhookConfiguration
  "^|metadata:1143 items[:*75", // k8s.io/api/admissionregistration/v1beta1.MutatingWebhookConfigurationList
  "2=patchType!:s applyConfiguration?:62 jsonPatch?:65", // k8s.io/api/admissionregistration/v1beta1.Mutation
  "resourceNames:*s +:20", // k8s.io/api/admissionregistration/v1beta1.NamedRuleWithOperations
  "apiVersion:s kind:s", // k8s.io/api/admissionregistration/v1beta1.ParamKind
  "name:s namespace:s selector?:1141 parameterNotFoundAction?:s", // k8s.io/api/admissionregistration/v1beta1.ParamRef
  "namespace!:s name!:s path?:s port?:i", // k8s.io/api/admissionregistration/v1beta1.ServiceReference
  "expressionWarnings:*64", // k8s.io/api/admissionregistration/v1beta1.TypeChecking
  "^|metadata:1146 spec:88 status:89", // k8s.io/api/admissionregistration/v1beta1.ValidatingAdmissionPolicy
  "^|metadata:1146 spec:86", // k8s.io/api/admissionregistration/v1beta1.ValidatingAdmissionPolicyBinding
  "^|metadata:1143 items[:*84", // k8s.io/api/admissionregistration/v1beta1.ValidatingAdmissionPolicyBindingList
  "policyName:s paramRef?:80 matchResources?:67 validationActions:*s", // k8s.io/api/admissionregistration/v1beta1.ValidatingAdmissionPolicyBindingSpec
  "^|metadata:1143 items[:*83", // k8s.io/api/admissionregistration/v1beta1.ValidatingAdmissionPolicyList
  "paramKind?:79 matchConstraints?:67 validations:*93 failurePolicy?:s auditAnnotations:*63 matchConditions:*66 variables:*94", // k8s.io/api/admissionregistration/v1beta1.ValidatingAdmissionPolicySpec
  "observedGeneration:l typeChecking?:82 conditions:*1133", // k8s.io/api/admissionregistration/v1beta1.ValidatingAdmissionPolicyStatus
  "name!:s clientConfig!:95 rules:*20 failurePolicy?:s namespaceSelector?:1141 sideEffects?:s timeoutSeconds?:i admissionReviewVersions:*s matchPolicy?:s objectSelector?:1141 matchConditions:*66", // k8s.io/api/admissionregistration/v1beta1.ValidatingWebhook
  "^|metadata:1146 webhooks:*90", // k8s.io/api/admissionregistration/v1beta1.ValidatingWebhookConfiguration
  "^|metadata:1143 items[:*91", // k8s.io/api/admissionregistration/v1beta1.ValidatingWebhookConfigurationList
  "expression!:s message:s reason?:s messageExpression:s", // k8s.io/api/admissionregistration/v1beta1.Validation
  "name!:s expression!:s", // k8s.io/api/admissionregistration/v1beta1.Variable
  "service?:81 caBundle:y url?:s", // k8s.io/api/admissionregistration/v1beta1.WebhookClientConfig
  "^|metadata:1146 versions:*100", // k8s.io/api/apidiscovery/v2.APIGroupDiscovery
  "^|metadata:1143 items[:*96", // k8s.io/api/apidiscovery/v2.APIGroupDiscoveryList
  "resource!:s responseKind?:1140 scope!:s singularResource!:s verbs!:*s shortNames:*s categories:*s subresources:*99", // k8s.io/api/apidiscovery/v2.APIResourceDiscovery
  "subresource!:s responseKind?:1140 acceptedTypes:*1140 verbs!:*s", // k8s.io/api/apidiscovery/v2.APISubresourceDiscovery
  "version!:s resources:*98 freshness:s", // k8s.io/api/apidiscovery/v2.APIVersionDiscovery
  "^|metadata:1146 versions:*105", // k8s.io/api/apidiscovery/v2beta1.APIGroupDiscovery
  "^|metadata:1143 items[:*101", // k8s.io/api/apidiscovery/v2beta1.APIGroupDiscoveryList
  "resource!:s responseKind?:1140 scope!:s singularResource!:s verbs!:*s shortNames:*s categories:*s subresources:*104", // k8s.io/api/apidiscovery/v2beta1.APIResourceDiscovery
  "subresource!:s responseKind?:1140 acceptedTypes:*1140 verbs!:*s", // k8s.io/api/apidiscovery/v2beta1.APISubresourceDiscovery
  "version!:s resources:*103 freshness:s", // k8s.io/api/apidiscovery/v2beta1.APIVersionDiscovery
  "apiServerID:s encodingVersion:s decodableVersions:*s servedVersions:*s", // k8s.io/api/apiserverinternal/v1alpha1.ServerStorageVersion
  "^|metadata:1146 spec!:110 status!:111", // k8s.io/api/apiserverinternal/v1alpha1.StorageVersion
  "type!:s status!:s observedGeneration:l lastTransitionTime:T reason!:s message:s", // k8s.io/api/apiserverinternal/v1alpha1.StorageVersionCondition
  "^|metadata:1143 items[:*107", // k8s.io/api/apiserverinternal/v1alpha1.StorageVersionList
  "", // k8s.io/api/apiserverinternal/v1alpha1.StorageVersionSpec
  "storageVersions:*106 commonEncodingVersion?:s conditions:*108", // k8s.io/api/apiserverinternal/v1alpha1.StorageVersionStatus
  "^|metadata:1146 data:R revision!:l", // k8s.io/api/apps/v1.ControllerRevision
  "^|metadata:1143 items[:*112", // k8s.io/api/apps/v1.ControllerRevisionList
  "^|metadata:1146 spec:117 status:118", // k8s.io/api/apps/v1.DaemonSet
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/api/apps/v1.DaemonSetCondition
  "^|metadata:1143 items[:*114", // k8s.io/api/apps/v1.DaemonSetList
  "selector?!:1141 template!:499 updateStrategy:119 minReadySeconds:i 6=revisionHistoryLimit?:i", // k8s.io/api/apps/v1.DaemonSetSpec
  "currentNumberScheduled!:i numberMisscheduled!:i desiredNumberScheduled!:i numberReady!:i observedGeneration:l updatedNumberScheduled:i numberAvailable:i numberUnavailable:i collisionCount?:i conditions:*115", // k8s.io/api/apps/v1.DaemonSetStatus
  "type:s rollingUpdate?:131", // k8s.io/api/apps/v1.DaemonSetUpdateStrategy
  "^|metadata:1146 spec:123 status:124", // k8s.io/api/apps/v1.Deployment
  "type!:s status!:s 4=reason:s message:s lastUpdateTime:T lastTransitionTime:T", // k8s.io/api/apps/v1.DeploymentCondition
  "^|metadata:1143 items[:*120", // k8s.io/api/apps/v1.DeploymentList
  "replicas?:i selector?!:1141 template!:499 strategy:125 minReadySeconds:i revisionHistoryLimit?:i paused:b 9=progressDeadlineSeconds?:i", // k8s.io/api/apps/v1.DeploymentSpec
  "observedGeneration:l replicas:i updatedReplicas:i availableReplicas:i unavailableReplicas:i conditions:*121 readyReplicas:i collisionCount?:i terminatingReplicas?:i", // k8s.io/api/apps/v1.DeploymentStatus
  "type:s rollingUpdate?:132", // k8s.io/api/apps/v1.DeploymentStrategy
  "^|metadata:1146 spec:129 status:130", // k8s.io/api/apps/v1.ReplicaSet
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/api/apps/v1.ReplicaSetCondition
  "^|metadata:1143 items[:*126", // k8s.io/api/apps/v1.ReplicaSetList
  "replicas?:i selector?!:1141 template:499 minReadySeconds:i", // k8s.io/api/apps/v1.ReplicaSetSpec
  "replicas!:i fullyLabeledReplicas:i observedGeneration:l readyReplicas:i availableReplicas:i conditions:*127 terminatingReplicas?:i", // k8s.io/api/apps/v1.ReplicaSetStatus
  "maxUnavailable?:o maxSurge?:o", // k8s.io/api/apps/v1.RollingUpdateDaemonSet
  "maxUnavailable?:o maxSurge?:o", // k8s.io/api/apps/v1.RollingUpdateDeployment
  "partition?:i maxUnavailable?:o", // k8s.io/api/apps/v1.RollingUpdateStatefulSetStrategy
  "^|metadata:1146 spec:139 status:140", // k8s.io/api/apps/v1.StatefulSet
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/api/apps/v1.StatefulSetCondition
  "^|metadata:1143 items[:*134", // k8s.io/api/apps/v1.StatefulSetList
  "start!:i", // k8s.io/api/apps/v1.StatefulSetOrdinals
  "whenDeleted:s whenScaled:s", // k8s.io/api/apps/v1.StatefulSetPersistentVolumeClaimRetentionPolicy
  "replicas?:i selector?!:1141 template!:499 volumeClaimTemplates:*459@v1/PersistentVolumeClaim serviceName!:s podManagementPolicy:s updateStrategy:141 revisionHistoryLimit?:i minReadySeconds:i persistentVolumeClaimRetentionPolicy?:138 ordinals?:137", // k8s.io/api/apps/v1.StatefulSetSpec
  "observedGeneration:l replicas!:i readyReplicas:i currentReplicas:i updatedReplicas:i currentRevision:s updateRevision:s 9=collisionCount?:i conditions:*135 availableReplicas!:i", // k8s.io/api/apps/v1.StatefulSetStatus
  "type:s rollingUpdate?:133", // k8s.io/api/apps/v1.StatefulSetUpdateStrategy
  "^|metadata:1146 data:R revision!:l", // k8s.io/api/apps/v1beta1.ControllerRevision
  "^|metadata:1143 items[:*142", // k8s.io/api/apps/v1beta1.ControllerRevisionList
  "^|metadata:1146 spec:148 status:149", // k8s.io/api/apps/v1beta1.Deployment
  "type!:s status!:s 4=reason:s message:s lastUpdateTime:T lastTransitionTime:T", // k8s.io/api/apps/v1beta1.DeploymentCondition
  "^|metadata:1143 items[:*144", // k8s.io/api/apps/v1beta1.DeploymentList
  "^|name!:s updatedAnnotations:%s rollbackTo!:151", // k8s.io/api/apps/v1beta1.DeploymentRollback
  "replicas?:i selector?:1141 template!:499 strategy:150 minReadySeconds:i revisionHistoryLimit?:i paused:b rollbackTo?:151 progressDeadlineSeconds?:i", // k8s.io/api/apps/v1beta1.DeploymentSpec
  "observedGeneration:l replicas:i updatedReplicas:i availableReplicas:i unavailableReplicas:i conditions:*145 readyReplicas:i collisionCount?:i terminatingReplicas?:i", // k8s.io/api/apps/v1beta1.DeploymentStatus
  "type:s rollingUpdate?:152", // k8s.io/api/apps/v1beta1.DeploymentStrategy
  "revision:l", // k8s.io/api/apps/v1beta1.RollbackConfig
  "maxUnavailable?:o maxSurge?:o", // k8s.io/api/apps/v1beta1.RollingUpdateDeployment
  "partition?:i maxUnavailable?:o", // k8s.io/api/apps/v1beta1.RollingUpdateStatefulSetStrategy
  "^|metadata:1146 spec:155 status:156", // k8s.io/api/apps/v1beta1.Scale
  "replicas:i", // k8s.io/api/apps/v1beta1.ScaleSpec
  "replicas!:i selector:%s targetSelector:s", // k8s.io/api/apps/v1beta1.ScaleStatus
  "^|metadata:1146 spec:162 status:163", // k8s.io/api/apps/v1beta1.StatefulSet
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/api/apps/v1beta1.StatefulSetCondition
  "^|metadata:1143 items[:*157", // k8s.io/api/apps/v1beta1.StatefulSetList
  "start!:i", // k8s.io/api/apps/v1beta1.StatefulSetOrdinals
  "whenDeleted:s whenScaled:s", // k8s.io/api/apps/v1beta1.StatefulSetPersistentVolumeClaimRetentionPolicy
  "replicas?:i selector?:1141 template!:499 volumeClaimTemplates:*459@v1/PersistentVolumeClaim serviceName!:s podManagementPolicy:s updateStrategy:164 revisionHistoryLimit?:i minReadySeconds:i persistentVolumeClaimRetentionPolicy?:161 ordinals?:160", // k8s.io/api/apps/v1beta1.StatefulSetSpec
  "observedGeneration?:l replicas!:i readyReplicas:i currentReplicas:i updatedReplicas:i currentRevision:s updateRevision:s 9=collisionCount?:i conditions:*158 availableReplicas!:i", // k8s.io/api/apps/v1beta1.StatefulSetStatus
  "type:s rollingUpdate?:153", // k8s.io/api/apps/v1beta1.StatefulSetUpdateStrategy
  "^|metadata:1146 data:R revision!:l", // k8s.io/api/apps/v1beta2.ControllerRevision
  "^|metadata:1143 items[:*165", // k8s.io/api/apps/v1beta2.ControllerRevisionList
  "^|metadata:1146 spec:170 status:171", // k8s.io/api/apps/v1beta2.DaemonSet
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/api/apps/v1beta2.DaemonSetCondition
  "^|metadata:1143 items[:*167", // k8s.io/api/apps/v1beta2.DaemonSetList
  "selector?!:1141 template!:499 updateStrategy:172 minReadySeconds:i 6=revisionHistoryLimit?:i", // k8s.io/api/apps/v1beta2.DaemonSetSpec
  "currentNumberScheduled!:i numberMisscheduled!:i desiredNumberScheduled!:i numberReady!:i observedGeneration:l updatedNumberScheduled:i numberAvailable:i numberUnavailable:i collisionCount?:i conditions:*168", // k8s.io/api/apps/v1beta2.DaemonSetStatus
  "type:s rollingUpdate?:184", // k8s.io/api/apps/v1beta2.DaemonSetUpdateStrategy
  "^|metadata:1146 spec:176 status:177", // k8s.io/api/apps/v1beta2.Deployment
  "type!:s status!:s 4=reason:s message:s lastUpdateTime:T lastTransitionTime:T", // k8s.io/api/apps/v1beta2.DeploymentCondition
  "^|metadata:1143 items[:*173", // k8s.io/api/apps/v1beta2.DeploymentList
  "replicas?:i selector?!:1141 template!:499 strategy:178 minReadySeconds:i revisionHistoryLimit?:i paused:b 9=progressDeadlineSeconds?:i", // k8s.io/api/apps/v1beta2.DeploymentSpec
  "observedGeneration:l replicas:i updatedReplicas:i availableReplicas:i unavailableReplicas:i conditions:*174 readyReplicas:i collisionCount?:i terminatingReplicas?:i", // k8s.io/api/apps/v1beta2.DeploymentStatus
  "type:s rollingUpdate?:185", // k8s.io/api/apps/v1beta2.DeploymentStrategy
  "^|metadata:1146 spec:182 status:183", // k8s.io/api/apps/v1beta2.ReplicaSet
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/api/apps/v1beta2.ReplicaSetCondition
  "^|metadata:1143 items[:*179", // k8s.io/api/apps/v1beta2.ReplicaSetList
  "replicas?:i selector?!:1141 template:499 minReadySeconds:i", // k8s.io/api/apps/v1beta2.ReplicaSetSpec
  "replicas!:i fullyLabeledReplicas:i observedGeneration:l readyReplicas:i availableReplicas:i conditions:*180 terminatingReplicas?:i", // k8s.io/api/apps/v1beta2.ReplicaSetStatus
  "maxUnavailable?:o maxSurge?:o", // k8s.io/api/apps/v1beta2.RollingUpdateDaemonSet
  "maxUnavailable?:o maxSurge?:o", // k8s.io/api/apps/v1beta2.RollingUpdateDeployment
  "partition?:i maxUnavailable?:o", // k8s.io/api/apps/v1beta2.RollingUpdateStatefulSetStrategy
  "^|metadata:1146 spec:188 status:189", // k8s.io/api/apps/v1beta2.Scale
  "replicas:i", // k8s.io/api/apps/v1beta2.ScaleSpec
  "replicas!:i selector:%s targetSelector:s", // k8s.io/api/apps/v1beta2.ScaleStatus
  "^|metadata:1146 spec:195 status:196", // k8s.io/api/apps/v1beta2.StatefulSet
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/api/apps/v1beta2.StatefulSetCondition
  "^|metadata:1143 items[:*190", // k8s.io/api/apps/v1beta2.StatefulSetList
  "start!:i", // k8s.io/api/apps/v1beta2.StatefulSetOrdinals
  "whenDeleted:s whenScaled:s", // k8s.io/api/apps/v1beta2.StatefulSetPersistentVolumeClaimRetentionPolicy
  "replicas?:i selector?!:1141 template!:499 volumeClaimTemplates:*459@v1/PersistentVolumeClaim serviceName!:s podManagementPolicy:s updateStrategy:197 revisionHistoryLimit?:i minReadySeconds:i persistentVolumeClaimRetentionPolicy?:194 ordinals?:193", // k8s.io/api/apps/v1beta2.StatefulSetSpec
  "observedGeneration:l replicas!:i readyReplicas:i currentReplicas:i updatedReplicas:i currentRevision:s updateRevision:s 9=collisionCount?:i conditions:*191 availableReplicas!:i", // k8s.io/api/apps/v1beta2.StatefulSetStatus
  "type:s rollingUpdate?:186", // k8s.io/api/apps/v1beta2.StatefulSetUpdateStrategy
  "kind:s apiVersion:s name:s uid:s", // k8s.io/api/authentication/v1.BoundObjectReference
  "list|items:*s", // k8s.io/api/authentication/v1.ExtraValue
  "^|metadata:1146 status:201", // k8s.io/api/authentication/v1.SelfSubjectReview
  "userInfo:208", // k8s.io/api/authentication/v1.SelfSubjectReviewStatus
  "^|metadata:1146 spec!:203 status:204", // k8s.io/api/authentication/v1.TokenRequest
  "audiences!:*s 3=boundObjectRef?!:198 expirationSeconds?!:l", // k8s.io/api/authentication/v1.TokenRequestSpec
  "token!:s expirationTimestamp!:T", // k8s.io/api/authentication/v1.TokenRequestStatus
  "^|metadata:1146 spec!:206 status:207", // k8s.io/api/authentication/v1.TokenReview
  "token:s audiences:*s", // k8s.io/api/authentication/v1.TokenReviewSpec
  "authenticated:b user:208 error:s audiences:*s", // k8s.io/api/authentication/v1.TokenReviewStatus
  "username:s uid:s groups:*s extra:%199", // k8s.io/api/authentication/v1.UserInfo
  "^|metadata:1146 status:210", // k8s.io/api/authentication/v1alpha1.SelfSubjectReview
  "userInfo:208", // k8s.io/api/authentication/v1alpha1.SelfSubjectReviewStatus
  "list|items:*s", // k8s.io/api/authentication/v1beta1.ExtraValue
  "^|metadata:1146 status:213", // k8s.io/api/authentication/v1beta1.SelfSubjectReview
  "userInfo:208", // k8s.io/api/authentication/v1beta1.SelfSubjectReviewStatus
  "^|metadata:1146 spec!:215 status:216", // k8s.io/api/authentication/v1beta1.TokenReview
  "token:s audiences:*s", // k8s.io/api/authentication/v1beta1.TokenReviewSpec
  "authenticated:b user:217 error:s audiences:*s", // k8s.io/api/authentication/v1beta1.TokenReviewStatus
  "username:s uid:s groups:*s extra:%211", // k8s.io/api/authentication/v1beta1.UserInfo
  "list|items:*s", // k8s.io/api/authorization/v1.ExtraValue
  "rawSelector:s requirements:*1136", // k8s.io/api/authorization/v1.FieldSelectorAttributes
  "rawSelector:s requirements:*1142", // k8s.io/api/authorization/v1.LabelSelectorAttributes
  "^|metadata:1146 spec!:231 status:232", // k8s.io/api/authorization/v1.LocalSubjectAccessReview
  "path:s verb:s", // k8s.io/api/authorization/v1.NonResourceAttributes
  "verbs!:*s nonResourceURLs:*s", // k8s.io/api/authorization/v1.NonResourceRule
  "namespace:s verb:s group:s version:s resource:s subresource:s name:s fieldSelector?:219 labelSelector?:220", // k8s.io/api/authorization/v1.ResourceAttributes
  "verbs!:*s apiGroups:*s resources:*s resourceNames:*s", // k8s.io/api/authorization/v1.ResourceRule
  "^|metadata:1146 spec!:227 status:232", // k8s.io/api/authorization/v1.SelfSubjectAccessReview
  "resourceAttributes?:224 nonResourceAttributes?:222", // k8s.io/api/authorization/v1.SelfSubjectAccessReviewSpec
  "^|metadata:1146 spec!:229 status:233", // k8s.io/api/authorization/v1.SelfSubjectRulesReview
  "namespace:s", // k8s.io/api/authorization/v1.SelfSubjectRulesReviewSpec
  "^|metadata:1146 spec!:231 status:232", // k8s.io/api/authorization/v1.SubjectAccessReview
  "resourceAttributes?:224 nonResourceAttributes?:222 user:s groups:*s extra:%218 uid:s", // k8s.io/api/authorization/v1.SubjectAccessReviewSpec
  "allowed!:b reason:s evaluationError:s denied:b", // k8s.io/api/authorization/v1.SubjectAccessReviewStatus
  "resourceRules!:*225 nonResourceRules!:*223 incomplete!:b evaluationError:s", // k8s.io/api/authorization/v1.SubjectRulesReviewStatus
  "list|items:*s", // k8s.io/api/authorization/v1beta1.ExtraValue
  "^|metadata:1146 spec!:245 status:246", // k8s.io/api/authorization/v1beta1.LocalSubjectAccessReview
  "path:s verb:s", // k8s.io/api/authorization/v1beta1.NonResourceAttributes
  "verbs!:*s nonResourceURLs:*s", // k8s.io/api/authorization/v1beta1.NonResourceRule
  "namespace:s verb:s group:s version:s resource:s subresource:s name:s fieldSelector?:219 labelSelector?:220", // k8s.io/api/authorization/v1beta1.ResourceAttributes
  "verbs!:*s apiGroups:*s resources:*s resourceNames:*s", // k8s.io/api/authorization/v1beta1.ResourceRule
  "^|metadata:1146 spec!:241 status:246", // k8s.io/api/authorization/v1beta1.SelfSubjectAccessReview
  "resourceAttributes?:238 nonResourceAttributes?:236", // k8s.io/api/authorization/v1beta1.SelfSubjectAccessReviewSpec
  "^|metadata:1146 spec!:243 status:247", // k8s.io/api/authorization/v1beta1.SelfSubjectRulesReview
  "namespace:s", // k8s.io/api/authorization/v1beta1.SelfSubjectRulesReviewSpec
  "^|metadata:1146 spec!:245 status:246", // k8s.io/api/authorization/v1beta1.SubjectAccessReview
  "resourceAttributes?:238 nonResourceAttributes?:236 user:s group:*s extra:%234 uid:s", // k8s.io/api/authorization/v1beta1.SubjectAccessReviewSpec
  "allowed!:b reason:s evaluationError:s denied:b", // k8s.io/api/authorization/v1beta1.SubjectAccessReviewStatus
  "resourceRules!:*239 nonResourceRules!:*237 incomplete!:b evaluationError:s", // k8s.io/api/authorization/v1beta1.SubjectRulesReviewStatus
  "kind!:s name!:s apiVersion:s", // k8s.io/api/autoscaling/v1.CrossVersionObjectReference
  "^|metadata:1146 spec:251 status:252", // k8s.io/api/autoscaling/v1.HorizontalPodAutoscaler
  "^|metadata:1143 items[:*249", // k8s.io/api/autoscaling/v1.HorizontalPodAutoscalerList
  "scaleTargetRef!:248 minReplicas?:i maxReplicas!:i targetCPUUtilizationPercentage?:i", // k8s.io/api/autoscaling/v1.HorizontalPodAutoscalerSpec
  "observedGeneration?:l lastScaleTime?:T currentReplicas!:i desiredReplicas!:i currentCPUUtilizationPercentage?:i", // k8s.io/api/autoscaling/v1.HorizontalPodAutoscalerStatus
  "^|metadata:1146 spec:254 status:255", // k8s.io/api/autoscaling/v1.Scale
  "replicas:i", // k8s.io/api/autoscaling/v1.ScaleSpec
  "replicas!:i selector:s", // k8s.io/api/autoscaling/v1.ScaleStatus
  "name!:s target!:272 container!:s", // k8s.io/api/autoscaling/v2.ContainerResourceMetricSource
  "name!:s current!:273 container!:s", // k8s.io/api/autoscaling/v2.ContainerResourceMetricStatus
  "kind!:s name!:s apiVersion:s", // k8s.io/api/autoscaling/v2.CrossVersionObjectReference
  "metric!:269 target!:272", // k8s.io/api/autoscaling/v2.ExternalMetricSource
  "metric!:269 current!:273", // k8s.io/api/autoscaling/v2.ExternalMetricStatus
  "type!:s value!:i periodSeconds!:i", // k8s.io/api/autoscaling/v2.HPAScalingPolicy
  "selectPolicy?:s policies:*261 stabilizationWindowSeconds?:i tolerance?:q", // k8s.io/api/autoscaling/v2.HPAScalingRules
  "^|metadata:1146 spec:267 status:268", // k8s.io/api/autoscaling/v2.HorizontalPodAutoscaler
  "scaleUp?:262 scaleDown?:262", // k8s.io/api/autoscaling/v2.HorizontalPodAutoscalerBehavior
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/api/autoscaling/v2.HorizontalPodAutoscalerCondition
  "^|metadata:1143 items[:*263", // k8s.io/api/autoscaling/v2.HorizontalPodAutoscalerList
  "scaleTargetRef!:258 minReplicas?:i maxReplicas!:i metrics:*270 behavior?:264", // k8s.io/api/autoscaling/v2.HorizontalPodAutoscalerSpec
  "observedGeneration?:l lastScaleTime?:T currentReplicas:i desiredReplicas!:i currentMetrics!:*271 conditions:*265", // k8s.io/api/autoscaling/v2.HorizontalPodAutoscalerStatus
  "name!:s selector?:1141", // k8s.io/api/autoscaling/v2.MetricIdentifier
  "type!:s object?:274 pods?:276 resource?:278 external?:259 7=containerResource?:256", // k8s.io/api/autoscaling/v2.MetricSpec
  "type!:s object?:275 pods?:277 resource?:279 external?:260 7=containerResource?:257", // k8s.io/api/autoscaling/v2.MetricStatus
  "type!:s value?:q averageValue?:q averageUtilization?:i", // k8s.io/api/autoscaling/v2.MetricTarget
  "value?:q averageValue?:q averageUtilization?:i", // k8s.io/api/autoscaling/v2.MetricValueStatus
  "describedObject!:258 target!:272 metric!:269", // k8s.io/api/autoscaling/v2.ObjectMetricSource
  "metric!:269 current!:273 describedObject!:258", // k8s.io/api/autoscaling/v2.ObjectMetricStatus
  "metric!:269 target!:272", // k8s.io/api/autoscaling/v2.PodsMetricSource
  "metric!:269 current!:273", // k8s.io/api/autoscaling/v2.PodsMetricStatus
  "name!:s target!:272", // k8s.io/api/autoscaling/v2.ResourceMetricSource
  "name!:s current!:273", // k8s.io/api/autoscaling/v2.ResourceMetricStatus
  "^|metadata:1146 spec:282 status:283", // k8s.io/api/batch/v1.CronJob
  "^|metadata:1143 items[:*280", // k8s.io/api/batch/v1.CronJobList
  "schedule!:s startingDeadlineSeconds?:l concurrencyPolicy:s suspend?:b jobTemplate!:289 successfulJobsHistoryLimit?:i failedJobsHistoryLimit?:i timeZone?:s", // k8s.io/api/batch/v1.CronJobSpec
  "active:*457 4=lastScheduleTime?:T lastSuccessfulTime?:T", // k8s.io/api/batch/v1.CronJobStatus
  "^|metadata:1146 spec:287 status:288", // k8s.io/api/batch/v1.Job
  "type!:s status!:s lastProbeTime:T lastTransitionTime:T reason:s message:s", // k8s.io/api/batch/v1.JobCondition
  "^|metadata:1143 items[:*284", // k8s.io/api/batch/v1.JobList
  "parallelism?:i completions?:i activeDeadlineSeconds?:l selector?:1141 manualSelector?:b template!:499 backoffLimit?:i ttlSecondsAfterFinished?:i completionMode?:s suspend?:b podFailurePolicy?:290 backoffLimitPerIndex?:i maxFailedIndexes?:i podReplacementPolicy?:s managedBy?:s successPolicy?:294", // k8s.io/api/batch/v1.JobSpec
  "conditions:*285 startTime?:T completionTime?:T active:i succeeded:i failed:i completedIndexes:s uncountedTerminatedPods?:296 ready?:i failedIndexes?:s terminating?:i", // k8s.io/api/batch/v1.JobStatus
  "metadata:1146 spec:287", // k8s.io/api/batch/v1.JobTemplateSpec
  "rules!:*293", // k8s.io/api/batch/v1.PodFailurePolicy
  "containerName?:s operator!:s values!:*i", // k8s.io/api/batch/v1.PodFailurePolicyOnExitCodesRequirement
  "type!:s status!:s", // k8s.io/api/batch/v1.PodFailurePolicyOnPodConditionsPattern
  "action!:s onExitCodes?:291 onPodConditions:*292", // k8s.io/api/batch/v1.PodFailurePolicyRule
  "rules!:*295", // k8s.io/api/batch/v1.SuccessPolicy
  "succeededIndexes?:s succeededCount?:i", // k8s.io/api/batch/v1.SuccessPolicyRule
  "succeeded:*s failed:*s", // k8s.io/api/batch/v1.UncountedTerminatedPods
  "^|metadata:1146 spec:299 status:300", // k8s.io/api/batch/v1beta1.CronJob
  "^|metadata:1143 items[:*297", // k8s.io/api/batch/v1beta1.CronJobList
  "schedule!:s startingDeadlineSeconds?:l concurrencyPolicy:s suspend?:b jobTemplate!:301 successfulJobsHistoryLimit?:i failedJobsHistoryLimit?:i timeZone?:s", // k8s.io/api/batch/v1beta1.CronJobSpec
  "active:*457 4=lastScheduleTime?:T lastSuccessfulTime?:T", // k8s.io/api/batch/v1beta1.CronJobStatus
  "metadata:1146 spec:287", // k8s.io/api/batch/v1beta1.JobTemplateSpec
  "^|metadata:1146 spec!:305 status:306", // k8s.io/api/certificates/v1.CertificateSigningRequest
  "type!:s reason:s message:s lastUpdateTime:T lastTransitionTime:T status!:s", // k8s.io/api/certificates/v1.CertificateSigningRequestCondition
  "^|metadata:1143 items[:*302", // k8s.io/api/certificates/v1.CertificateSigningRequestList
  "request!:y username:s uid:s groups:*s usages:*s extra:%307 signerName!:s expirationSeconds?:i", // k8s.io/api/certificates/v1.CertificateSigningRequestSpec
  "conditions:*303 certificate:y", // k8s.io/api/certificates/v1.CertificateSigningRequestStatus
  "list|items:*s", // k8s.io/api/certificates/v1.ExtraValue
  "^|metadata:1146 spec!:310", // k8s.io/api/certificates/v1alpha1.ClusterTrustBundle
  "^|metadata:1143 items[:*308", // k8s.io/api/certificates/v1alpha1.ClusterTrustBundleList
  "signerName:s trustBundle!:s", // k8s.io/api/certificates/v1alpha1.ClusterTrustBundleSpec
  "^|metadata:1146 spec!:314 status:315", // k8s.io/api/certificates/v1beta1.CertificateSigningRequest
  "type!:s reason:s message:s lastUpdateTime:T lastTransitionTime:T status!:s", // k8s.io/api/certificates/v1beta1.CertificateSigningRequestCondition
  "^|metadata:1143 items[:*311", // k8s.io/api/certificates/v1beta1.CertificateSigningRequestList
  "request!:y username:s uid:s groups:*s usages:*s extra:%319 signerName?:s expirationSeconds?:i", // k8s.io/api/certificates/v1beta1.CertificateSigningRequestSpec
  "conditions:*312 certificate:y", // k8s.io/api/certificates/v1beta1.CertificateSigningRequestStatus
  "^|metadata:1146 spec!:318", // k8s.io/api/certificates/v1beta1.ClusterTrustBundle
  "^|metadata:1143 items[:*316", // k8s.io/api/certificates/v1beta1.ClusterTrustBundleList
  "signerName:s trustBundle!:s", // k8s.io/api/certificates/v1beta1.ClusterTrustBundleSpec
  "list|items:*s", // k8s.io/api/certificates/v1beta1.ExtraValue
  "^|metadata:1146 spec!:322 status:323", // k8s.io/api/certificates/v1beta1.PodCertificateRequest
  "^|metadata:1143 items[:*320", // k8s.io/api/certificates/v1beta1.PodCertificateRequestList
  "signerName!:s podName!:s podUID!:s serviceAccountName!:s serviceAccountUID!:s nodeName!:s nodeUID!:s maxExpirationSeconds?:i pkixPublicKey!:y proofOfPossession!:y unverifiedUserAnnotations:%s stubPKCS10Request!:y", // k8s.io/api/certificates/v1beta1.PodCertificateRequestSpec
  "conditions:*1133 certificateChain:s 4=notBefore?:T beginRefreshAt?:T notAfter?:T", // k8s.io/api/certificates/v1beta1.PodCertificateRequestStatus
  "^|metadata:1146 spec:326", // k8s.io/api/coordination/v1.Lease
  "^|metadata:1143 items[:*324", // k8s.io/api/coordination/v1.LeaseList
  "holderIdentity?:s leaseDurationSeconds?:i acquireTime?:M renewTime?:M leaseTransitions?:i strategy?:s preferredHolder?:s", // k8s.io/api/coordination/v1.LeaseSpec
  "^|metadata:1146 spec:329", // k8s.io/api/coordination/v1alpha2.LeaseCandidate
  "^|metadata:1143 items[:*327", // k8s.io/api/coordination/v1alpha2.LeaseCandidateList
  "leaseName!:s pingTime?:M renewTime?:M binaryVersion!:s emulationVersion:s strategy:s", // k8s.io/api/coordination/v1alpha2.LeaseCandidateSpec
  "^|metadata:1146 spec:335", // k8s.io/api/coordination/v1beta1.Lease
  "^|metadata:1146 spec:333", // k8s.io/api/coordination/v1beta1.LeaseCandidate
  "^|metadata:1143 items[:*331", // k8s.io/api/coordination/v1beta1.LeaseCandidateList
  "leaseName!:s pingTime?:M renewTime?:M binaryVersion!:s emulationVersion:s strategy:s", // k8s.io/api/coordination/v1beta1.LeaseCandidateSpec
  "^|metadata:1143 items[:*330", // k8s.io/api/coordination/v1beta1.LeaseList
  "holderIdentity?:s leaseDurationSeconds?:i acquireTime?:M renewTime?:M leaseTransitions?:i strategy?:s preferredHolder?:s", // k8s.io/api/coordination/v1beta1.LeaseSpec
  "volumeID!:s fsType:s partition:i readOnly:b", // k8s.io/api/core/v1.AWSElasticBlockStoreVolumeSource
  "nodeAffinity?:438 podAffinity?:472 podAntiAffinity?:474", // k8s.io/api/core/v1.Affinity
  "type!:s localhostProfile?:s", // k8s.io/api/core/v1.AppArmorProfile
  "name!:s devicePath!:s", // k8s.io/api/core/v1.AttachedVolume
  "diskName!:s diskURI!:s cachingMode?:s fsType?:s readOnly?:b kind?:s", // k8s.io/api/core/v1.AzureDiskVolumeSource
  "secretName!:s shareName!:s readOnly:b secretNamespace?!:s", // k8s.io/api/core/v1.AzureFilePersistentVolumeSource
  "secretName!:s shareName!:s readOnly:b", // k8s.io/api/core/v1.AzureFileVolumeSource
  "^|metadata:1146 target!:457", // k8s.io/api/core/v1.Binding
  "driver!:s volumeHandle!:s readOnly:b fsType:s volumeAttributes:%s controllerPublishSecretRef?:535 nodeStageSecretRef?:535 nodePublishSecretRef?:535 controllerExpandSecretRef?:535 nodeExpandSecretRef?:535", // k8s.io/api/core/v1.CSIPersistentVolumeSource
  "driver!:s readOnly?:b fsType?:s volumeAttributes:%s nodePublishSecretRef?:427", // k8s.io/api/core/v1.CSIVolumeSource
  "add:*s drop:*s", // k8s.io/api/core/v1.Capabilities
  "monitors!:*s path:s user:s secretFile:s secretRef?:535 readOnly:b", // k8s.io/api/core/v1.CephFSPersistentVolumeSource
  "monitors!:*s path:s user:s secretFile:s secretRef?:427 readOnly:b", // k8s.io/api/core/v1.CephFSVolumeSource
  "volumeID!:s fsType:s readOnly:b secretRef?:535", // k8s.io/api/core/v1.CinderPersistentVolumeSource
  "volumeID!:s fsType:s readOnly:b secretRef?:427", // k8s.io/api/core/v1.CinderVolumeSource
  "timeoutSeconds?:i", // k8s.io/api/core/v1.ClientIPConfig
  "name?:s signerName?:s labelSelector?:1141 path!:s optional?:b", // k8s.io/api/core/v1.ClusterTrustBundleProjection
  "type!:s status!:s message:s error:s", // k8s.io/api/core/v1.ComponentCondition
  "^|metadata:1146 conditions:*353", // k8s.io/api/core/v1.ComponentStatus
  "^|metadata:1143 items[:*354", // k8s.io/api/core/v1.ComponentStatusList
  "^|metadata:1146 data:%s binaryData:%y immutable?:b", // k8s.io/api/core/v1.ConfigMap
  "+:427 optional?:b", // k8s.io/api/core/v1.ConfigMapEnvSource
  "+:427 key!:s optional?:b", // k8s.io/api/core/v1.ConfigMapKeySelector
  "^|metadata:1143 items[:*356", // k8s.io/api/core/v1.ConfigMapList
  "namespace!:s name!:s uid:s resourceVersion:s kubeletConfigKey!:s", // k8s.io/api/core/v1.ConfigMapNodeConfigSource
  "+:427 items:*416 4=optional?:b", // k8s.io/api/core/v1.ConfigMapProjection
  "+:427 items:*416 defaultMode?:i optional?:b", // k8s.io/api/core/v1.ConfigMapVolumeSource
  "name!:s image:s command:*s args:*s workingDir:s ports:*366 env:*387 resources:522 volumeMounts:*563 livenessProbe?:503 readinessProbe?:503 lifecycle?:417 terminationMessagePath:s imagePullPolicy:s securityContext?:537 stdin:b stdinOnce:b tty:b envFrom:*386 terminationMessagePolicy:s volumeDevices:*562 startupProbe?:503 resizePolicy:*367 restartPolicy?:s restartPolicyRules:*368", // k8s.io/api/core/v1.Container
  "containerName!:s resourceName!:s requestName!:s", // k8s.io/api/core/v1.ContainerExtendedResourceRequest
  "names!:*s sizeBytes:l", // k8s.io/api/core/v1.ContainerImage
  "name:s hostPort:i containerPort!:i protocol:s hostIP:s", // k8s.io/api/core/v1.ContainerPort
  "resourceName!:s restartPolicy!:s", // k8s.io/api/core/v1.ContainerResizePolicy
  "action:s exitCodes?:369", // k8s.io/api/core/v1.ContainerRestartRule
  "operator:s values:*i", // k8s.io/api/core/v1.ContainerRestartRuleOnExitCodes
  "waiting?:373 running?:371 terminated?:372", // k8s.io/api/core/v1.ContainerState
  "startedAt:T", // k8s.io/api/core/v1.ContainerStateRunning
  "exitCode!:i signal:i reason:s message:s startedAt:T finishedAt:T containerID:s", // k8s.io/api/core/v1.ContainerStateTerminated
  "reason:s message:s", // k8s.io/api/core/v1.ContainerStateWaiting
  "name!:s state:370 lastState:370 ready!:b restartCount!:i image!:s imageID!:s containerID:s started?:b allocatedResources:%q resources?:522 volumeMounts:*564 user?:375 allocatedResourcesStatus:*523 stopSignal?:s", // k8s.io/api/core/v1.ContainerStatus
  "linux?:423", // k8s.io/api/core/v1.ContainerUser
  "Port!:i", // k8s.io/api/core/v1.DaemonEndpoint
  "items:*378", // k8s.io/api/core/v1.DownwardAPIProjection
  "path!:s fieldRef?:456 resourceFieldRef?:516 mode?:i", // k8s.io/api/core/v1.DownwardAPIVolumeFile
  "items:*378 defaultMode?:i", // k8s.io/api/core/v1.DownwardAPIVolumeSource
  "medium:s sizeLimit?:q", // k8s.io/api/core/v1.EmptyDirVolumeSource
  "ip!:s targetRef?:457 hostname:s nodeName?:s", // k8s.io/api/core/v1.EndpointAddress
  "name:s port!:i protocol:s appProtocol?:s", // k8s.io/api/core/v1.EndpointPort
  "addresses:*381 notReadyAddresses:*381 ports:*382", // k8s.io/api/core/v1.EndpointSubset
  "^|metadata:1146 subsets:*383", // k8s.io/api/core/v1.Endpoints
  "^|metadata:1143 items[:*384", // k8s.io/api/core/v1.EndpointsList
  "prefix:s configMapRef?:357 secretRef?:531", // k8s.io/api/core/v1.EnvFromSource
  "name!:s value:s valueFrom?:388", // k8s.io/api/core/v1.EnvVar
  "fieldRef?:456 resourceFieldRef?:516 configMapKeyRef?:358 secretKeyRef?:532 fileKeyRef?:398", // k8s.io/api/core/v1.EnvVarSource
  "+:390 targetContainerName:s", // k8s.io/api/core/v1.EphemeralContainer
  "name!:s image:s command:*s args:*s workingDir:s ports:*366 env:*387 resources:522 volumeMounts:*563 livenessProbe?:503 readinessProbe?:503 lifecycle?:417 terminationMessagePath:s imagePullPolicy:s securityContext?:537 stdin:b stdinOnce:b tty:b envFrom:*386 terminationMessagePolicy:s volumeDevices:*562 startupProbe?:503 resizePolicy:*367 restartPolicy?:s restartPolicyRules:*368", // k8s.io/api/core/v1.EphemeralContainerCommon
  "volumeClaimTemplate?:464", // k8s.io/api/core/v1.EphemeralVolumeSource
  "^|metadata!:1146 involvedObject!:457 reason:s message:s source:395 firstTimestamp:T lastTimestamp:T count:i type:s eventTime:M series?:394 action:s related?:457 reportingComponent!:s reportingInstance!:s", // k8s.io/api/core/v1.Event
  "^|metadata:1143 items[:*392", // k8s.io/api/core/v1.EventList
  "count:i lastObservedTime:M", // k8s.io/api/core/v1.EventSeries
  "component:s host:s", // k8s.io/api/core/v1.EventSource
  "command:*s", // k8s.io/api/core/v1.ExecAction
  "targetWWNs:*s lun?:i fsType:s readOnly:b wwids:*s", // k8s.io/api/core/v1.FCVolumeSource
  "volumeName!:s path!:s key!:s optional?:b", // k8s.io/api/core/v1.FileKeySelector
  "driver!:s fsType:s secretRef?:535 readOnly:b options:%s", // k8s.io/api/core/v1.FlexPersistentVolumeSource
  "driver!:s fsType:s secretRef?:427 readOnly:b options:%s", // k8s.io/api/core/v1.FlexVolumeSource
  "datasetName:s datasetUUID:s", // k8s.io/api/core/v1.FlockerVolumeSource
  "pdName!:s fsType:s partition:i readOnly:b", // k8s.io/api/core/v1.GCEPersistentDiskVolumeSource
  "port!:i service?!:s", // k8s.io/api/core/v1.GRPCAction
  "repository!:s revision:s directory:s", // k8s.io/api/core/v1.GitRepoVolumeSource
  "endpoints!:s path!:s readOnly:b endpointsNamespace?:s", // k8s.io/api/core/v1.GlusterfsPersistentVolumeSource
  "endpoints!:s path!:s readOnly:b", // k8s.io/api/core/v1.GlusterfsVolumeSource
  "path:s port!:o host:s scheme:s httpHeaders:*408", // k8s.io/api/core/v1.HTTPGetAction
  "name!:s value!:s", // k8s.io/api/core/v1.HTTPHeader
  "ip!:s hostnames:*s", // k8s.io/api/core/v1.HostAlias
  "ip!:s", // k8s.io/api/core/v1.HostIP
  "path!:s type?:s", // k8s.io/api/core/v1.HostPathVolumeSource
  "targetPortal!:s iqn!:s lun!:i iscsiInterface:s fsType:s readOnly:b portals:*s chapAuthDiscovery:b 10=secretRef?:535 chapAuthSession:b initiatorName?:s", // k8s.io/api/core/v1.ISCSIPersistentVolumeSource
  "targetPortal!:s iqn!:s lun!:i iscsiInterface:s fsType:s readOnly:b portals:*s chapAuthDiscovery:b 10=secretRef?:427 chapAuthSession:b initiatorName?:s", // k8s.io/api/core/v1.ISCSIVolumeSource
  "reference:s pullPolicy:s", // k8s.io/api/core/v1.ImageVolumeSource
  "imageRef:s", // k8s.io/api/core/v1.ImageVolumeStatus
  "key!:s path!:s mode?:i", // k8s.io/api/core/v1.KeyToPath
  "postStart?:418 preStop?:418 stopSignal?:s", // k8s.io/api/core/v1.Lifecycle
  "exec?:396 httpGet?:407 tcpSocket?:553 sleep?:549", // k8s.io/api/core/v1.LifecycleHandler
  "^|metadata:1146 spec:422", // k8s.io/api/core/v1.LimitRange
  "type!:s max:%q min:%q default:%q defaultRequest:%q maxLimitRequestRatio:%q", // k8s.io/api/core/v1.LimitRangeItem
  "^|metadata:1143 items[:*419", // k8s.io/api/core/v1.LimitRangeList
  "limits!:*420", // k8s.io/api/core/v1.LimitRangeSpec
  "uid!:l gid!:l supplementalGroups:*l", // k8s.io/api/core/v1.LinuxContainerUser
  "^|metadata:1143 items[:*R", // k8s.io/api/core/v1.List
  "ip:s hostname:s ipMode?:s ports:*500", // k8s.io/api/core/v1.LoadBalancerIngress
  "ingress:*425", // k8s.io/api/core/v1.LoadBalancerStatus
  "name:s", // k8s.io/api/core/v1.LocalObjectReference
  "path!:s fsType?:s", // k8s.io/api/core/v1.LocalVolumeSource
  "targetVolumeAttributesClassName:s status!:s", // k8s.io/api/core/v1.ModifyVolumeStatus
  "server!:s path!:s readOnly:b", // k8s.io/api/core/v1.NFSVolumeSource
  "^|metadata:1146 spec:434 status:435", // k8s.io/api/core/v1.Namespace
  "type!:s status!:s 4=lastTransitionTime:T reason:s message:s", // k8s.io/api/core/v1.NamespaceCondition
  "^|metadata:1143 items[:*431", // k8s.io/api/core/v1.NamespaceList
  "finalizers:*s", // k8s.io/api/core/v1.NamespaceSpec
  "phase:s conditions:*432", // k8s.io/api/core/v1.NamespaceStatus
  "^|metadata:1146 spec:452 status:453", // k8s.io/api/core/v1.Node
  "type!:s address!:s", // k8s.io/api/core/v1.NodeAddress
  "requiredDuringSchedulingIgnoredDuringExecution?:449 preferredDuringSchedulingIgnoredDuringExecution:*502", // k8s.io/api/core/v1.NodeAffinity
  "resourceClaimName!:s containers:*s resources!:%q", // k8s.io/api/core/v1.NodeAllocatableResourceClaimStatus
  "type!:s status!:s lastHeartbeatTime:T lastTransitionTime:T reason:s message:s", // k8s.io/api/core/v1.NodeCondition
  "2=configMap?:360", // k8s.io/api/core/v1.NodeConfigSource
  "assigned?:441 active?:441 lastKnownGood?:441 error:s", // k8s.io/api/core/v1.NodeConfigStatus
  "kubeletEndpoint:376", // k8s.io/api/core/v1.NodeDaemonEndpoints
  "supplementalGroupsPolicy?:b", // k8s.io/api/core/v1.NodeFeatures
  "^|metadata:1143 items[:*436", // k8s.io/api/core/v1.NodeList
  "^|path:s", // k8s.io/api/core/v1.NodeProxyOptions
  "name!:s features?:448", // k8s.io/api/core/v1.NodeRuntimeHandler
  "recursiveReadOnlyMounts?:b userNamespaces?:b", // k8s.io/api/core/v1.NodeRuntimeHandlerFeatures
  "nodeSelectorTerms!:*451", // k8s.io/api/core/v1.NodeSelector
  "key!:s operator!:s values:*s", // k8s.io/api/core/v1.NodeSelectorRequirement
  "matchExpressions:*450 matchFields:*450", // k8s.io/api/core/v1.NodeSelectorTerm
  "podCIDR:s externalID:s providerID:s unschedulable:b taints:*554 configSource?:441 podCIDRs:*s", // k8s.io/api/core/v1.NodeSpec
  "capacity:%q allocatable:%q phase:s conditions:*440 addresses:*437 daemonEndpoints:443 nodeInfo:455 images:*365 volumesInUse:*s volumesAttached:*339 config?:442 runtimeHandlers:*447 features?:444 declaredFeatures:*s", // k8s.io/api/core/v1.NodeStatus
  "capacity?:l", // k8s.io/api/core/v1.NodeSwapStatus
  "machineID!:s systemUUID!:s bootID!:s kernelVersion!:s osImage!:s containerRuntimeVersion!:s kubeletVersion!:s kubeProxyVersion!:s operatingSystem!:s architecture!:s swap?:454", // k8s.io/api/core/v1.NodeSystemInfo
  "apiVersion:s fieldPath!:s", // k8s.io/api/core/v1.ObjectFieldSelector
  "kind:s namespace:s name:s uid:s apiVersion:s resourceVersion:s fieldPath:s", // k8s.io/api/core/v1.ObjectReference
  "^|metadata:1146 spec:468 status:469", // k8s.io/api/core/v1.PersistentVolume
  "^|metadata:1146 spec:462 status:463", // k8s.io/api/core/v1.PersistentVolumeClaim
  "type!:s status!:s lastProbeTime:T lastTransitionTime:T reason:s message:s", // k8s.io/api/core/v1.PersistentVolumeClaimCondition
  "^|metadata:1143 items[:*459", // k8s.io/api/core/v1.PersistentVolumeClaimList
  "accessModes:*s resources:567 volumeName:s selector?:1141 storageClassName?:s volumeMode?:s dataSource?:559 dataSourceRef?:560 volumeAttributesClassName?:s", // k8s.io/api/core/v1.PersistentVolumeClaimSpec
  "phase:s accessModes:*s capacity:%q conditions:*460 allocatedResources:%q 7=allocatedResourceStatuses:%s currentVolumeAttributesClassName?:s modifyVolumeStatus?:429", // k8s.io/api/core/v1.PersistentVolumeClaimStatus
  "metadata:1146 spec!:462", // k8s.io/api/core/v1.PersistentVolumeClaimTemplate
  "claimName!:s readOnly:b", // k8s.io/api/core/v1.PersistentVolumeClaimVolumeSource
  "^|metadata:1143 items[:*458", // k8s.io/api/core/v1.PersistentVolumeList
  "gcePersistentDisk?:402 awsElasticBlockStore?:336 hostPath?:411 glusterfs?:405 nfs?:430 rbd?:507 iscsi?:412 cinder?:349 cephfs?:347 fc?:397 flocker?:401 flexVolume?:399 azureFile?:341 vsphereVolume?:570 quobyte?:506 azureDisk?:340 photonPersistentDisk?:470 portworxVolume?:501 scaleIO?:525 local?:428 storageos?:550 csi?:344", // k8s.io/api/core/v1.PersistentVolumeSource
  "capacity:%q +:467 accessModes:*s claimRef?:457 persistentVolumeReclaimPolicy:s storageClassName:s mountOptions:*s volumeMode?:s nodeAffinity?:565 volumeAttributesClassName?:s", // k8s.io/api/core/v1.PersistentVolumeSpec
  "phase:s message:s reason:s lastPhaseTransitionTime?:T", // k8s.io/api/core/v1.PersistentVolumeStatus
  "pdID!:s fsType:s", // k8s.io/api/core/v1.PhotonPersistentDiskVolumeSource
  "^|metadata:1146 spec:494 status:495", // k8s.io/api/core/v1.Pod
  "requiredDuringSchedulingIgnoredDuringExecution:*473 preferredDuringSchedulingIgnoredDuringExecution:*571", // k8s.io/api/core/v1.PodAffinity
  "labelSelector?:1141 namespaces:*s topologyKey!:s namespaceSelector?:1141 matchLabelKeys:*s mismatchLabelKeys:*s", // k8s.io/api/core/v1.PodAffinityTerm
  "requiredDuringSchedulingIgnoredDuringExecution:*473 preferredDuringSchedulingIgnoredDuringExecution:*571", // k8s.io/api/core/v1.PodAntiAffinity
  "^|stdin:b stdout:b stderr:b tty:b container:s", // k8s.io/api/core/v1.PodAttachOptions
  "signerName:s keyType:s maxExpirationSeconds?:i credentialBundlePath:s keyPath:s certificateChainPath:s userAnnotations:%s", // k8s.io/api/core/v1.PodCertificateProjection
  "type!:s status!:s lastProbeTime:T lastTransitionTime:T reason:s message:s observedGeneration:l", // k8s.io/api/core/v1.PodCondition
  "nameservers:*s searches:*s options:*479", // k8s.io/api/core/v1.PodDNSConfig
  "name:s value?:s", // k8s.io/api/core/v1.PodDNSConfigOption
  "^|stdin:b stdout:b stderr:b tty:b container:s command!:*s", // k8s.io/api/core/v1.PodExecOptions
  "requestMappings!:*364 resourceClaimName!:s", // k8s.io/api/core/v1.PodExtendedResourceClaimStatus
  "ip!:s", // k8s.io/api/core/v1.PodIP
  "^|metadata:1143 items[:*471", // k8s.io/api/core/v1.PodList
  "^|container:s follow:b previous:b sinceSeconds?:l sinceTime?:T timestamps:b tailLines?:l limitBytes?:l insecureSkipTLSVerifyBackend:b stream?:s", // k8s.io/api/core/v1.PodLogOptions
  "name!:s", // k8s.io/api/core/v1.PodOS
  "^|ports:*i", // k8s.io/api/core/v1.PodPortForwardOptions
  "^|path:s", // k8s.io/api/core/v1.PodProxyOptions
  "conditionType!:s", // k8s.io/api/core/v1.PodReadinessGate
  "name!:s 3=resourceClaimName?:s resourceClaimTemplateName?:s", // k8s.io/api/core/v1.PodResourceClaim
  "name!:s resourceClaimName?:s", // k8s.io/api/core/v1.PodResourceClaimStatus
  "name!:s", // k8s.io/api/core/v1.PodSchedulingGate
  "podGroupName?:s", // k8s.io/api/core/v1.PodSchedulingGroup
  "seLinuxOptions?:524 runAsUser?:l runAsNonRoot?:b supplementalGroups:*l fsGroup?:l runAsGroup?:l sysctls:*552 windowsOptions?:572 fsGroupChangePolicy?:s seccompProfile?:529 appArmorProfile?:338 supplementalGroupsPolicy?:s seLinuxChangePolicy?:s", // k8s.io/api/core/v1.PodSecurityContext
  "volumes:*561 containers!:*363 restartPolicy:s terminationGracePeriodSeconds?:l activeDeadlineSeconds?:l dnsPolicy:s nodeSelector:%s serviceAccountName:s serviceAccount:s nodeName:s hostNetwork:b hostPID:b hostIPC:b securityContext?:493 imagePullSecrets:*427 hostname:s subdomain:s affinity?:337 schedulerName:s initContainers:*363 automountServiceAccountToken?:b tolerations:*555 hostAliases:*409 priorityClassName:s priority?:i dnsConfig?:478 shareProcessNamespace?:b readinessGates:*488 runtimeClassName?:s enableServiceLinks?:b preemptionPolicy?:s overhead:%q topologySpreadConstraints:*558 ephemeralContainers:*389 setHostnameAsFQDN?:b os?:485 hostUsers?:b schedulingGates:*491 resourceClaims:*489 resources?:522 hostnameOverride?:s 43=schedulingGroup?:492", // k8s.io/api/core/v1.PodSpec
  "phase:s conditions:*477 message:s reason:s hostIP:s podIP:s startTime?:T containerStatuses:*374 qosClass:s initContainerStatuses:*374 nominatedNodeName:s podIPs:*482 ephemeralContainerStatuses:*374 resize:s resourceClaimStatuses:*490 hostIPs:*410 observedGeneration:l extendedResourceClaimStatus?:481 allocatedResources:%q resources?:522 nodeAllocatableResourceClaimStatuses:*439", // k8s.io/api/core/v1.PodStatus
  "^|metadata:1146 status:495", // k8s.io/api/core/v1.PodStatusResult
  "^|metadata:1146 template:499", // k8s.io/api/core/v1.PodTemplate
  "^|metadata:1143 items[:*497", // k8s.io/api/core/v1.PodTemplateList
  "metadata:1146 spec:494", // k8s.io/api/core/v1.PodTemplateSpec
  "port!:i protocol!:s error?:s", // k8s.io/api/core/v1.PortStatus
  "volumeID!:s fsType:s readOnly:b", // k8s.io/api/core/v1.PortworxVolumeSource
  "weight!:i preference!:451", // k8s.io/api/core/v1.PreferredSchedulingTerm
  "+:504 initialDelaySeconds:i timeoutSeconds:i periodSeconds:i successThreshold:i failureThreshold:i terminationGracePeriodSeconds?:l", // k8s.io/api/core/v1.Probe
  "exec?:396 httpGet?:407 tcpSocket?:553 grpc?:403", // k8s.io/api/core/v1.ProbeHandler
  "sources!:*566 defaultMode?:i", // k8s.io/api/core/v1.ProjectedVolumeSource
  "registry!:s volume!:s readOnly:b user:s group:s tenant:s", // k8s.io/api/core/v1.QuobyteVolumeSource
  "monitors!:*s image!:s fsType:s pool:s user:s keyring:s secretRef?:535 readOnly:b", // k8s.io/api/core/v1.RBDPersistentVolumeSource
  "monitors!:*s image!:s fsType:s pool:s user:s keyring:s secretRef?:427 readOnly:b", // k8s.io/api/core/v1.RBDVolumeSource
  "^|metadata:1146 range!:s data!:y", // k8s.io/api/core/v1.RangeAllocation
  "^|metadata:1146 spec:513 status:514", // k8s.io/api/core/v1.ReplicationController
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/api/core/v1.ReplicationControllerCondition
  "^|metadata:1143 items[:*510", // k8s.io/api/core/v1.ReplicationControllerList
  "replicas?:i selector:%s template?:499 minReadySeconds:i", // k8s.io/api/core/v1.ReplicationControllerSpec
  "replicas!:i fullyLabeledReplicas:i observedGeneration:l readyReplicas:i availableReplicas:i conditions:*511", // k8s.io/api/core/v1.ReplicationControllerStatus
  "name!:s request:s", // k8s.io/api/core/v1.ResourceClaim
  "containerName:s resource!:s divisor:q", // k8s.io/api/core/v1.ResourceFieldSelector
  "resourceID!:s health:s 6=message?:s", // k8s.io/api/core/v1.ResourceHealth
  "^|metadata:1146 spec:520 status:521", // k8s.io/api/core/v1.ResourceQuota
  "^|metadata:1143 items[:*518", // k8s.io/api/core/v1.ResourceQuotaList
  "hard:%q scopes:*s scopeSelector?:527", // k8s.io/api/core/v1.ResourceQuotaSpec
  "hard:%q used:%q", // k8s.io/api/core/v1.ResourceQuotaStatus
  "limits:%q requests:%q claims:*515", // k8s.io/api/core/v1.ResourceRequirements
  "name!:s resources:*517", // k8s.io/api/core/v1.ResourceStatus
  "user:s role:s type:s level:s", // k8s.io/api/core/v1.SELinuxOptions
  "gateway!:s system!:s secretRef?!:535 sslEnabled:b protectionDomain:s storagePool:s storageMode:s volumeName:s fsType:s readOnly:b", // k8s.io/api/core/v1.ScaleIOPersistentVolumeSource
  "gateway!:s system!:s secretRef?!:427 sslEnabled:b protectionDomain:s storagePool:s storageMode:s volumeName:s fsType:s readOnly:b", // k8s.io/api/core/v1.ScaleIOVolumeSource
  "matchExpressions:*528", // k8s.io/api/core/v1.ScopeSelector
  "scopeName!:s operator!:s values:*s", // k8s.io/api/core/v1.ScopedResourceSelectorRequirement
  "type!:s localhostProfile?:s", // k8s.io/api/core/v1.SeccompProfile
  "^|metadata:1146 data:%y type:s stringData:%s immutable?:b", // k8s.io/api/core/v1.Secret
  "+:427 optional?:b", // k8s.io/api/core/v1.SecretEnvSource
  "+:427 key!:s optional?:b", // k8s.io/api/core/v1.SecretKeySelector
  "^|metadata:1143 items[:*530", // k8s.io/api/core/v1.SecretList
  "+:427 items:*416 4=optional?:b", // k8s.io/api/core/v1.SecretProjection
  "name:s namespace:s", // k8s.io/api/core/v1.SecretReference
  "secretName:s items:*416 defaultMode?:i optional?:b", // k8s.io/api/core/v1.SecretVolumeSource
  "capabilities?:346 privileged?:b seLinuxOptions?:524 runAsUser?:l runAsNonRoot?:b readOnlyRootFilesystem?:b allowPrivilegeEscalation?:b runAsGroup?:l procMount?:s windowsOptions?:572 seccompProfile?:529 appArmorProfile?:338", // k8s.io/api/core/v1.SecurityContext
  "^|reference:457", // k8s.io/api/core/v1.SerializedReference
  "^|metadata:1146 spec:546 status:547", // k8s.io/api/core/v1.Service
  "^|metadata:1146 secrets:*457 imagePullSecrets:*427 automountServiceAccountToken?:b", // k8s.io/api/core/v1.ServiceAccount
  "^|metadata:1143 items[:*540", // k8s.io/api/core/v1.ServiceAccountList
  "audience:s expirationSeconds?:l path!:s", // k8s.io/api/core/v1.ServiceAccountTokenProjection
  "^|metadata:1143 items[:*539", // k8s.io/api/core/v1.ServiceList
  "name:s protocol:s port!:i targetPort:o nodePort:i appProtocol?:s", // k8s.io/api/core/v1.ServicePort
  "^|path:s", // k8s.io/api/core/v1.ServiceProxyOptions
  "ports:*544 selector:%s clusterIP:s type:s externalIPs:*s 7=sessionAffinity:s loadBalancerIP:s loadBalancerSourceRanges:*s externalName:s externalTrafficPolicy:s healthCheckNodePort:i publishNotReadyAddresses:b sessionAffinityConfig?:548 17=ipFamilyPolicy?:s clusterIPs:*s ipFamilies:*s allocateLoadBalancerNodePorts?:b loadBalancerClass?:s internalTrafficPolicy?:s trafficDistribution?:s", // k8s.io/api/core/v1.ServiceSpec
  "loadBalancer:426 conditions:*1133", // k8s.io/api/core/v1.ServiceStatus
  "clientIP?:351", // k8s.io/api/core/v1.SessionAffinityConfig
  "seconds!:l", // k8s.io/api/core/v1.SleepAction
  "volumeName:s volumeNamespace:s fsType:s readOnly:b secretRef?:457", // k8s.io/api/core/v1.StorageOSPersistentVolumeSource
  "volumeName:s volumeNamespace:s fsType:s readOnly:b secretRef?:427", // k8s.io/api/core/v1.StorageOSVolumeSource
  "name!:s value!:s", // k8s.io/api/core/v1.Sysctl
  "port!:o host:s", // k8s.io/api/core/v1.TCPSocketAction
  "key!:s value:s effect!:s timeAdded?:T", // k8s.io/api/core/v1.Taint
  "key:s operator:s value:s effect:s tolerationSeconds?:l", // k8s.io/api/core/v1.Toleration
  "key!:s values!:*s", // k8s.io/api/core/v1.TopologySelectorLabelRequirement
  "matchLabelExpressions:*556", // k8s.io/api/core/v1.TopologySelectorTerm
  "maxSkew!:i topologyKey!:s whenUnsatisfiable!:s labelSelector?:1141 minDomains?:i nodeAffinityPolicy?:s nodeTaintsPolicy?:s matchLabelKeys:*s", // k8s.io/api/core/v1.TopologySpreadConstraint
  "apiGroup?!:s kind!:s name!:s", // k8s.io/api/core/v1.TypedLocalObjectReference
  "apiGroup?!:s kind!:s name!:s namespace?:s", // k8s.io/api/core/v1.TypedObjectReference
  "name!:s +:568", // k8s.io/api/core/v1.Volume
  "name!:s devicePath!:s", // k8s.io/api/core/v1.VolumeDevice
  "name!:s readOnly:b mountPath!:s subPath:s mountPropagation?:s subPathExpr:s recursiveReadOnly?:s", // k8s.io/api/core/v1.VolumeMount
  "name!:s mountPath!:s readOnly:b recursiveReadOnly?:s volumeStatus?:569", // k8s.io/api/core/v1.VolumeMountStatus
  "required?:449", // k8s.io/api/core/v1.VolumeNodeAffinity
  "secret?:534 downwardAPI?:377 configMap?:361 serviceAccountToken?:542 clusterTrustBundle?:352 podCertificate?:476", // k8s.io/api/core/v1.VolumeProjection
  "limits:%q requests:%q", // k8s.io/api/core/v1.VolumeResourceRequirements
  "hostPath?:411 emptyDir?:380 gcePersistentDisk?:402 awsElasticBlockStore?:336 gitRepo?:404 secret?:536 nfs?:430 iscsi?:413 glusterfs?:406 persistentVolumeClaim?:465 rbd?:508 flexVolume?:400 cinder?:350 cephfs?:348 flocker?:401 downwardAPI?:379 fc?:397 azureFile?:342 configMap?:362 vsphereVolume?:570 quobyte?:506 azureDisk?:340 photonPersistentDisk?:470 portworxVolume?:501 scaleIO?:526 projected?:505 storageos?:551 csi?:345 ephemeral?:391 image?:414", // k8s.io/api/core/v1.VolumeSource
  "image?:415", // k8s.io/api/core/v1.VolumeStatus
  "volumePath!:s fsType:s storagePolicyName:s storagePolicyID:s", // k8s.io/api/core/v1.VsphereVirtualDiskVolumeSource
  "weight!:i podAffinityTerm!:473", // k8s.io/api/core/v1.WeightedPodAffinityTerm
  "gmsaCredentialSpecName?:s gmsaCredentialSpec?:s runAsUserName?:s hostProcess?:b", // k8s.io/api/core/v1.WindowsSecurityContextOptions
  "addresses!:*s conditions:574 hostname?:s targetRef?:457 deprecatedTopology:%s nodeName?:s zone?:s hints?:575", // k8s.io/api/discovery/v1.Endpoint
  "ready?:b serving?:b terminating?:b", // k8s.io/api/discovery/v1.EndpointConditions
  "forZones:*580 forNodes:*579", // k8s.io/api/discovery/v1.EndpointHints
  "name?:s protocol?:s port?:i appProtocol?:s", // k8s.io/api/discovery/v1.EndpointPort
  "^|metadata:1146 endpoints!:*573 ports!:*576 addressType!:s", // k8s.io/api/discovery/v1.EndpointSlice
  "^|metadata:1143 items[:*577", // k8s.io/api/discovery/v1.EndpointSliceList
  "name!:s", // k8s.io/api/discovery/v1.ForNode
  "name!:s", // k8s.io/api/discovery/v1.ForZone
  "addresses!:*s conditions:582 hostname?:s targetRef?:457 topology:%s nodeName?:s hints?:583", // k8s.io/api/discovery/v1beta1.Endpoint
  "ready?:b serving?:b terminating?:b", // k8s.io/api/discovery/v1beta1.EndpointConditions
  "forZones:*588 forNodes:*587", // k8s.io/api/discovery/v1beta1.EndpointHints
  "name?:s protocol?:s port?:i appProtocol?:s", // k8s.io/api/discovery/v1beta1.EndpointPort
  "^|metadata:1146 endpoints!:*581 ports!:*584 addressType!:s", // k8s.io/api/discovery/v1beta1.EndpointSlice
  "^|metadata:1143 items[:*585", // k8s.io/api/discovery/v1beta1.EndpointSliceList
  "name!:s", // k8s.io/api/discovery/v1beta1.ForNode
  "name!:s", // k8s.io/api/discovery/v1beta1.ForZone
  "^|metadata!:1146 eventTime!:M series?:591 reportingController:s reportingInstance:s action:s reason:s regarding:457 related?:457 note:s type:s deprecatedSource:395 deprecatedFirstTimestamp:T deprecatedLastTimestamp:T deprecatedCount:i", // k8s.io/api/events/v1.Event
  "^|metadata:1143 items[:*589", // k8s.io/api/events/v1.EventList
  "count!:i lastObservedTime!:M", // k8s.io/api/events/v1.EventSeries
  "^|metadata!:1146 eventTime!:M series?:594 reportingController:s reportingInstance:s action:s reason:s regarding:457 related?:457 note:s type:s deprecatedSource:395 deprecatedFirstTimestamp:T deprecatedLastTimestamp:T deprecatedCount:i", // k8s.io/api/events/v1beta1.Event
  "^|metadata:1143 items[:*592", // k8s.io/api/events/v1beta1.EventList
  "count!:i lastObservedTime!:M", // k8s.io/api/events/v1beta1.EventSeries
  "^|metadata:1146 spec:598 status:599", // k8s.io/api/extensions/v1beta1.DaemonSet
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/api/extensions/v1beta1.DaemonSetCondition
  "^|metadata:1143 items[:*595", // k8s.io/api/extensions/v1beta1.DaemonSetList
  "selector?:1141 template!:499 updateStrategy:600 minReadySeconds:i templateGeneration:l revisionHistoryLimit?:i", // k8s.io/api/extensions/v1beta1.DaemonSetSpec
  "currentNumberScheduled!:i numberMisscheduled!:i desiredNumberScheduled!:i numberReady!:i observedGeneration:l updatedNumberScheduled:i numberAvailable:i numberUnavailable:i collisionCount?:i conditions:*596", // k8s.io/api/extensions/v1beta1.DaemonSetStatus
  "type:s rollingUpdate?:635", // k8s.io/api/extensions/v1beta1.DaemonSetUpdateStrategy
  "^|metadata:1146 spec:605 status:606", // k8s.io/api/extensions/v1beta1.Deployment
  "type!:s status!:s 4=reason:s message:s lastUpdateTime:T lastTransitionTime:T", // k8s.io/api/extensions/v1beta1.DeploymentCondition
  "^|metadata:1143 items[:*601", // k8s.io/api/extensions/v1beta1.DeploymentList
  "^|name!:s updatedAnnotations:%s rollbackTo!:634", // k8s.io/api/extensions/v1beta1.DeploymentRollback
  "replicas?:i selector?:1141 template!:499 strategy:607 minReadySeconds:i revisionHistoryLimit?:i paused:b rollbackTo?:634 progressDeadlineSeconds?:i", // k8s.io/api/extensions/v1beta1.DeploymentSpec
  "observedGeneration:l replicas:i updatedReplicas:i availableReplicas:i unavailableReplicas:i conditions:*602 readyReplicas:i collisionCount?:i terminatingReplicas?:i", // k8s.io/api/extensions/v1beta1.DeploymentStatus
  "type:s rollingUpdate?:636", // k8s.io/api/extensions/v1beta1.DeploymentStrategy
  "path:s backend!:612 pathType?:s", // k8s.io/api/extensions/v1beta1.HTTPIngressPath
  "paths!:*608", // k8s.io/api/extensions/v1beta1.HTTPIngressRuleValue
  "cidr!:s except:*s", // k8s.io/api/extensions/v1beta1.IPBlock
  "^|metadata:1146 spec:619 status:620", // k8s.io/api/extensions/v1beta1.Ingress
  "serviceName:s servicePort:o resource?:559", // k8s.io/api/extensions/v1beta1.IngressBackend
  "^|metadata:1143 items[:*611", // k8s.io/api/extensions/v1beta1.IngressList
  "ip:s hostname:s 4=ports:*616", // k8s.io/api/extensions/v1beta1.IngressLoadBalancerIngress
  "ingress:*614", // k8s.io/api/extensions/v1beta1.IngressLoadBalancerStatus
  "port!:i protocol!:s error?:s", // k8s.io/api/extensions/v1beta1.IngressPortStatus
  "host:s +:618", // k8s.io/api/extensions/v1beta1.IngressRule
  "http?:609", // k8s.io/api/extensions/v1beta1.IngressRuleValue
  "backend?:612 tls:*621 rules:*617 ingressClassName?:s", // k8s.io/api/extensions/v1beta1.IngressSpec
  "loadBalancer:615", // k8s.io/api/extensions/v1beta1.IngressStatus
  "hosts:*s secretName:s", // k8s.io/api/extensions/v1beta1.IngressTLS
  "^|metadata:1146 spec:628", // k8s.io/api/extensions/v1beta1.NetworkPolicy
  "ports:*627 to:*626", // k8s.io/api/extensions/v1beta1.NetworkPolicyEgressRule
  "ports:*627 from:*626", // k8s.io/api/extensions/v1beta1.NetworkPolicyIngressRule
  "^|metadata:1143 items[:*622", // k8s.io/api/extensions/v1beta1.NetworkPolicyList
  "podSelector?:1141 namespaceSelector?:1141 ipBlock?:610", // k8s.io/api/extensions/v1beta1.NetworkPolicyPeer
  "protocol?:s port?:o endPort?:i", // k8s.io/api/extensions/v1beta1.NetworkPolicyPort
  "podSelector!:1141 ingress:*624 egress:*623 policyTypes:*s", // k8s.io/api/extensions/v1beta1.NetworkPolicySpec
  "^|metadata:1146 spec:632 status:633", // k8s.io/api/extensions/v1beta1.ReplicaSet
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/api/extensions/v1beta1.ReplicaSetCondition
  "^|metadata:1143 items[:*629", // k8s.io/api/extensions/v1beta1.ReplicaSetList
  "replicas?:i selector?:1141 template:499 minReadySeconds:i", // k8s.io/api/extensions/v1beta1.ReplicaSetSpec
  "replicas!:i fullyLabeledReplicas:i observedGeneration:l readyReplicas:i availableReplicas:i conditions:*630 terminatingReplicas?:i", // k8s.io/api/extensions/v1beta1.ReplicaSetStatus
  "revision:l", // k8s.io/api/extensions/v1beta1.RollbackConfig
  "maxUnavailable?:o maxSurge?:o", // k8s.io/api/extensions/v1beta1.RollingUpdateDaemonSet
  "maxUnavailable?:o maxSurge?:o", // k8s.io/api/extensions/v1beta1.RollingUpdateDeployment
  "^|metadata:1146 spec:638 status:639", // k8s.io/api/extensions/v1beta1.Scale
  "replicas:i", // k8s.io/api/extensions/v1beta1.ScaleSpec
  "replicas!:i selector:%s targetSelector:s", // k8s.io/api/extensions/v1beta1.ScaleStatus
  "nominalConcurrencyShares?:i lendablePercent?:i", // k8s.io/api/flowcontrol/v1.ExemptPriorityLevelConfiguration
  "type!:s", // k8s.io/api/flowcontrol/v1.FlowDistinguisherMethod
  "^|metadata:1146 spec:645 status:646", // k8s.io/api/flowcontrol/v1.FlowSchema
  "type:s status:s lastTransitionTime:T reason:s message:s", // k8s.io/api/flowcontrol/v1.FlowSchemaCondition
  "^|metadata:1143 items[:*642", // k8s.io/api/flowcontrol/v1.FlowSchemaList
  "priorityLevelConfiguration!:655 matchingPrecedence!:i distinguisherMethod?:641 rules:*651", // k8s.io/api/flowcontrol/v1.FlowSchemaSpec
  "conditions:*643", // k8s.io/api/flowcontrol/v1.FlowSchemaStatus
  "name!:s", // k8s.io/api/flowcontrol/v1.GroupSubject
  "type!:s queuing?:658", // k8s.io/api/flowcontrol/v1.LimitResponse
  "nominalConcurrencyShares?!:i limitResponse:648 lendablePercent?:i borrowingLimitPercent?:i", // k8s.io/api/flowcontrol/v1.LimitedPriorityLevelConfiguration
  "verbs!:*s 6=nonResourceURLs!:*s", // k8s.io/api/flowcontrol/v1.NonResourcePolicyRule
  "subjects!:*661 resourceRules:*659 nonResourceRules:*650", // k8s.io/api/flowcontrol/v1.PolicyRulesWithSubjects
  "^|metadata:1146 spec:656 status:657", // k8s.io/api/flowcontrol/v1.PriorityLevelConfiguration
  "type:s status:s lastTransitionTime:T reason:s message:s", // k8s.io/api/flowcontrol/v1.PriorityLevelConfigurationCondition
  "^|metadata:1143 items[:*652", // k8s.io/api/flowcontrol/v1.PriorityLevelConfigurationList
  "name!:s", // k8s.io/api/flowcontrol/v1.PriorityLevelConfigurationReference
  "type!:s limited?:649 exempt?:640", // k8s.io/api/flowcontrol/v1.PriorityLevelConfigurationSpec
  "conditions:*653", // k8s.io/api/flowcontrol/v1.PriorityLevelConfigurationStatus
  "queues!:i handSize!:i queueLengthLimit!:i", // k8s.io/api/flowcontrol/v1.QueuingConfiguration
  "verbs!:*s apiGroups!:*s resources!:*s clusterScope:b namespaces!:*s", // k8s.io/api/flowcontrol/v1.ResourcePolicyRule
  "namespace!:s name!:s", // k8s.io/api/flowcontrol/v1.ServiceAccountSubject
  "kind!:s user?:662 group?:647 serviceAccount?:660", // k8s.io/api/flowcontrol/v1.Subject
  "name!:s", // k8s.io/api/flowcontrol/v1.UserSubject
  "nominalConcurrencyShares?:i lendablePercent?:i", // k8s.io/api/flowcontrol/v1beta1.ExemptPriorityLevelConfiguration
  "type!:s", // k8s.io/api/flowcontrol/v1beta1.FlowDistinguisherMethod
  "^|metadata:1146 spec:668 status:669", // k8s.io/api/flowcontrol/v1beta1.FlowSchema
  "type:s status:s lastTransitionTime:T reason:s message:s", // k8s.io/api/flowcontrol/v1beta1.FlowSchemaCondition
  "^|metadata:1143 items[:*665", // k8s.io/api/flowcontrol/v1beta1.FlowSchemaList
  "priorityLevelConfiguration!:678 matchingPrecedence!:i distinguisherMethod?:664 rules:*674", // k8s.io/api/flowcontrol/v1beta1.FlowSchemaSpec
  "conditions:*666", // k8s.io/api/flowcontrol/v1beta1.FlowSchemaStatus
  "name!:s", // k8s.io/api/flowcontrol/v1beta1.GroupSubject
  "type!:s queuing?:681", // k8s.io/api/flowcontrol/v1beta1.LimitResponse
  "assuredConcurrencyShares!:i limitResponse:671 lendablePercent?:i borrowingLimitPercent?:i", // k8s.io/api/flowcontrol/v1beta1.LimitedPriorityLevelConfiguration
  "verbs!:*s 6=nonResourceURLs!:*s", // k8s.io/api/flowcontrol/v1beta1.NonResourcePolicyRule
  "subjects!:*684 resourceRules:*682 nonResourceRules:*673", // k8s.io/api/flowcontrol/v1beta1.PolicyRulesWithSubjects
  "^|metadata:1146 spec:679 status:680", // k8s.io/api/flowcontrol/v1beta1.PriorityLevelConfiguration
  "type:s status:s lastTransitionTime:T reason:s message:s", // k8s.io/api/flowcontrol/v1beta1.PriorityLevelConfigurationCondition
  "^|metadata:1143 items[:*675", // k8s.io/api/flowcontrol/v1beta1.PriorityLevelConfigurationList
  "name!:s", // k8s.io/api/flowcontrol/v1beta1.PriorityLevelConfigurationReference
  "type!:s limited?:672 exempt?:663", // k8s.io/api/flowcontrol/v1beta1.PriorityLevelConfigurationSpec
  "conditions:*676", // k8s.io/api/flowcontrol/v1beta1.PriorityLevelConfigurationStatus
  "queues!:i handSize!:i queueLengthLimit!:i", // k8s.io/api/flowcontrol/v1beta1.QueuingConfiguration
  "verbs!:*s apiGroups!:*s resources!:*s clusterScope:b namespaces!:*s", // k8s.io/api/flowcontrol/v1beta1.ResourcePolicyRule
  "namespace!:s name!:s", // k8s.io/api/flowcontrol/v1beta1.ServiceAccountSubject
  "kind!:s user?:685 group?:670 serviceAccount?:683", // k8s.io/api/flowcontrol/v1beta1.Subject
  "name!:s", // k8s.io/api/flowcontrol/v1beta1.UserSubject
  "nominalConcurrencyShares?:i lendablePercent?:i", // k8s.io/api/flowcontrol/v1beta2.ExemptPriorityLevelConfiguration
  "type!:s", // k8s.io/api/flowcontrol/v1beta2.FlowDistinguisherMethod
  "^|metadata:1146 spec:691 status:692", // k8s.io/api/flowcontrol/v1beta2.FlowSchema
  "type:s status:s lastTransitionTime:T reason:s message:s", // k8s.io/api/flowcontrol/v1beta2.FlowSchemaCondition
  "^|metadata:1143 items[:*688", // k8s.io/api/flowcontrol/v1beta2.FlowSchemaList
  "priorityLevelConfiguration!:701 matchingPrecedence!:i distinguisherMethod?:687 rules:*697", // k8s.io/api/flowcontrol/v1beta2.FlowSchemaSpec
  "conditions:*689", // k8s.io/api/flowcontrol/v1beta2.FlowSchemaStatus
  "name!:s", // k8s.io/api/flowcontrol/v1beta2.GroupSubject
  "type!:s queuing?:704", // k8s.io/api/flowcontrol/v1beta2.LimitResponse
  "assuredConcurrencyShares!:i limitResponse:694 lendablePercent?:i borrowingLimitPercent?:i", // k8s.io/api/flowcontrol/v1beta2.LimitedPriorityLevelConfiguration
  "verbs!:*s 6=nonResourceURLs!:*s", // k8s.io/api/flowcontrol/v1beta2.NonResourcePolicyRule
  "subjects!:*707 resourceRules:*705 nonResourceRules:*696", // k8s.io/api/flowcontrol/v1beta2.PolicyRulesWithSubjects
  "^|metadata:1146 spec:702 status:703", // k8s.io/api/flowcontrol/v1beta2.PriorityLevelConfiguration
  "type:s status:s lastTransitionTime:T reason:s message:s", // k8s.io/api/flowcontrol/v1beta2.PriorityLevelConfigurationCondition
  "^|metadata:1143 items[:*698", // k8s.io/api/flowcontrol/v1beta2.PriorityLevelConfigurationList
  "name!:s", // k8s.io/api/flowcontrol/v1beta2.PriorityLevelConfigurationReference
  "type!:s limited?:695 exempt?:686", // k8s.io/api/flowcontrol/v1beta2.PriorityLevelConfigurationSpec
  "conditions:*699", // k8s.io/api/flowcontrol/v1beta2.PriorityLevelConfigurationStatus
  "queues!:i handSize!:i queueLengthLimit!:i", // k8s.io/api/flowcontrol/v1beta2.QueuingConfiguration
  "verbs!:*s apiGroups!:*s resources!:*s clusterScope:b namespaces!:*s", // k8s.io/api/flowcontrol/v1beta2.ResourcePolicyRule
  "namespace!:s name!:s", // k8s.io/api/flowcontrol/v1beta2.ServiceAccountSubject
  "kind!:s user?:708 group?:693 serviceAccount?:706", // k8s.io/api/flowcontrol/v1beta2.Subject
  "name!:s", // k8s.io/api/flowcontrol/v1beta2.UserSubject
  "nominalConcurrencyShares?:i lendablePercent?:i", // k8s.io/api/flowcontrol/v1beta3.ExemptPriorityLevelConfiguration
  "type!:s", // k8s.io/api/flowcontrol/v1beta3.FlowDistinguisherMethod
  "^|metadata:1146 spec:714 status:715", // k8s.io/api/flowcontrol/v1beta3.FlowSchema
  "type:s status:s lastTransitionTime:T reason:s message:s", // k8s.io/api/flowcontrol/v1beta3.FlowSchemaCondition
  "^|metadata:1143 items[:*711", // k8s.io/api/flowcontrol/v1beta3.FlowSchemaList
  "priorityLevelConfiguration!:724 matchingPrecedence!:i distinguisherMethod?:710 rules:*720", // k8s.io/api/flowcontrol/v1beta3.FlowSchemaSpec
  "conditions:*712", // k8s.io/api/flowcontrol/v1beta3.FlowSchemaStatus
  "name!:s", // k8s.io/api/flowcontrol/v1beta3.GroupSubject
  "type!:s queuing?:727", // k8s.io/api/flowcontrol/v1beta3.LimitResponse
  "nominalConcurrencyShares!:i limitResponse:717 lendablePercent?:i borrowingLimitPercent?:i", // k8s.io/api/flowcontrol/v1beta3.LimitedPriorityLevelConfiguration
  "verbs!:*s 6=nonResourceURLs!:*s", // k8s.io/api/flowcontrol/v1beta3.NonResourcePolicyRule
  "subjects!:*730 resourceRules:*728 nonResourceRules:*719", // k8s.io/api/flowcontrol/v1beta3.PolicyRulesWithSubjects
  "^|metadata:1146 spec:725 status:726", // k8s.io/api/flowcontrol/v1beta3.PriorityLevelConfiguration
  "type:s status:s lastTransitionTime:T reason:s message:s", // k8s.io/api/flowcontrol/v1beta3.PriorityLevelConfigurationCondition
  "^|metadata:1143 items[:*721", // k8s.io/api/flowcontrol/v1beta3.PriorityLevelConfigurationList
  "name!:s", // k8s.io/api/flowcontrol/v1beta3.PriorityLevelConfigurationReference
  "type!:s limited?:718 exempt?:709", // k8s.io/api/flowcontrol/v1beta3.PriorityLevelConfigurationSpec
  "conditions:*722", // k8s.io/api/flowcontrol/v1beta3.PriorityLevelConfigurationStatus
  "queues!:i handSize!:i queueLengthLimit!:i", // k8s.io/api/flowcontrol/v1beta3.QueuingConfiguration
  "verbs!:*s apiGroups!:*s resources!:*s clusterScope:b namespaces!:*s", // k8s.io/api/flowcontrol/v1beta3.ResourcePolicyRule
  "namespace!:s name!:s", // k8s.io/api/flowcontrol/v1beta3.ServiceAccountSubject
  "kind!:s user?:731 group?:716 serviceAccount?:729", // k8s.io/api/flowcontrol/v1beta3.Subject
  "name!:s", // k8s.io/api/flowcontrol/v1beta3.UserSubject
  "path:s backend!:739 pathType?!:s", // k8s.io/api/networking/v1.HTTPIngressPath
  "paths!:*732", // k8s.io/api/networking/v1.HTTPIngressRuleValue
  "^|metadata:1146 spec:736", // k8s.io/api/networking/v1.IPAddress
  "^|metadata:1143 items[:*734", // k8s.io/api/networking/v1.IPAddressList
  "parentRef?:761", // k8s.io/api/networking/v1.IPAddressSpec
  "cidr!:s except:*s", // k8s.io/api/networking/v1.IPBlock
  "^|metadata:1146 spec:751 status:752", // k8s.io/api/networking/v1.Ingress
  "3=resource?:559 service?:750", // k8s.io/api/networking/v1.IngressBackend
  "^|metadata:1146 spec:743", // k8s.io/api/networking/v1.IngressClass
  "^|metadata:1143 items[:*740", // k8s.io/api/networking/v1.IngressClassList
  "apiGroup?:s kind!:s name!:s scope?!:s namespace?:s", // k8s.io/api/networking/v1.IngressClassParametersReference
  "controller:s parameters?:742", // k8s.io/api/networking/v1.IngressClassSpec
  "^|metadata:1143 items[:*738", // k8s.io/api/networking/v1.IngressList
  "ip:s hostname:s 4=ports:*747", // k8s.io/api/networking/v1.IngressLoadBalancerIngress
  "ingress:*745", // k8s.io/api/networking/v1.IngressLoadBalancerStatus
  "port!:i protocol!:s error?:s", // k8s.io/api/networking/v1.IngressPortStatus
  "host:s +:749", // k8s.io/api/networking/v1.IngressRule
  "http?:733", // k8s.io/api/networking/v1.IngressRuleValue
  "name!:s port:762", // k8s.io/api/networking/v1.IngressServiceBackend
  "defaultBackend?:739 tls:*753 rules:*748 ingressClassName?:s", // k8s.io/api/networking/v1.IngressSpec
  "loadBalancer:746", // k8s.io/api/networking/v1.IngressStatus
  "hosts:*s secretName:s", // k8s.io/api/networking/v1.IngressTLS
  "^|metadata:1146 spec:760", // k8s.io/api/networking/v1.NetworkPolicy
  "ports:*759 to:*758", // k8s.io/api/networking/v1.NetworkPolicyEgressRule
  "ports:*759 from:*758", // k8s.io/api/networking/v1.NetworkPolicyIngressRule
  "^|metadata:1143 items[:*754", // k8s.io/api/networking/v1.NetworkPolicyList
  "podSelector?:1141 namespaceSelector?:1141 ipBlock?:737", // k8s.io/api/networking/v1.NetworkPolicyPeer
  "protocol?:s port?:o endPort?:i", // k8s.io/api/networking/v1.NetworkPolicyPort
  "podSelector!:1141 ingress:*756 egress:*755 policyTypes:*s", // k8s.io/api/networking/v1.NetworkPolicySpec
  "group:s resource:s namespace:s name:s", // k8s.io/api/networking/v1.ParentReference
  "name:s number:i", // k8s.io/api/networking/v1.ServiceBackendPort
  "^|metadata:1146 spec:765 status:766", // k8s.io/api/networking/v1.ServiceCIDR
  "^|metadata:1143 items[:*763", // k8s.io/api/networking/v1.ServiceCIDRList
  "cidrs:*s", // k8s.io/api/networking/v1.ServiceCIDRSpec
  "conditions:*1133", // k8s.io/api/networking/v1.ServiceCIDRStatus
  "path:s backend!:773 pathType?:s", // k8s.io/api/networking/v1beta1.HTTPIngressPath
  "paths!:*767", // k8s.io/api/networking/v1beta1.HTTPIngressRuleValue
  "^|metadata:1146 spec:771", // k8s.io/api/networking/v1beta1.IPAddress
  "^|metadata:1143 items[:*769", // k8s.io/api/networking/v1beta1.IPAddressList
  "parentRef?:787", // k8s.io/api/networking/v1beta1.IPAddressSpec
  "^|metadata:1146 spec:784 status:785", // k8s.io/api/networking/v1beta1.Ingress
  "serviceName:s servicePort:o resource?:559", // k8s.io/api/networking/v1beta1.IngressBackend
  "^|metadata:1146 spec:777", // k8s.io/api/networking/v1beta1.IngressClass
  "^|metadata:1143 items[:*774", // k8s.io/api/networking/v1beta1.IngressClassList
  "apiGroup?:s kind!:s name!:s scope?!:s namespace?:s", // k8s.io/api/networking/v1beta1.IngressClassParametersReference
  "controller:s parameters?:776", // k8s.io/api/networking/v1beta1.IngressClassSpec
  "^|metadata:1143 items[:*772", // k8s.io/api/networking/v1beta1.IngressList
  "ip:s hostname:s 4=ports:*781", // k8s.io/api/networking/v1beta1.IngressLoadBalancerIngress
  "ingress:*779", // k8s.io/api/networking/v1beta1.IngressLoadBalancerStatus
  "port!:i protocol!:s error?:s", // k8s.io/api/networking/v1beta1.IngressPortStatus
  "host:s +:783", // k8s.io/api/networking/v1beta1.IngressRule
  "http?:768", // k8s.io/api/networking/v1beta1.IngressRuleValue
  "backend?:773 tls:*786 rules:*782 ingressClassName?:s", // k8s.io/api/networking/v1beta1.IngressSpec
  "loadBalancer:780", // k8s.io/api/networking/v1beta1.IngressStatus
  "hosts:*s secretName:s", // k8s.io/api/networking/v1beta1.IngressTLS
  "group:s resource:s namespace:s name:s", // k8s.io/api/networking/v1beta1.ParentReference
  "^|metadata:1146 spec:790 status:791", // k8s.io/api/networking/v1beta1.ServiceCIDR
  "^|metadata:1143 items[:*788", // k8s.io/api/networking/v1beta1.ServiceCIDRList
  "cidrs:*s", // k8s.io/api/networking/v1beta1.ServiceCIDRSpec
  "conditions:*1133", // k8s.io/api/networking/v1beta1.ServiceCIDRStatus
  "podFixed:%q", // k8s.io/api/node/v1.Overhead
  "^|metadata:1146 handler!:s overhead?:792 scheduling?:795", // k8s.io/api/node/v1.RuntimeClass
  "^|metadata:1143 items[:*793", // k8s.io/api/node/v1.RuntimeClassList
  "nodeSelector:%s tolerations:*555", // k8s.io/api/node/v1.Scheduling
  "podFixed:%q", // k8s.io/api/node/v1alpha1.Overhead
  "^|metadata:1146 spec!:799", // k8s.io/api/node/v1alpha1.RuntimeClass
  "^|metadata:1143 items[:*797", // k8s.io/api/node/v1alpha1.RuntimeClassList
  "runtimeHandler!:s overhead?:796 scheduling?:800", // k8s.io/api/node/v1alpha1.RuntimeClassSpec
  "nodeSelector:%s tolerations:*555", // k8s.io/api/node/v1alpha1.Scheduling
  "podFixed:%q", // k8s.io/api/node/v1beta1.Overhead
  "^|metadata:1146 handler!:s overhead?:801 scheduling?:804", // k8s.io/api/node/v1beta1.RuntimeClass
  "^|metadata:1143 items[:*802", // k8s.io/api/node/v1beta1.RuntimeClassList
  "nodeSelector:%s tolerations:*555", // k8s.io/api/node/v1beta1.Scheduling
  "^|metadata:1146 deleteOptions?:1135", // k8s.io/api/policy/v1.Eviction
  "^|metadata:1146 spec:808 status:809", // k8s.io/api/policy/v1.PodDisruptionBudget
  "^|metadata:1143 items[:*806", // k8s.io/api/policy/v1.PodDisruptionBudgetList
  "minAvailable?:o selector?:1141 maxUnavailable?:o unhealthyPodEvictionPolicy?:s", // k8s.io/api/policy/v1.PodDisruptionBudgetSpec
  "observedGeneration:l disruptedPods:%T disruptionsAllowed!:i currentHealthy!:i desiredHealthy!:i expectedPods!:i conditions:*1133", // k8s.io/api/policy/v1.PodDisruptionBudgetStatus
  "^|metadata:1146 deleteOptions?:1135", // k8s.io/api/policy/v1beta1.Eviction
  "^|metadata:1146 spec:813 status:814", // k8s.io/api/policy/v1beta1.PodDisruptionBudget
  "^|metadata:1143 items[:*811", // k8s.io/api/policy/v1beta1.PodDisruptionBudgetList
  "minAvailable?:o selector?:1141 maxUnavailable?:o unhealthyPodEvictionPolicy?:s", // k8s.io/api/policy/v1beta1.PodDisruptionBudgetSpec
  "observedGeneration:l disruptedPods:%T disruptionsAllowed!:i currentHealthy!:i desiredHealthy!:i expectedPods!:i conditions:*1133", // k8s.io/api/policy/v1beta1.PodDisruptionBudgetStatus
  "clusterRoleSelectors:*1141", // k8s.io/api/rbac/v1.AggregationRule
  "^|metadata:1146 rules!:*820 aggregationRule?:815", // k8s.io/api/rbac/v1.ClusterRole
  "^|metadata:1146 subjects:*826 roleRef!:825", // k8s.io/api/rbac/v1.ClusterRoleBinding
  "^|metadata:1143 items[:*817", // k8s.io/api/rbac/v1.ClusterRoleBindingList
  "^|metadata:1143 items[:*816", // k8s.io/api/rbac/v1.ClusterRoleList
  "verbs!:*s apiGroups:*s resources:*s resourceNames:*s nonResourceURLs:*s", // k8s.io/api/rbac/v1.PolicyRule
  "^|metadata:1146 rules!:*820", // k8s.io/api/rbac/v1.Role
  "^|metadata:1146 subjects:*826 roleRef!:825", // k8s.io/api/rbac/v1.RoleBinding
  "^|metadata:1143 items[:*822", // k8s.io/api/rbac/v1.RoleBindingList
  "^|metadata:1143 items[:*821", // k8s.io/api/rbac/v1.RoleList
  "apiGroup!:s kind!:s name!:s", // k8s.io/api/rbac/v1.RoleRef
  "kind!:s apiGroup:s name!:s namespace:s", // k8s.io/api/rbac/v1.Subject
  "clusterRoleSelectors:*1141", // k8s.io/api/rbac/v1alpha1.AggregationRule
  "^|metadata:1146 rules!:*832 aggregationRule?:827", // k8s.io/api/rbac/v1alpha1.ClusterRole
  "^|metadata:1146 subjects:*838 roleRef!:837", // k8s.io/api/rbac/v1alpha1.ClusterRoleBinding
  "^|metadata:1143 items[:*829", // k8s.io/api/rbac/v1alpha1.ClusterRoleBindingList
  "^|metadata:1143 items[:*828", // k8s.io/api/rbac/v1alpha1.ClusterRoleList
  "verbs!:*s 3=apiGroups:*s resources:*s resourceNames:*s nonResourceURLs:*s", // k8s.io/api/rbac/v1alpha1.PolicyRule
  "^|metadata:1146 rules!:*832", // k8s.io/api/rbac/v1alpha1.Role
  "^|metadata:1146 subjects:*838 roleRef!:837", // k8s.io/api/rbac/v1alpha1.RoleBinding
  "^|metadata:1143 items[:*834", // k8s.io/api/rbac/v1alpha1.RoleBindingList
  "^|metadata:1143 items[:*833", // k8s.io/api/rbac/v1alpha1.RoleList
  "apiGroup!:s kind!:s name!:s", // k8s.io/api/rbac/v1alpha1.RoleRef
  "kind!:s apiVersion:s name!:s namespace:s", // k8s.io/api/rbac/v1alpha1.Subject
  "clusterRoleSelectors:*1141", // k8s.io/api/rbac/v1beta1.AggregationRule
  "^|metadata:1146 rules!:*844 aggregationRule?:839", // k8s.io/api/rbac/v1beta1.ClusterRole
  "^|metadata:1146 subjects:*850 roleRef!:849", // k8s.io/api/rbac/v1beta1.ClusterRoleBinding
  "^|metadata:1143 items[:*841", // k8s.io/api/rbac/v1beta1.ClusterRoleBindingList
  "^|metadata:1143 items[:*840", // k8s.io/api/rbac/v1beta1.ClusterRoleList
  "verbs!:*s apiGroups:*s resources:*s resourceNames:*s nonResourceURLs:*s", // k8s.io/api/rbac/v1beta1.PolicyRule
  "^|metadata:1146 rules!:*844", // k8s.io/api/rbac/v1beta1.Role
  "^|metadata:1146 subjects:*850 roleRef!:849", // k8s.io/api/rbac/v1beta1.RoleBinding
  "^|metadata:1143 items[:*846", // k8s.io/api/rbac/v1beta1.RoleBindingList
  "^|metadata:1143 items[:*845", // k8s.io/api/rbac/v1beta1.RoleList
  "apiGroup!:s kind!:s name!:s", // k8s.io/api/rbac/v1beta1.RoleRef
  "kind!:s apiGroup:s name!:s namespace:s", // k8s.io/api/rbac/v1beta1.Subject
  "driver!:s pool!:s device!:s conditions!:*1133 data?:R networkData?:880 shareID?:s", // k8s.io/api/resource/v1.AllocatedDeviceStatus
  "devices:861 3=nodeSelector?:449 5=allocationTimestamp?:T", // k8s.io/api/resource/v1.AllocationResult
  "expression!:s", // k8s.io/api/resource/v1.CELDeviceSelector
  "default?!:q 3=validValues:*q validRange?:855", // k8s.io/api/resource/v1.CapacityRequestPolicy
  "min?:q max?:q step?:q", // k8s.io/api/resource/v1.CapacityRequestPolicyRange
  "requests:%q", // k8s.io/api/resource/v1.CapacityRequirements
  "value!:q", // k8s.io/api/resource/v1.Counter
  "name!:s counters:%857", // k8s.io/api/resource/v1.CounterSet
  "name!:s attributes:%862 capacity:%863 consumesCounters:*872 nodeName?:s nodeSelector?:449 allNodes?:b taints:*877 bindsToNode?:b bindingConditions:*s bindingFailureConditions:*s allowMultipleAllocations?:b nodeAllocatableResourceMappings:%881", // k8s.io/api/resource/v1.Device
  "source!:s requests:*s +:870", // k8s.io/api/resource/v1.DeviceAllocationConfiguration
  "results:*874 config:*860", // k8s.io/api/resource/v1.DeviceAllocationResult
  "2=int?:l bool?:b string?:s version?:s ints:*l bools:*b strings:*s versions:*s", // k8s.io/api/resource/v1.DeviceAttribute
  "value!:q requestPolicy?:854", // k8s.io/api/resource/v1.DeviceCapacity
  "requests!:*873 constraints:*871 config:*865", // k8s.io/api/resource/v1.DeviceClaim
  "requests:*s +:870", // k8s.io/api/resource/v1.DeviceClaimConfiguration
  "^|metadata:1146 spec!:869", // k8s.io/api/resource/v1.DeviceClass
  "+:870", // k8s.io/api/resource/v1.DeviceClassConfiguration
  "^|metadata:1143 items[:*866", // k8s.io/api/resource/v1.DeviceClassList
  "selectors:*875 config:*867 4=extendedResourceName?:s", // k8s.io/api/resource/v1.DeviceClassSpec
  "opaque?:882", // k8s.io/api/resource/v1.DeviceConfiguration
  "requests:*s matchAttribute?:s distinctAttribute?:s", // k8s.io/api/resource/v1.DeviceConstraint
  "counterSet!:s counters:%857", // k8s.io/api/resource/v1.DeviceCounterConsumption
  "name!:s exactly?:879 firstAvailable:*876", // k8s.io/api/resource/v1.DeviceRequest
  "request!:s driver!:s pool!:s device!:s adminAccess?:b tolerations:*878 bindingConditions:*s bindingFailureConditions:*s shareID?:s consumedCapacity:%q", // k8s.io/api/resource/v1.DeviceRequestAllocationResult
  "cel?:853", // k8s.io/api/resource/v1.DeviceSelector
  "name!:s deviceClassName!:s selectors:*875 allocationMode:s count:l tolerations:*878 capacity?:856", // k8s.io/api/resource/v1.DeviceSubRequest
  "key!:s value:s effect!:s timeAdded?:T", // k8s.io/api/resource/v1.DeviceTaint
  "key:s operator:s value:s effect:s tolerationSeconds?:l", // k8s.io/api/resource/v1.DeviceToleration
  "deviceClassName!:s selectors:*875 allocationMode:s count:l adminAccess?:b tolerations:*878 capacity?:856", // k8s.io/api/resource/v1.ExactDeviceRequest
  "interfaceName:s ips:*s hardwareAddress:s", // k8s.io/api/resource/v1.NetworkDeviceData
  "capacityKey?:s allocationMultiplier?:q", // k8s.io/api/resource/v1.NodeAllocatableResourceMapping
  "driver!:s parameters!:R", // k8s.io/api/resource/v1.OpaqueDeviceConfiguration
  "^|metadata:1146 spec!:886 status:887", // k8s.io/api/resource/v1.ResourceClaim
  "apiGroup:s 3=resource!:s name!:s uid!:s", // k8s.io/api/resource/v1.ResourceClaimConsumerReference
  "^|metadata:1143 items[:*883", // k8s.io/api/resource/v1.ResourceClaimList
  "devices!:864", // k8s.io/api/resource/v1.ResourceClaimSpec
  "allocation?:852 reservedFor:*884 4=devices:*851", // k8s.io/api/resource/v1.ResourceClaimStatus
  "^|metadata:1146 spec!:890", // k8s.io/api/resource/v1.ResourceClaimTemplate
  "^|metadata:1143 items[:*888", // k8s.io/api/resource/v1.ResourceClaimTemplateList
  "metadata:1146 spec!:886", // k8s.io/api/resource/v1.ResourceClaimTemplateSpec
  "name!:s generation!:l resourceSliceCount!:l", // k8s.io/api/resource/v1.ResourcePool
  "^|metadata:1146 spec!:894", // k8s.io/api/resource/v1.ResourceSlice
  "^|metadata:1143 items[:*892", // k8s.io/api/resource/v1.ResourceSliceList
  "driver!:s pool!:891 nodeName?:s nodeSelector?:449 allNodes?:b devices:*859 perDeviceNodeSelection?:b sharedCounters:*858", // k8s.io/api/resource/v1.ResourceSliceSpec
  "key!:s value:s effect!:s timeAdded?:T", // k8s.io/api/resource/v1alpha3.DeviceTaint
  "^|metadata:1146 spec!:898 status:899", // k8s.io/api/resource/v1alpha3.DeviceTaintRule
  "^|metadata:1143 items[:*896", // k8s.io/api/resource/v1alpha3.DeviceTaintRuleList
  "deviceSelector?:900 taint:895", // k8s.io/api/resource/v1alpha3.DeviceTaintRuleSpec
  "conditions:*1133", // k8s.io/api/resource/v1alpha3.DeviceTaintRuleStatus
  "2=driver?:s pool?:s device?:s", // k8s.io/api/resource/v1alpha3.DeviceTaintSelector
  "driver:s poolName:s nodeName?:s totalDevices?:i allocatedDevices?:i availableDevices?:i unavailableDevices?:i resourceSliceCount?:i generation!:l validationError?:s", // k8s.io/api/resource/v1alpha3.PoolStatus
  "^|metadata:1146 spec!:904 status?:905", // k8s.io/api/resource/v1alpha3.ResourcePoolStatusRequest
  "^|metadata:1143 items[:*902", // k8s.io/api/resource/v1alpha3.ResourcePoolStatusRequestList
  "driver!:s poolName?:s limit?:i", // k8s.io/api/resource/v1alpha3.ResourcePoolStatusRequestSpec
  "2=pools:*901 conditions:*1133 6=poolCount?:i", // k8s.io/api/resource/v1alpha3.ResourcePoolStatusRequestStatus
  "driver!:s pool!:s device!:s conditions!:*1133 data?:R networkData?:935 shareID?:s", // k8s.io/api/resource/v1beta1.AllocatedDeviceStatus
  "devices:917 3=nodeSelector?:449 5=allocationTimestamp?:T", // k8s.io/api/resource/v1beta1.AllocationResult
  "attributes:%918 capacity:%919 consumesCounters:*928 nodeName?:s nodeSelector?:449 allNodes?:b taints:*933 bindsToNode?:b bindingConditions:*s bindingFailureConditions:*s allowMultipleAllocations?:b nodeAllocatableResourceMappings:%936", // k8s.io/api/resource/v1beta1.BasicDevice
  "expression!:s", // k8s.io/api/resource/v1beta1.CELDeviceSelector
  "default?!:q 3=validValues:*q validRange?:911", // k8s.io/api/resource/v1beta1.CapacityRequestPolicy
  "min?:q max?:q step?:q", // k8s.io/api/resource/v1beta1.CapacityRequestPolicyRange
  "requests:%q", // k8s.io/api/resource/v1beta1.CapacityRequirements
  "value!:q", // k8s.io/api/resource/v1beta1.Counter
  "name!:s counters:%913", // k8s.io/api/resource/v1beta1.CounterSet
  "name!:s basic?:908", // k8s.io/api/resource/v1beta1.Device
  "source!:s requests:*s +:926", // k8s.io/api/resource/v1beta1.DeviceAllocationConfiguration
  "results:*930 config:*916", // k8s.io/api/resource/v1beta1.DeviceAllocationResult
  "2=int?:l bool?:b string?:s version?:s ints:*l bools:*b strings:*s versions:*s", // k8s.io/api/resource/v1beta1.DeviceAttribute
  "value!:q requestPolicy?:910", // k8s.io/api/resource/v1beta1.DeviceCapacity
  "requests!:*929 constraints:*927 config:*921", // k8s.io/api/resource/v1beta1.DeviceClaim
  "requests:*s +:926", // k8s.io/api/resource/v1beta1.DeviceClaimConfiguration
  "^|metadata:1146 spec!:925", // k8s.io/api/resource/v1beta1.DeviceClass
  "+:926", // k8s.io/api/resource/v1beta1.DeviceClassConfiguration
  "^|metadata:1143 items[:*922", // k8s.io/api/resource/v1beta1.DeviceClassList
  "selectors:*931 config:*923 4=extendedResourceName?:s", // k8s.io/api/resource/v1beta1.DeviceClassSpec
  "opaque?:937", // k8s.io/api/resource/v1beta1.DeviceConfiguration
  "requests:*s matchAttribute?:s distinctAttribute?:s", // k8s.io/api/resource/v1beta1.DeviceConstraint
  "counterSet!:s counters:%913", // k8s.io/api/resource/v1beta1.DeviceCounterConsumption
  "name!:s deviceClassName!:s selectors:*931 allocationMode:s count:l adminAccess?:b firstAvailable:*932 tolerations:*934 capacity?:912", // k8s.io/api/resource/v1beta1.DeviceRequest
  "request!:s driver!:s pool!:s device!:s adminAccess?:b tolerations:*934 bindingConditions:*s bindingFailureConditions:*s shareID?:s consumedCapacity:%q", // k8s.io/api/resource/v1beta1.DeviceRequestAllocationResult
  "cel?:909", // k8s.io/api/resource/v1beta1.DeviceSelector
  "name!:s deviceClassName!:s selectors:*931 allocationMode:s count:l 7=tolerations:*934 capacity?:912", // k8s.io/api/resource/v1beta1.DeviceSubRequest
  "key!:s value:s effect!:s timeAdded?:T", // k8s.io/api/resource/v1beta1.DeviceTaint
  "key:s operator:s value:s effect:s tolerationSeconds?:l", // k8s.io/api/resource/v1beta1.DeviceToleration
  "interfaceName:s ips:*s hardwareAddress:s", // k8s.io/api/resource/v1beta1.NetworkDeviceData
  "capacityKey?:s allocationMultiplier?:q", // k8s.io/api/resource/v1beta1.NodeAllocatableResourceMapping
  "driver!:s parameters!:R", // k8s.io/api/resource/v1beta1.OpaqueDeviceConfiguration
  "^|metadata:1146 spec!:941 status:942", // k8s.io/api/resource/v1beta1.ResourceClaim
  "apiGroup:s 3=resource!:s name!:s uid!:s", // k8s.io/api/resource/v1beta1.ResourceClaimConsumerReference
  "^|metadata:1143 items[:*938", // k8s.io/api/resource/v1beta1.ResourceClaimList
  "devices!:920", // k8s.io/api/resource/v1beta1.ResourceClaimSpec
  "allocation?:907 reservedFor:*939 4=devices:*906", // k8s.io/api/resource/v1beta1.ResourceClaimStatus
  "^|metadata:1146 spec!:945", // k8s.io/api/resource/v1beta1.ResourceClaimTemplate
  "^|metadata:1143 items[:*943", // k8s.io/api/resource/v1beta1.ResourceClaimTemplateList
  "metadata:1146 spec!:941", // k8s.io/api/resource/v1beta1.ResourceClaimTemplateSpec
  "name!:s generation!:l resourceSliceCount!:l", // k8s.io/api/resource/v1beta1.ResourcePool
  "^|metadata:1146 spec!:949", // k8s.io/api/resource/v1beta1.ResourceSlice
  "^|metadata:1143 items[:*947", // k8s.io/api/resource/v1beta1.ResourceSliceList
  "driver!:s pool!:946 nodeName:s nodeSelector?:449 allNodes:b devices:*915 perDeviceNodeSelection?:b sharedCounters:*914", // k8s.io/api/resource/v1beta1.ResourceSliceSpec
  "driver!:s pool!:s device!:s conditions!:*1133 data?:R networkData?:984 shareID?:s", // k8s.io/api/resource/v1beta2.AllocatedDeviceStatus
  "devices:960 3=nodeSelector?:449 5=allocationTimestamp?:T", // k8s.io/api/resource/v1beta2.AllocationResult
  "expression!:s", // k8s.io/api/resource/v1beta2.CELDeviceSelector
  "default?!:q 3=validValues:*q validRange?:954", // k8s.io/api/resource/v1beta2.CapacityRequestPolicy
  "min?:q max?:q step?:q", // k8s.io/api/resource/v1beta2.CapacityRequestPolicyRange
  "requests:%q", // k8s.io/api/resource/v1beta2.CapacityRequirements
  "value!:q", // k8s.io/api/resource/v1beta2.Counter
  "name!:s counters:%956", // k8s.io/api/resource/v1beta2.CounterSet
  "name!:s attributes:%961 capacity:%962 consumesCounters:*971 nodeName?:s nodeSelector?:449 allNodes?:b taints:*976 bindsToNode?:b bindingConditions:*s bindingFailureConditions:*s allowMultipleAllocations?:b nodeAllocatableResourceMappings:%985", // k8s.io/api/resource/v1beta2.Device
  "source!:s requests:*s +:969", // k8s.io/api/resource/v1beta2.DeviceAllocationConfiguration
  "results:*973 config:*959", // k8s.io/api/resource/v1beta2.DeviceAllocationResult
  "2=int?:l bool?:b string?:s version?:s ints:*l bools:*b strings:*s versions:*s", // k8s.io/api/resource/v1beta2.DeviceAttribute
  "value!:q requestPolicy?:953", // k8s.io/api/resource/v1beta2.DeviceCapacity
  "requests!:*972 constraints:*970 config:*964", // k8s.io/api/resource/v1beta2.DeviceClaim
  "requests:*s +:969", // k8s.io/api/resource/v1beta2.DeviceClaimConfiguration
  "^|metadata:1146 spec!:968", // k8s.io/api/resource/v1beta2.DeviceClass
  "+:969", // k8s.io/api/resource/v1beta2.DeviceClassConfiguration
  "^|metadata:1143 items[:*965", // k8s.io/api/resource/v1beta2.DeviceClassList
  "selectors:*974 config:*966 4=extendedResourceName?:s", // k8s.io/api/resource/v1beta2.DeviceClassSpec
  "opaque?:986", // k8s.io/api/resource/v1beta2.DeviceConfiguration
  "requests:*s matchAttribute?:s distinctAttribute?:s", // k8s.io/api/resource/v1beta2.DeviceConstraint
  "counterSet!:s counters:%956", // k8s.io/api/resource/v1beta2.DeviceCounterConsumption
  "name!:s exactly?:983 firstAvailable:*975", // k8s.io/api/resource/v1beta2.DeviceRequest
  "request!:s driver!:s pool!:s device!:s adminAccess?:b tolerations:*982 bindingConditions:*s bindingFailureConditions:*s shareID?:s consumedCapacity:%q", // k8s.io/api/resource/v1beta2.DeviceRequestAllocationResult
  "cel?:952", // k8s.io/api/resource/v1beta2.DeviceSelector
  "name!:s deviceClassName!:s selectors:*974 allocationMode:s count:l tolerations:*982 capacity?:955", // k8s.io/api/resource/v1beta2.DeviceSubRequest
  "key!:s value:s effect!:s timeAdded?:T", // k8s.io/api/resource/v1beta2.DeviceTaint
  "^|metadata:1146 spec!:979 status:980", // k8s.io/api/resource/v1beta2.DeviceTaintRule
  "^|metadata:1143 items[:*977", // k8s.io/api/resource/v1beta2.DeviceTaintRuleList
  "deviceSelector?:981 taint:976", // k8s.io/api/resource/v1beta2.DeviceTaintRuleSpec
  "conditions:*1133", // k8s.io/api/resource/v1beta2.DeviceTaintRuleStatus
  "2=driver?:s pool?:s device?:s", // k8s.io/api/resource/v1beta2.DeviceTaintSelector
  "key:s operator:s value:s effect:s tolerationSeconds?:l", // k8s.io/api/resource/v1beta2.DeviceToleration
  "deviceClassName!:s selectors:*974 allocationMode:s count:l adminAccess?:b tolerations:*982 capacity?:955", // k8s.io/api/resource/v1beta2.ExactDeviceRequest
  "interfaceName:s ips:*s hardwareAddress:s", // k8s.io/api/resource/v1beta2.NetworkDeviceData
  "capacityKey?:s allocationMultiplier?:q", // k8s.io/api/resource/v1beta2.NodeAllocatableResourceMapping
  "driver!:s parameters!:R", // k8s.io/api/resource/v1beta2.OpaqueDeviceConfiguration
  "^|metadata:1146 spec!:990 status:991", // k8s.io/api/resource/v1beta2.ResourceClaim
  "apiGroup:s 3=resource!:s name!:s uid!:s", // k8s.io/api/resource/v1beta2.ResourceClaimConsumerReference
  "^|metadata:1143 items[:*987", // k8s.io/api/resource/v1beta2.ResourceClaimList
  "devices!:963", // k8s.io/api/resource/v1beta2.ResourceClaimSpec
  "allocation?:951 reservedFor:*988 4=devices:*950", // k8s.io/api/resource/v1beta2.ResourceClaimStatus
  "^|metadata:1146 spec!:994", // k8s.io/api/resource/v1beta2.ResourceClaimTemplate
  "^|metadata:1143 items[:*992", // k8s.io/api/resource/v1beta2.ResourceClaimTemplateList
  "metadata:1146 spec!:990", // k8s.io/api/resource/v1beta2.ResourceClaimTemplateSpec
  "name!:s generation!:l resourceSliceCount!:l", // k8s.io/api/resource/v1beta2.ResourcePool
  "^|metadata:1146 spec!:998", // k8s.io/api/resource/v1beta2.ResourceSlice
  "^|metadata:1143 items[:*996", // k8s.io/api/resource/v1beta2.ResourceSliceList
  "driver!:s pool!:995 nodeName?:s nodeSelector?:449 allNodes?:b devices:*958 perDeviceNodeSelection?:b sharedCounters:*957", // k8s.io/api/resource/v1beta2.ResourceSliceSpec
  "^|metadata:1146 value!:i globalDefault:b description:s preemptionPolicy?:s", // k8s.io/api/scheduling/v1.PriorityClass
  "^|metadata:1143 items[:*999", // k8s.io/api/scheduling/v1.PriorityClassList
  "", // k8s.io/api/scheduling/v1alpha2.BasicSchedulingPolicy
  "minCount!:i", // k8s.io/api/scheduling/v1alpha2.GangSchedulingPolicy
  "^|metadata:1146 spec!:1009 status:1010", // k8s.io/api/scheduling/v1alpha2.PodGroup
  "^|metadata:1143 items[:*1003", // k8s.io/api/scheduling/v1alpha2.PodGroupList
  "name!:s resourceClaimName?:s resourceClaimTemplateName?:s", // k8s.io/api/scheduling/v1alpha2.PodGroupResourceClaim
  "name!:s resourceClaimName?:s", // k8s.io/api/scheduling/v1alpha2.PodGroupResourceClaimStatus
  "topology:*1013", // k8s.io/api/scheduling/v1alpha2.PodGroupSchedulingConstraints
  "basic?:1001 gang?:1002", // k8s.io/api/scheduling/v1alpha2.PodGroupSchedulingPolicy
  "podGroupTemplateRef?!:1012 schedulingPolicy!:1008 schedulingConstraints?:1007 resourceClaims:*1005 disruptionMode?:s priorityClassName:s priority?:i", // k8s.io/api/scheduling/v1alpha2.PodGroupSpec
  "conditions:*1133 resourceClaimStatuses:*1006", // k8s.io/api/scheduling/v1alpha2.PodGroupStatus
  "name!:s schedulingPolicy!:1008 schedulingConstraints?!:1007 resourceClaims:*1005 disruptionMode?:s priorityClassName:s priority?:i", // k8s.io/api/scheduling/v1alpha2.PodGroupTemplate
  "workload?!:1017", // k8s.io/api/scheduling/v1alpha2.PodGroupTemplateReference
  "key!:s", // k8s.io/api/scheduling/v1alpha2.TopologyConstraint
  "apiGroup:s kind!:s name!:s", // k8s.io/api/scheduling/v1alpha2.TypedLocalObjectReference
  "^|metadata:1146 spec!:1018", // k8s.io/api/scheduling/v1alpha2.Workload
  "^|metadata:1143 items[:*1015", // k8s.io/api/scheduling/v1alpha2.WorkloadList
  "workloadName!:s podGroupTemplateName!:s", // k8s.io/api/scheduling/v1alpha2.WorkloadPodGroupTemplateReference
  "controllerRef?:1014 podGroupTemplates!:*1011", // k8s.io/api/scheduling/v1alpha2.WorkloadSpec
  "^|metadata:1146 value!:i globalDefault:b description:s preemptionPolicy?:s", // k8s.io/api/scheduling/v1beta1.PriorityClass
  "^|metadata:1143 items[:*1019", // k8s.io/api/scheduling/v1beta1.PriorityClassList
  "^|metadata:1146 spec!:1023", // k8s.io/api/storage/v1.CSIDriver
  "^|metadata:1143 items[:*1021", // k8s.io/api/storage/v1.CSIDriverList
  "attachRequired?:b podInfoOnMount?:b volumeLifecycleModes:*s storageCapacity?:b fsGroupPolicy?:s tokenRequests:*1032 requiresRepublish?:b seLinuxMount?:b nodeAllocatableUpdatePeriodSeconds?:l serviceAccountTokenInSecrets?:b preventPodSchedulingIfMissing?:b", // k8s.io/api/storage/v1.CSIDriverSpec
  "^|metadata:1146 spec!:1027", // k8s.io/api/storage/v1.CSINode
  "name!:s nodeID!:s topologyKeys!:*s allocatable?:1041", // k8s.io/api/storage/v1.CSINodeDriver
  "^|metadata:1143 items[:*1024", // k8s.io/api/storage/v1.CSINodeList
  "drivers!:*1025", // k8s.io/api/storage/v1.CSINodeSpec
  "^|metadata:1146 nodeTopology?:1141 storageClassName!:s capacity?:q maximumVolumeSize?:q", // k8s.io/api/storage/v1.CSIStorageCapacity
  "^|metadata:1143 items[:*1028", // k8s.io/api/storage/v1.CSIStorageCapacityList
  "^|metadata:1146 provisioner!:s parameters:%s reclaimPolicy?:s mountOptions:*s allowVolumeExpansion?:b volumeBindingMode?:s allowedTopologies:*557", // k8s.io/api/storage/v1.StorageClass
  "^|metadata:1143 items[:*1030", // k8s.io/api/storage/v1.StorageClassList
  "audience!:s expirationSeconds?:l", // k8s.io/api/storage/v1.TokenRequest
  "^|metadata:1146 spec!:1036 status:1037", // k8s.io/api/storage/v1.VolumeAttachment
  "^|metadata:1143 items[:*1033", // k8s.io/api/storage/v1.VolumeAttachmentList
  "persistentVolumeName?:s inlineVolumeSpec?:468", // k8s.io/api/storage/v1.VolumeAttachmentSource
  "attacher!:s source!:1035 nodeName!:s", // k8s.io/api/storage/v1.VolumeAttachmentSpec
  "attached!:b attachmentMetadata:%s attachError?:1040 detachError?:1040", // k8s.io/api/storage/v1.VolumeAttachmentStatus
  "^|metadata:1146 driverName!:s parameters:%s", // k8s.io/api/storage/v1.VolumeAttributesClass
  "^|metadata:1143 items[:*1038", // k8s.io/api/storage/v1.VolumeAttributesClassList
  "time:T message:s errorCode?:i", // k8s.io/api/storage/v1.VolumeError
  "count?:i", // k8s.io/api/storage/v1.VolumeNodeResources
  "^|metadata:1146 nodeTopology?:1141 storageClassName!:s capacity?:q maximumVolumeSize?:q", // k8s.io/api/storage/v1alpha1.CSIStorageCapacity
  "^|metadata:1143 items[:*1042", // k8s.io/api/storage/v1alpha1.CSIStorageCapacityList
  "^|metadata:1146 spec!:1047 status:1048", // k8s.io/api/storage/v1alpha1.VolumeAttachment
  "^|metadata:1143 items[:*1044", // k8s.io/api/storage/v1alpha1.VolumeAttachmentList
  "persistentVolumeName?:s inlineVolumeSpec?:468", // k8s.io/api/storage/v1alpha1.VolumeAttachmentSource
  "attacher!:s source!:1046 nodeName!:s", // k8s.io/api/storage/v1alpha1.VolumeAttachmentSpec
  "attached!:b attachmentMetadata:%s attachError?:1051 detachError?:1051", // k8s.io/api/storage/v1alpha1.VolumeAttachmentStatus
  "^|metadata:1146 driverName!:s parameters:%s", // k8s.io/api/storage/v1alpha1.VolumeAttributesClass
  "^|metadata:1143 items[:*1049", // k8s.io/api/storage/v1alpha1.VolumeAttributesClassList
  "time:T message:s errorCode?:i", // k8s.io/api/storage/v1alpha1.VolumeError
  "^|metadata:1146 spec!:1054", // k8s.io/api/storage/v1beta1.CSIDriver
  "^|metadata:1143 items[:*1052", // k8s.io/api/storage/v1beta1.CSIDriverList
  "attachRequired?:b podInfoOnMount?:b volumeLifecycleModes:*s storageCapacity?:b fsGroupPolicy?:s tokenRequests:*1063 requiresRepublish?:b seLinuxMount?:b nodeAllocatableUpdatePeriodSeconds?:l serviceAccountTokenInSecrets?:b preventPodSchedulingIfMissing?:b", // k8s.io/api/storage/v1beta1.CSIDriverSpec
  "^|metadata:1146 spec!:1058", // k8s.io/api/storage/v1beta1.CSINode
  "name!:s nodeID!:s topologyKeys!:*s allocatable?:1072", // k8s.io/api/storage/v1beta1.CSINodeDriver
  "^|metadata:1143 items[:*1055", // k8s.io/api/storage/v1beta1.CSINodeList
  "drivers!:*1056", // k8s.io/api/storage/v1beta1.CSINodeSpec
  "^|metadata:1146 nodeTopology?:1141 storageClassName!:s capacity?:q maximumVolumeSize?:q", // k8s.io/api/storage/v1beta1.CSIStorageCapacity
  "^|metadata:1143 items[:*1059", // k8s.io/api/storage/v1beta1.CSIStorageCapacityList
  "^|metadata:1146 provisioner!:s parameters:%s reclaimPolicy?:s mountOptions:*s allowVolumeExpansion?:b volumeBindingMode?:s allowedTopologies:*557", // k8s.io/api/storage/v1beta1.StorageClass
  "^|metadata:1143 items[:*1061", // k8s.io/api/storage/v1beta1.StorageClassList
  "audience!:s expirationSeconds?:l", // k8s.io/api/storage/v1beta1.TokenRequest
  "^|metadata:1146 spec!:1067 status:1068", // k8s.io/api/storage/v1beta1.VolumeAttachment
  "^|metadata:1143 items[:*1064", // k8s.io/api/storage/v1beta1.VolumeAttachmentList
  "persistentVolumeName?:s inlineVolumeSpec?:468", // k8s.io/api/storage/v1beta1.VolumeAttachmentSource
  "attacher!:s source!:1066 nodeName!:s", // k8s.io/api/storage/v1beta1.VolumeAttachmentSpec
  "attached!:b attachmentMetadata:%s attachError?:1071 detachError?:1071", // k8s.io/api/storage/v1beta1.VolumeAttachmentStatus
  "^|metadata:1146 driverName!:s parameters:%s", // k8s.io/api/storage/v1beta1.VolumeAttributesClass
  "^|metadata:1143 items[:*1069", // k8s.io/api/storage/v1beta1.VolumeAttributesClassList
  "time:T message:s errorCode?:i", // k8s.io/api/storage/v1beta1.VolumeError
  "count?:i", // k8s.io/api/storage/v1beta1.VolumeNodeResources
  "^|metadata:1146 spec:1075 status:1076", // k8s.io/api/storagemigration/v1beta1.StorageVersionMigration
  "^|metadata:1143 items[:*1073", // k8s.io/api/storagemigration/v1beta1.StorageVersionMigrationList
  "resource!:1138", // k8s.io/api/storagemigration/v1beta1.StorageVersionMigrationSpec
  "conditions:*1133 resourceVersion:s", // k8s.io/api/storagemigration/v1beta1.StorageVersionMigrationStatus
  "uid!:s desiredAPIVersion!:s objects!:*R", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.ConversionRequest
  "uid!:s convertedObjects!:*R result!:1154", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.ConversionResponse
  "^|request?:1077 response?:1078", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.ConversionReview
  "name!:s type!:s format:s description:s priority:i jsonPath!:s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceColumnDefinition
  "strategy!:s webhook?:1102", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceConversion
  "^|metadata:1146 spec!:1086 status:1087", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceDefinition
  "type!:s status!:s lastTransitionTime:T reason:s message:s observedGeneration:l", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceDefinitionCondition
  "^|metadata:1143 items[:*1082", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceDefinitionList
  "plural!:s singular:s shortNames:*s kind!:s listKind:s categories:*s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceDefinitionNames
  "group!:s 3=names!:1085 scope!:s 7=versions!:*1088 9=conversion?:1081 preserveUnknownFields:b", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceDefinitionSpec
  "conditions!:*1083 acceptedNames!:1085 storedVersions!:*s observedGeneration:l", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceDefinitionStatus
  "name!:s served!:b storage!:b schema?:1092 subresources?:1091 additionalPrinterColumns:*1080 deprecated:b deprecationWarning?:s selectableFields:*1098", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceDefinitionVersion
  "specReplicasPath!:s statusReplicasPath!:s labelSelectorPath?:s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceSubresourceScale
  "", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceSubresourceStatus
  "status?:1090 scale?:1089", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceSubresources
  "openAPIV3Schema?:1094", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.CustomResourceValidation
  "description:s url:s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.ExternalDocumentation
  "id:s $schema:s $ref?:s description:s type:s format:s title:s default?:J maximum?:d exclusiveMaximum:b minimum?:d exclusiveMinimum:b maxLength?:l minLength?:l pattern:s maxItems?:l minItems?:l uniqueItems:b multipleOf?:d enum:*J maxProperties?:l minProperties?:l required:*s items?:1095 allOf:*1094 oneOf:*1094 anyOf:*1094 not?:1094 properties:%1094 additionalProperties?:1096 patternProperties:%1094 dependencies:%1097 additionalItems?:1096 definitions:%1094 externalDocs?:1093 example?:J nullable:b x-kubernetes-preserve-unknown-fields?:b x-kubernetes-embedded-resource:b x-kubernetes-int-or-string:b x-kubernetes-list-map-keys:*s x-kubernetes-list-type?:s x-kubernetes-map-type?:s x-kubernetes-validations:*1100", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaProps
  "orArray|schema?:1094 jSONSchemas:*1094", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrArray
  "orBool|allows:b schema?:1094", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrBool
  "orStringArray|schema?:1094 property:*s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrStringArray
  "jsonPath!:s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.SelectableField
  "namespace!:s name!:s path?:s port?:i", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.ServiceReference
  "rule!:s message:s messageExpression:s reason?:s fieldPath:s optionalOldSelf?:b", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.ValidationRule
  "service?:1099 caBundle:y url?:s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.WebhookClientConfig
  "2=clientConfig?:1101 conversionReviewVersions!:*s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.WebhookConversion
  "uid!:s desiredAPIVersion!:s objects!:*R", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.ConversionRequest
  "uid!:s convertedObjects!:*R result!:1154", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.ConversionResponse
  "^|request?:1103 response?:1104", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.ConversionReview
  "name!:s type!:s format:s description:s priority:i JSONPath!:s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceColumnDefinition
  "strategy!:s webhookClientConfig?:1127 conversionReviewVersions:*s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceConversion
  "^|metadata:1146 spec!:1112 status:1113", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceDefinition
  "type!:s status!:s lastTransitionTime:T reason:s message:s observedGeneration:l", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceDefinitionCondition
  "^|metadata:1143 items[:*1108", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceDefinitionList
  "plural!:s singular:s shortNames:*s kind!:s listKind:s categories:*s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceDefinitionNames
  "group!:s version:s names!:1111 scope!:s validation?:1118 subresources?:1117 versions:*1114 additionalPrinterColumns:*1106 conversion?:1107 preserveUnknownFields?:b selectableFields:*1124", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceDefinitionSpec
  "conditions!:*1109 acceptedNames!:1111 storedVersions!:*s observedGeneration:l", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceDefinitionStatus
  "name!:s served!:b storage!:b schema?:1118 subresources?:1117 additionalPrinterColumns:*1106 deprecated:b deprecationWarning?:s selectableFields:*1124", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceDefinitionVersion
  "specReplicasPath!:s statusReplicasPath!:s labelSelectorPath?:s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceSubresourceScale
  "", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceSubresourceStatus
  "status?:1116 scale?:1115", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceSubresources
  "openAPIV3Schema?:1120", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.CustomResourceValidation
  "description:s url:s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.ExternalDocumentation
  "id:s $schema:s $ref?:s description:s type:s format:s title:s default?:J maximum?:d exclusiveMaximum:b minimum?:d exclusiveMinimum:b maxLength?:l minLength?:l pattern:s maxItems?:l minItems?:l uniqueItems:b multipleOf?:d enum:*J maxProperties?:l minProperties?:l required:*s items?:1121 allOf:*1120 oneOf:*1120 anyOf:*1120 not?:1120 properties:%1120 additionalProperties?:1122 patternProperties:%1120 dependencies:%1123 additionalItems?:1122 definitions:%1120 externalDocs?:1119 example?:J nullable:b x-kubernetes-preserve-unknown-fields?:b x-kubernetes-embedded-resource:b x-kubernetes-int-or-string:b x-kubernetes-list-map-keys:*s x-kubernetes-list-type?:s x-kubernetes-map-type?:s x-kubernetes-validations:*1126", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.JSONSchemaProps
  "orArray|schema?:1120 jSONSchemas:*1120", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.JSONSchemaPropsOrArray
  "orBool|allows:b schema?:1120", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.JSONSchemaPropsOrBool
  "orStringArray|schema?:1120 property:*s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.JSONSchemaPropsOrStringArray
  "jsonPath!:s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.SelectableField
  "namespace!:s name!:s path?:s port?:i", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.ServiceReference
  "rule!:s message:s messageExpression:s reason?:s fieldPath:s optionalOldSelf?:b", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.ValidationRule
  "service?:1125 caBundle:y url?:s", // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.WebhookClientConfig
  "^|name!:s versions!:*1139 preferredVersion:1139 serverAddressByClientCIDRs:*1152", // k8s.io/apimachinery/pkg/apis/meta/v1.APIGroup
  "^|groups!:*1128", // k8s.io/apimachinery/pkg/apis/meta/v1.APIGroupList
  "name!:s namespaced!:b kind!:s verbs!:1159 shortNames:*s singularName!:s categories:*s group:s version:s storageVersionHash:s", // k8s.io/apimachinery/pkg/apis/meta/v1.APIResource
  "^|groupVersion!:s resources!:*1130", // k8s.io/apimachinery/pkg/apis/meta/v1.APIResourceList
  "^|versions!:*s serverAddressByClientCIDRs!:*1152", // k8s.io/apimachinery/pkg/apis/meta/v1.APIVersions
  "type!:s status!:s observedGeneration:l lastTransitionTime!:T reason!:s message!:s", // k8s.io/apimachinery/pkg/apis/meta/v1.Condition
  "^|dryRun:*s 3=fieldManager:s fieldValidation:s", // k8s.io/apimachinery/pkg/apis/meta/v1.CreateOptions
  "^|gracePeriodSeconds?:l preconditions?:1151 orphanDependents?:b propagationPolicy?:s dryRun:*s ignoreStoreReadErrorWithClusterBreakingPotential?:b", // k8s.io/apimachinery/pkg/apis/meta/v1.DeleteOptions
  "key!:s operator!:s values:*s", // k8s.io/apimachinery/pkg/apis/meta/v1.FieldSelectorRequirement
  "^|resourceVersion:s", // k8s.io/apimachinery/pkg/apis/meta/v1.GetOptions
  "group!:s resource!:s", // k8s.io/apimachinery/pkg/apis/meta/v1.GroupResource
  "groupVersion!:s version!:s", // k8s.io/apimachinery/pkg/apis/meta/v1.GroupVersionForDiscovery
  "group!:s version!:s kind!:s", // k8s.io/apimachinery/pkg/apis/meta/v1.GroupVersionKind
  "matchLabels:%s matchExpressions:*1142", // k8s.io/apimachinery/pkg/apis/meta/v1.LabelSelector
  "key!:s operator!:s values:*s", // k8s.io/apimachinery/pkg/apis/meta/v1.LabelSelectorRequirement
  "selfLink:s resourceVersion:s continue:s remainingItemCount?:l shardInfo?:1153", // k8s.io/apimachinery/pkg/apis/meta/v1.ListMeta
  "^|labelSelector:s fieldSelector:s watch:b resourceVersion:s timeoutSeconds?:l 7=limit:l continue:s allowWatchBookmarks:b resourceVersionMatch:s sendInitialEvents?:b 15=shardSelector:s", // k8s.io/apimachinery/pkg/apis/meta/v1.ListOptions
  "manager:s operation:s apiVersion:s time?:T 6=fieldsType:s fieldsV1?:F subresource:s", // k8s.io/apimachinery/pkg/apis/meta/v1.ManagedFieldsEntry
  "name:s generateName:s namespace:s selfLink:s uid:s resourceVersion:s generation:l creationTimestamp~:T deletionTimestamp?:T deletionGracePeriodSeconds?:l labels:%s annotations:%s ownerReferences:*1147 finalizers:*s 17=managedFields:*1145", // k8s.io/apimachinery/pkg/apis/meta/v1.ObjectMeta
  "kind!:s 3=name!:s uid!:s apiVersion!:s controller?:b blockOwnerDeletion?:b", // k8s.io/apimachinery/pkg/apis/meta/v1.OwnerReference
  "^|metadata:1146", // k8s.io/apimachinery/pkg/apis/meta/v1.PartialObjectMetadata
  "^|metadata:1143 items!:*1148@meta.k8s.io/v1/PartialObjectMetadata", // k8s.io/apimachinery/pkg/apis/meta/v1.PartialObjectMetadataList
  "^|dryRun:*s force?:b fieldManager:s fieldValidation:s", // k8s.io/apimachinery/pkg/apis/meta/v1.PatchOptions
  "uid?:s resourceVersion?:s", // k8s.io/apimachinery/pkg/apis/meta/v1.Preconditions
  "clientCIDR!:s serverAddress!:s", // k8s.io/apimachinery/pkg/apis/meta/v1.ServerAddressByClientCIDR
  "selector!:s", // k8s.io/apimachinery/pkg/apis/meta/v1.ShardInfo
  "^|metadata:1143 status:s message:s reason:s details?:1156 code:i", // k8s.io/apimachinery/pkg/apis/meta/v1.Status
  "reason:s message:s field:s", // k8s.io/apimachinery/pkg/apis/meta/v1.StatusCause
  "name:s group:s kind:s causes:*1155 retryAfterSeconds:i uid:s", // k8s.io/apimachinery/pkg/apis/meta/v1.StatusDetails
  "^|includeObject:s", // k8s.io/apimachinery/pkg/apis/meta/v1.TableOptions
  "^|dryRun:*s fieldManager:s fieldValidation:s", // k8s.io/apimachinery/pkg/apis/meta/v1.UpdateOptions
  "list|items:*s", // k8s.io/apimachinery/pkg/apis/meta/v1.Verbs
  "type!:s object!:R", // k8s.io/apimachinery/pkg/apis/meta/v1.WatchEvent
  "^|items!:*1148@meta.k8s.io/v1beta1/PartialObjectMetadata metadata:1143", // k8s.io/apimachinery/pkg/apis/meta/v1beta1.PartialObjectMetadataList
  "apiVersion:s kind:s", // k8s.io/apimachinery/pkg/runtime.TypeMeta
  "^|metadata:1146 spec:1166 status:1167", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1.APIService
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1.APIServiceCondition
  "^|metadata:1143 items[:*1163", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1.APIServiceList
  "service?:1168 group:s version:s insecureSkipTLSVerify:b caBundle:y 7=groupPriorityMinimum!:i versionPriority!:i", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1.APIServiceSpec
  "conditions:*1164", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1.APIServiceStatus
  "namespace:s name:s port?:i", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1.ServiceReference
  "^|metadata:1146 spec:1172 status:1173", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1.APIService
  "type!:s status!:s lastTransitionTime:T reason:s message:s", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1.APIServiceCondition
  "^|metadata:1143 items[:*1169", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1.APIServiceList
  "service?:1174 group:s version:s insecureSkipTLSVerify:b caBundle:y 7=groupPriorityMinimum!:i versionPriority!:i", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1.APIServiceSpec
  "conditions:*1170", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1.APIServiceStatus
  "namespace:s name:s port?:i", // k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1.ServiceReference
];

/** The message of each kind, by `apiVersion kind`. */
export const kinds: Readonly<Record<string, number>> = {
  "admissionregistration.k8s.io/v1 MutatingAdmissionPolicy": 6,
  "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding": 7,
  "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBindingList": 8,
  "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyList": 10,
  "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration": 13,
  "admissionregistration.k8s.io/v1 MutatingWebhookConfigurationList": 14,
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy": 23,
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding": 24,
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBindingList": 25,
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyList": 27,
  "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration": 31,
  "admissionregistration.k8s.io/v1 ValidatingWebhookConfigurationList": 32,
  "admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicy": 42,
  "admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicyBinding": 43,
  "admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicyBindingList": 44,
  "admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicyList": 46,
  "admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicy": 53,
  "admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicyBinding": 54,
  "admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicyBindingList": 55,
  "admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicyList": 57,
  "admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy": 68,
  "admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicyBinding": 69,
  "admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicyBindingList": 70,
  "admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicyList": 72,
  "admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration": 75,
  "admissionregistration.k8s.io/v1beta1 MutatingWebhookConfigurationList": 76,
  "admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicy": 83,
  "admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicyBinding": 84,
  "admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicyBindingList": 85,
  "admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicyList": 87,
  "admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration": 91,
  "admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfigurationList": 92,
  "apidiscovery.k8s.io/v2 APIGroupDiscovery": 96,
  "apidiscovery.k8s.io/v2 APIGroupDiscoveryList": 97,
  "apidiscovery.k8s.io/v2beta1 APIGroupDiscovery": 101,
  "apidiscovery.k8s.io/v2beta1 APIGroupDiscoveryList": 102,
  "apiextensions.k8s.io/v1 ConversionReview": 1079,
  "apiextensions.k8s.io/v1 CustomResourceDefinition": 1082,
  "apiextensions.k8s.io/v1 CustomResourceDefinitionList": 1084,
  "apiextensions.k8s.io/v1beta1 ConversionReview": 1105,
  "apiextensions.k8s.io/v1beta1 CustomResourceDefinition": 1108,
  "apiextensions.k8s.io/v1beta1 CustomResourceDefinitionList": 1110,
  "apiregistration.k8s.io/v1 APIService": 1163,
  "apiregistration.k8s.io/v1 APIServiceList": 1165,
  "apiregistration.k8s.io/v1beta1 APIService": 1169,
  "apiregistration.k8s.io/v1beta1 APIServiceList": 1171,
  "apps/v1 ControllerRevision": 112,
  "apps/v1 ControllerRevisionList": 113,
  "apps/v1 DaemonSet": 114,
  "apps/v1 DaemonSetList": 116,
  "apps/v1 Deployment": 120,
  "apps/v1 DeploymentList": 122,
  "apps/v1 ReplicaSet": 126,
  "apps/v1 ReplicaSetList": 128,
  "apps/v1 StatefulSet": 134,
  "apps/v1 StatefulSetList": 136,
  "apps/v1beta1 ControllerRevision": 142,
  "apps/v1beta1 ControllerRevisionList": 143,
  "apps/v1beta1 Deployment": 144,
  "apps/v1beta1 DeploymentList": 146,
  "apps/v1beta1 DeploymentRollback": 147,
  "apps/v1beta1 Scale": 154,
  "apps/v1beta1 StatefulSet": 157,
  "apps/v1beta1 StatefulSetList": 159,
  "apps/v1beta2 ControllerRevision": 165,
  "apps/v1beta2 ControllerRevisionList": 166,
  "apps/v1beta2 DaemonSet": 167,
  "apps/v1beta2 DaemonSetList": 169,
  "apps/v1beta2 Deployment": 173,
  "apps/v1beta2 DeploymentList": 175,
  "apps/v1beta2 ReplicaSet": 179,
  "apps/v1beta2 ReplicaSetList": 181,
  "apps/v1beta2 Scale": 187,
  "apps/v1beta2 StatefulSet": 190,
  "apps/v1beta2 StatefulSetList": 192,
  "authentication.k8s.io/v1 SelfSubjectReview": 200,
  "authentication.k8s.io/v1 TokenRequest": 202,
  "authentication.k8s.io/v1 TokenReview": 205,
  "authentication.k8s.io/v1alpha1 SelfSubjectReview": 209,
  "authentication.k8s.io/v1beta1 SelfSubjectReview": 212,
  "authentication.k8s.io/v1beta1 TokenReview": 214,
  "authorization.k8s.io/v1 LocalSubjectAccessReview": 221,
  "authorization.k8s.io/v1 SelfSubjectAccessReview": 226,
  "authorization.k8s.io/v1 SelfSubjectRulesReview": 228,
  "authorization.k8s.io/v1 SubjectAccessReview": 230,
  "authorization.k8s.io/v1beta1 LocalSubjectAccessReview": 235,
  "authorization.k8s.io/v1beta1 SelfSubjectAccessReview": 240,
  "authorization.k8s.io/v1beta1 SelfSubjectRulesReview": 242,
  "authorization.k8s.io/v1beta1 SubjectAccessReview": 244,
  "autoscaling/v1 HorizontalPodAutoscaler": 249,
  "autoscaling/v1 HorizontalPodAutoscalerList": 250,
  "autoscaling/v1 Scale": 253,
  "autoscaling/v2 HorizontalPodAutoscaler": 263,
  "autoscaling/v2 HorizontalPodAutoscalerList": 266,
  "batch/v1 CronJob": 280,
  "batch/v1 CronJobList": 281,
  "batch/v1 Job": 284,
  "batch/v1 JobList": 286,
  "batch/v1beta1 CronJob": 297,
  "batch/v1beta1 CronJobList": 298,
  "certificates.k8s.io/v1 CertificateSigningRequest": 302,
  "certificates.k8s.io/v1 CertificateSigningRequestList": 304,
  "certificates.k8s.io/v1alpha1 ClusterTrustBundle": 308,
  "certificates.k8s.io/v1alpha1 ClusterTrustBundleList": 309,
  "certificates.k8s.io/v1beta1 CertificateSigningRequest": 311,
  "certificates.k8s.io/v1beta1 CertificateSigningRequestList": 313,
  "certificates.k8s.io/v1beta1 ClusterTrustBundle": 316,
  "certificates.k8s.io/v1beta1 ClusterTrustBundleList": 317,
  "certificates.k8s.io/v1beta1 PodCertificateRequest": 320,
  "certificates.k8s.io/v1beta1 PodCertificateRequestList": 321,
  "coordination.k8s.io/v1 Lease": 324,
  "coordination.k8s.io/v1 LeaseList": 325,
  "coordination.k8s.io/v1alpha2 LeaseCandidate": 327,
  "coordination.k8s.io/v1alpha2 LeaseCandidateList": 328,
  "coordination.k8s.io/v1beta1 Lease": 330,
  "coordination.k8s.io/v1beta1 LeaseCandidate": 331,
  "coordination.k8s.io/v1beta1 LeaseCandidateList": 332,
  "coordination.k8s.io/v1beta1 LeaseList": 334,
  "discovery.k8s.io/v1 EndpointSlice": 577,
  "discovery.k8s.io/v1 EndpointSliceList": 578,
  "discovery.k8s.io/v1beta1 EndpointSlice": 585,
  "discovery.k8s.io/v1beta1 EndpointSliceList": 586,
  "events.k8s.io/v1 Event": 589,
  "events.k8s.io/v1 EventList": 590,
  "events.k8s.io/v1beta1 Event": 592,
  "events.k8s.io/v1beta1 EventList": 593,
  "extensions/v1beta1 DaemonSet": 595,
  "extensions/v1beta1 DaemonSetList": 597,
  "extensions/v1beta1 Deployment": 601,
  "extensions/v1beta1 DeploymentList": 603,
  "extensions/v1beta1 DeploymentRollback": 604,
  "extensions/v1beta1 Ingress": 611,
  "extensions/v1beta1 IngressList": 613,
  "extensions/v1beta1 NetworkPolicy": 622,
  "extensions/v1beta1 NetworkPolicyList": 625,
  "extensions/v1beta1 ReplicaSet": 629,
  "extensions/v1beta1 ReplicaSetList": 631,
  "extensions/v1beta1 Scale": 637,
  "flowcontrol.apiserver.k8s.io/v1 FlowSchema": 642,
  "flowcontrol.apiserver.k8s.io/v1 FlowSchemaList": 644,
  "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration": 652,
  "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfigurationList": 654,
  "flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema": 665,
  "flowcontrol.apiserver.k8s.io/v1beta1 FlowSchemaList": 667,
  "flowcontrol.apiserver.k8s.io/v1beta1 PriorityLevelConfiguration": 675,
  "flowcontrol.apiserver.k8s.io/v1beta1 PriorityLevelConfigurationList": 677,
  "flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema": 688,
  "flowcontrol.apiserver.k8s.io/v1beta2 FlowSchemaList": 690,
  "flowcontrol.apiserver.k8s.io/v1beta2 PriorityLevelConfiguration": 698,
  "flowcontrol.apiserver.k8s.io/v1beta2 PriorityLevelConfigurationList": 700,
  "flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema": 711,
  "flowcontrol.apiserver.k8s.io/v1beta3 FlowSchemaList": 713,
  "flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration": 721,
  "flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfigurationList": 723,
  "internal.apiserver.k8s.io/v1alpha1 StorageVersion": 107,
  "internal.apiserver.k8s.io/v1alpha1 StorageVersionList": 109,
  "meta.k8s.io/v1 PartialObjectMetadata": 1148,
  "meta.k8s.io/v1 PartialObjectMetadataList": 1149,
  "meta.k8s.io/v1 TableOptions": 1157,
  "meta.k8s.io/v1beta1 PartialObjectMetadata": 1148,
  "meta.k8s.io/v1beta1 PartialObjectMetadataList": 1161,
  "meta.k8s.io/v1beta1 TableOptions": 1157,
  "networking.k8s.io/v1 IPAddress": 734,
  "networking.k8s.io/v1 IPAddressList": 735,
  "networking.k8s.io/v1 Ingress": 738,
  "networking.k8s.io/v1 IngressClass": 740,
  "networking.k8s.io/v1 IngressClassList": 741,
  "networking.k8s.io/v1 IngressList": 744,
  "networking.k8s.io/v1 NetworkPolicy": 754,
  "networking.k8s.io/v1 NetworkPolicyList": 757,
  "networking.k8s.io/v1 ServiceCIDR": 763,
  "networking.k8s.io/v1 ServiceCIDRList": 764,
  "networking.k8s.io/v1beta1 IPAddress": 769,
  "networking.k8s.io/v1beta1 IPAddressList": 770,
  "networking.k8s.io/v1beta1 Ingress": 772,
  "networking.k8s.io/v1beta1 IngressClass": 774,
  "networking.k8s.io/v1beta1 IngressClassList": 775,
  "networking.k8s.io/v1beta1 IngressList": 778,
  "networking.k8s.io/v1beta1 ServiceCIDR": 788,
  "networking.k8s.io/v1beta1 ServiceCIDRList": 789,
  "node.k8s.io/v1 RuntimeClass": 793,
  "node.k8s.io/v1 RuntimeClassList": 794,
  "node.k8s.io/v1alpha1 RuntimeClass": 797,
  "node.k8s.io/v1alpha1 RuntimeClassList": 798,
  "node.k8s.io/v1beta1 RuntimeClass": 802,
  "node.k8s.io/v1beta1 RuntimeClassList": 803,
  "policy/v1 Eviction": 805,
  "policy/v1 PodDisruptionBudget": 806,
  "policy/v1 PodDisruptionBudgetList": 807,
  "policy/v1beta1 Eviction": 810,
  "policy/v1beta1 PodDisruptionBudget": 811,
  "policy/v1beta1 PodDisruptionBudgetList": 812,
  "rbac.authorization.k8s.io/v1 ClusterRole": 816,
  "rbac.authorization.k8s.io/v1 ClusterRoleBinding": 817,
  "rbac.authorization.k8s.io/v1 ClusterRoleBindingList": 818,
  "rbac.authorization.k8s.io/v1 ClusterRoleList": 819,
  "rbac.authorization.k8s.io/v1 Role": 821,
  "rbac.authorization.k8s.io/v1 RoleBinding": 822,
  "rbac.authorization.k8s.io/v1 RoleBindingList": 823,
  "rbac.authorization.k8s.io/v1 RoleList": 824,
  "rbac.authorization.k8s.io/v1alpha1 ClusterRole": 828,
  "rbac.authorization.k8s.io/v1alpha1 ClusterRoleBinding": 829,
  "rbac.authorization.k8s.io/v1alpha1 ClusterRoleBindingList": 830,
  "rbac.authorization.k8s.io/v1alpha1 ClusterRoleList": 831,
  "rbac.authorization.k8s.io/v1alpha1 Role": 833,
  "rbac.authorization.k8s.io/v1alpha1 RoleBinding": 834,
  "rbac.authorization.k8s.io/v1alpha1 RoleBindingList": 835,
  "rbac.authorization.k8s.io/v1alpha1 RoleList": 836,
  "rbac.authorization.k8s.io/v1beta1 ClusterRole": 840,
  "rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding": 841,
  "rbac.authorization.k8s.io/v1beta1 ClusterRoleBindingList": 842,
  "rbac.authorization.k8s.io/v1beta1 ClusterRoleList": 843,
  "rbac.authorization.k8s.io/v1beta1 Role": 845,
  "rbac.authorization.k8s.io/v1beta1 RoleBinding": 846,
  "rbac.authorization.k8s.io/v1beta1 RoleBindingList": 847,
  "rbac.authorization.k8s.io/v1beta1 RoleList": 848,
  "resource.k8s.io/v1 DeviceClass": 866,
  "resource.k8s.io/v1 DeviceClassList": 868,
  "resource.k8s.io/v1 ResourceClaim": 883,
  "resource.k8s.io/v1 ResourceClaimList": 885,
  "resource.k8s.io/v1 ResourceClaimTemplate": 888,
  "resource.k8s.io/v1 ResourceClaimTemplateList": 889,
  "resource.k8s.io/v1 ResourceSlice": 892,
  "resource.k8s.io/v1 ResourceSliceList": 893,
  "resource.k8s.io/v1alpha3 DeviceTaintRule": 896,
  "resource.k8s.io/v1alpha3 DeviceTaintRuleList": 897,
  "resource.k8s.io/v1alpha3 ResourcePoolStatusRequest": 902,
  "resource.k8s.io/v1alpha3 ResourcePoolStatusRequestList": 903,
  "resource.k8s.io/v1beta1 DeviceClass": 922,
  "resource.k8s.io/v1beta1 DeviceClassList": 924,
  "resource.k8s.io/v1beta1 ResourceClaim": 938,
  "resource.k8s.io/v1beta1 ResourceClaimList": 940,
  "resource.k8s.io/v1beta1 ResourceClaimTemplate": 943,
  "resource.k8s.io/v1beta1 ResourceClaimTemplateList": 944,
  "resource.k8s.io/v1beta1 ResourceSlice": 947,
  "resource.k8s.io/v1beta1 ResourceSliceList": 948,
  "resource.k8s.io/v1beta2 DeviceClass": 965,
  "resource.k8s.io/v1beta2 DeviceClassList": 967,
  "resource.k8s.io/v1beta2 DeviceTaintRule": 977,
  "resource.k8s.io/v1beta2 DeviceTaintRuleList": 978,
  "resource.k8s.io/v1beta2 ResourceClaim": 987,
  "resource.k8s.io/v1beta2 ResourceClaimList": 989,
  "resource.k8s.io/v1beta2 ResourceClaimTemplate": 992,
  "resource.k8s.io/v1beta2 ResourceClaimTemplateList": 993,
  "resource.k8s.io/v1beta2 ResourceSlice": 996,
  "resource.k8s.io/v1beta2 ResourceSliceList": 997,
  "scheduling.k8s.io/v1 PriorityClass": 999,
  "scheduling.k8s.io/v1 PriorityClassList": 1000,
  "scheduling.k8s.io/v1alpha2 PodGroup": 1003,
  "scheduling.k8s.io/v1alpha2 PodGroupList": 1004,
  "scheduling.k8s.io/v1alpha2 Workload": 1015,
  "scheduling.k8s.io/v1alpha2 WorkloadList": 1016,
  "scheduling.k8s.io/v1beta1 PriorityClass": 1019,
  "scheduling.k8s.io/v1beta1 PriorityClassList": 1020,
  "storage.k8s.io/v1 CSIDriver": 1021,
  "storage.k8s.io/v1 CSIDriverList": 1022,
  "storage.k8s.io/v1 CSINode": 1024,
  "storage.k8s.io/v1 CSINodeList": 1026,
  "storage.k8s.io/v1 CSIStorageCapacity": 1028,
  "storage.k8s.io/v1 CSIStorageCapacityList": 1029,
  "storage.k8s.io/v1 StorageClass": 1030,
  "storage.k8s.io/v1 StorageClassList": 1031,
  "storage.k8s.io/v1 VolumeAttachment": 1033,
  "storage.k8s.io/v1 VolumeAttachmentList": 1034,
  "storage.k8s.io/v1 VolumeAttributesClass": 1038,
  "storage.k8s.io/v1 VolumeAttributesClassList": 1039,
  "storage.k8s.io/v1alpha1 CSIStorageCapacity": 1042,
  "storage.k8s.io/v1alpha1 CSIStorageCapacityList": 1043,
  "storage.k8s.io/v1alpha1 VolumeAttachment": 1044,
  "storage.k8s.io/v1alpha1 VolumeAttachmentList": 1045,
  "storage.k8s.io/v1alpha1 VolumeAttributesClass": 1049,
  "storage.k8s.io/v1alpha1 VolumeAttributesClassList": 1050,
  "storage.k8s.io/v1beta1 CSIDriver": 1052,
  "storage.k8s.io/v1beta1 CSIDriverList": 1053,
  "storage.k8s.io/v1beta1 CSINode": 1055,
  "storage.k8s.io/v1beta1 CSINodeList": 1057,
  "storage.k8s.io/v1beta1 CSIStorageCapacity": 1059,
  "storage.k8s.io/v1beta1 CSIStorageCapacityList": 1060,
  "storage.k8s.io/v1beta1 StorageClass": 1061,
  "storage.k8s.io/v1beta1 StorageClassList": 1062,
  "storage.k8s.io/v1beta1 VolumeAttachment": 1064,
  "storage.k8s.io/v1beta1 VolumeAttachmentList": 1065,
  "storage.k8s.io/v1beta1 VolumeAttributesClass": 1069,
  "storage.k8s.io/v1beta1 VolumeAttributesClassList": 1070,
  "storagemigration.k8s.io/v1beta1 StorageVersionMigration": 1073,
  "storagemigration.k8s.io/v1beta1 StorageVersionMigrationList": 1074,
  "v1 APIGroup": 1128,
  "v1 APIGroupList": 1129,
  "v1 APIResourceList": 1131,
  "v1 APIVersions": 1132,
  "v1 Binding": 343,
  "v1 ComponentStatus": 354,
  "v1 ComponentStatusList": 355,
  "v1 ConfigMap": 356,
  "v1 ConfigMapList": 359,
  "v1 CreateOptions": 1134,
  "v1 DeleteOptions": 1135,
  "v1 Endpoints": 384,
  "v1 EndpointsList": 385,
  "v1 Event": 392,
  "v1 EventList": 393,
  "v1 GetOptions": 1137,
  "v1 LimitRange": 419,
  "v1 LimitRangeList": 421,
  "v1 List": 424,
  "v1 ListOptions": 1144,
  "v1 Namespace": 431,
  "v1 NamespaceList": 433,
  "v1 Node": 436,
  "v1 NodeList": 445,
  "v1 NodeProxyOptions": 446,
  "v1 PatchOptions": 1150,
  "v1 PersistentVolume": 458,
  "v1 PersistentVolumeClaim": 459,
  "v1 PersistentVolumeClaimList": 461,
  "v1 PersistentVolumeList": 466,
  "v1 Pod": 471,
  "v1 PodAttachOptions": 475,
  "v1 PodExecOptions": 480,
  "v1 PodList": 483,
  "v1 PodLogOptions": 484,
  "v1 PodPortForwardOptions": 486,
  "v1 PodProxyOptions": 487,
  "v1 PodStatusResult": 496,
  "v1 PodTemplate": 497,
  "v1 PodTemplateList": 498,
  "v1 RangeAllocation": 509,
  "v1 ReplicationController": 510,
  "v1 ReplicationControllerList": 512,
  "v1 ResourceQuota": 518,
  "v1 ResourceQuotaList": 519,
  "v1 Secret": 530,
  "v1 SecretList": 533,
  "v1 SerializedReference": 538,
  "v1 Service": 539,
  "v1 ServiceAccount": 540,
  "v1 ServiceAccountList": 541,
  "v1 ServiceList": 543,
  "v1 ServiceProxyOptions": 545,
  "v1 Status": 1154,
  "v1 UpdateOptions": 1158,
  "v1 WatchEvent": 1160,
};
