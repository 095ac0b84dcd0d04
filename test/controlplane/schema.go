package main

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"sort"
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
	openapi "k8s.io/kube-openapi/pkg/util"
)

// wireSchema is what OpenAPI does not say about the protobuf form of each type. Its reader is written in another
// language, so nothing in it needs Go to be understood.
type wireSchema struct {
	// Envelope is the message around every object, and Messages every message by the name of its Go type.
	Envelope string              `json:"envelope"`
	Messages map[string]*message `json:"messages"`
	// JSONOnly are the kinds without a protobuf form.
	JSONOnly []kind `json:"jsonOnly"`
}

type message struct {
	// OpenAPI is the name of the type's schema in OpenAPI.
	OpenAPI string `json:"openapi"`
	// Kinds are those that the type stands for.
	Kinds []kind `json:"kinds,omitempty"`
	// TypeMeta tells that the JSON form has apiVersion and kind, which in protobuf are in the envelope.
	TypeMeta bool `json:"typeMeta,omitempty"`
	// Special names the type whose JSON form is not an object of its fields.
	Special string  `json:"special,omitempty"`
	Fields  []field `json:"fields"`
}

type kind struct {
	Group   string `json:"group"`
	Version string `json:"version"`
	Kind    string `json:"kind"`
}

type field struct {
	Number int `json:"number"`
	// Name is the field's name in protobuf.
	Name string `json:"name"`
	// Wire is varint, bytes, fixed64 or fixed32.
	Wire string `json:"wire"`
	// Cardinality is opt, req or rep; Packed goes with rep.
	Cardinality string `json:"cardinality"`
	Packed      bool   `json:"packed,omitempty"`
	// JSON is the whole tag: name, then omitempty, omitzero, inline. Empty for a type with a JSON form of its own.
	JSON string `json:"json"`
	// Embedded tells that the Go field is an embedded struct: a message here, its fields inlined in JSON.
	Embedded bool     `json:"embedded,omitempty"`
	Type     *typeRef `json:"type"`
}

// typeRef is a type: exactly one of the members is set. Optional stands for a Go pointer: it can be absent.
type typeRef struct {
	Scalar   string   `json:"scalar,omitempty"`
	Message  string   `json:"message,omitempty"`
	List     *typeRef `json:"list,omitempty"`
	Map      *mapRef  `json:"map,omitempty"`
	Optional *typeRef `json:"optional,omitempty"`
}

type mapRef struct {
	Key   *typeRef `json:"key"`
	Value *typeRef `json:"value"`
}

// printSchema writes the schema of every message of Kubernetes, found by walking over the Go types.
func printSchema(to io.Writer) error {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		clientgo.AddToScheme, apiextensionsv1.AddToScheme, apiextensionsv1beta1.AddToScheme, apiregistrationv1.AddToScheme,
		apiregistrationv1beta1.AddToScheme, discoveryv2.AddToScheme, discoveryv2beta1.AddToScheme, metav1.AddMetaToScheme, metav1beta1.AddMetaToScheme,
	} {
		if err := add(scheme); err != nil {
			return err
		}
	}
	walker := &schemaWalker{messages: map[string]*message{}}
	envelope, err := walker.add(reflect.TypeFor[runtime.Unknown]())
	if err != nil {
		return err
	}
	jsonOnly := []kind{}
	for gvk, t := range scheme.AllKnownTypes() {
		if gvk.Version == runtime.APIVersionInternal {
			continue
		}
		// DeleteOptions and the like are registered in every group again.
		repeated := isShared(t) && gvk.Group != "meta.k8s.io" && (gvk != schema.GroupVersionKind{Version: "v1", Kind: gvk.Kind})
		named := kind{Group: gvk.Group, Version: gvk.Version, Kind: gvk.Kind}
		if !isMessage(t) {
			jsonOnly = append(jsonOnly, named)
			continue
		}
		name, err := walker.add(t)
		if err != nil {
			return err
		}
		if m := walker.messages[name]; !repeated {
			m.Kinds = append(m.Kinds, named)
		}
	}
	for _, m := range walker.messages {
		sortKinds(m.Kinds)
	}
	sortKinds(jsonOnly)
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", " ")
	return encoder.Encode(wireSchema{Envelope: envelope, Messages: walker.messages, JSONOnly: jsonOnly})
}

func sortKinds(kinds []kind) {
	sort.Slice(kinds, func(i, j int) bool { return fmt.Sprint(kinds[i]) < fmt.Sprint(kinds[j]) })
}

func isShared(t reflect.Type) bool {
	return t.PkgPath() == reflect.TypeFor[metav1.Status]().PkgPath()
}

func openAPIName(t reflect.Type) string {
	name := openapi.GetCanonicalTypeName(reflect.New(t).Interface())
	if strings.Contains(name, "/") {
		return openapi.ToRESTFriendlyName(name) // a type that does not name its schema itself
	}
	return name
}
