package knowledge

import (
	"fmt"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsserver "k8s.io/apiextensions-apiserver/pkg/apiserver"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apiserver/pkg/registry/rest"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/client-go/kubernetes"
	apiservice "k8s.io/kube-aggregator/pkg/registry/apiservice/rest"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
)

// installedStorage gives what the three servers in one would serve, as their installation does: controlplane/apiserver
// InstallAPIs, and the New of apiextensions-apiserver and kube-aggregator.
func installedStorage(config *apiserver.Config) ([]genericapiserver.APIGroupInfo, error) {
	kubeAPIs := config.KubeAPIs.Complete()
	generic := kubeAPIs.ControlPlane.Generic
	client, err := kubernetes.NewForConfig(generic.LoopbackClientConfig)
	if err != nil {
		return nil, err
	}
	providers, err := kubeAPIs.StorageProviders(client)
	if err != nil {
		return nil, err
	}
	expired, err := genericapiserver.NewResourceExpirationEvaluatorFromOptions(genericapiserver.ResourceExpirationEvaluatorOptions{
		CurrentVersion: generic.EffectiveVersion.EmulationVersion(),
		Prerelease:     generic.EffectiveVersion.BinaryVersion().PreRelease(),
	})
	if err != nil {
		return nil, err
	}
	enabled := generic.MergedResourceConfig
	groups := []genericapiserver.APIGroupInfo{}
	for _, provider := range providers {
		group, err := provider.NewRESTStorage(enabled, generic.RESTOptionsGetter)
		if err != nil {
			return nil, fmt.Errorf("storage of %q: %w", provider.GroupName(), err)
		}
		err = expired.RemoveUnavailableKinds(provider.GroupName(), group.Scheme, group.VersionedResourcesStorageMap, enabled)
		if err != nil {
			return nil, err
		}
		if len(group.VersionedResourcesStorageMap) > 0 {
			groups = append(groups, group)
		}
	}

	definitions, err := customresourcedefinition.NewREST(apiextensionsserver.Scheme, config.ApiExtensions.GenericConfig.RESTOptionsGetter)
	if err != nil {
		return nil, err
	}
	extensions := genericapiserver.NewDefaultAPIGroupInfo(
		apiextensions.GroupName, apiextensionsserver.Scheme, metav1.ParameterCodec, apiextensionsserver.Codecs)
	extensions.VersionedResourcesStorageMap[apiextensionsv1.SchemeGroupVersion.Version] = map[string]rest.Storage{
		"customresourcedefinitions":        definitions,
		"customresourcedefinitions/status": customresourcedefinition.NewStatusREST(apiextensionsserver.Scheme, definitions),
	}

	aggregated := config.Aggregator.GenericConfig
	return append(groups, extensions, apiservice.NewRESTStorage(aggregated.MergedResourceConfig, aggregated.RESTOptionsGetter, false)), nil
}
