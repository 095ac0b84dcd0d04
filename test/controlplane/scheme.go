package main

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	discoveryv2 "k8s.io/api/apidiscovery/v2"
	discoveryv2beta1 "k8s.io/api/apidiscovery/v2beta1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsv1beta1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	metav1beta1 "k8s.io/apimachinery/pkg/apis/meta/v1beta1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	clientgo "k8s.io/client-go/kubernetes/scheme"
	apiregistrationv1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	apiregistrationv1beta1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1"
)

// newAPIScheme knows the Go type of everything that a Kubernetes API server reads and writes.
func newAPIScheme() (*runtime.Scheme, error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		clientgo.AddToScheme, apiextensionsv1.AddToScheme, apiextensionsv1beta1.AddToScheme, apiregistrationv1.AddToScheme,
		apiregistrationv1beta1.AddToScheme, discoveryv2.AddToScheme, discoveryv2beta1.AddToScheme, metav1.AddMetaToScheme, metav1beta1.AddMetaToScheme,
	} {
		if err := add(scheme); err != nil {
			return nil, err
		}
	}
	return scheme, nil
}

// versionedKinds are the kinds of a scheme in a fixed order, each once.
func versionedKinds(scheme *runtime.Scheme) []schema.GroupVersionKind {
	var kinds []schema.GroupVersionKind
	for gvk, t := range scheme.AllKnownTypes() {
		// DeleteOptions and the like are registered in every group again.
		repeated := isShared(t) && gvk.Group != "meta.k8s.io" && (gvk != schema.GroupVersionKind{Version: "v1", Kind: gvk.Kind})
		if gvk.Version != runtime.APIVersionInternal && !repeated {
			kinds = append(kinds, gvk)
		}
	}
	slices.SortFunc(kinds, func(a, b schema.GroupVersionKind) int {
		return cmp.Or(strings.Compare(a.Group, b.Group), strings.Compare(a.Version, b.Version), strings.Compare(a.Kind, b.Kind))
	})
	return kinds
}

func isShared(t reflect.Type) bool {
	return t.PkgPath() == reflect.TypeFor[metav1.Status]().PkgPath()
}

// isMessage tells whether a type can read itself from protobuf: not all do, and a named list may be only a name.
func isMessage(t reflect.Type) bool {
	_, ok := reflect.New(t).Interface().(interface{ Unmarshal([]byte) error })
	return ok
}
