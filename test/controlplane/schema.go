package main

import (
	"encoding/json"
	"io"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
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

// field is on the wire as its type says: bool and the integers as varints, float64 in eight bytes, all else after its length.
// A list is a record for each element, never packed.
type field struct {
	Number int `json:"number"`
	// Name is the field's name in protobuf.
	Name string `json:"name"`
	// JSON is the whole tag: name, then omitempty, omitzero, inline. Empty for a type with a JSON form of its own.
	JSON string `json:"json"`
	// Embedded tells that the Go field is an embedded struct: a message here, its fields inlined in JSON.
	Embedded bool     `json:"embedded,omitempty"`
	Type     *typeRef `json:"type"`
}

// typeRef is a type: exactly one of the members is set. Optional stands for a Go pointer: it can be absent.
// A scalar is string, bytes, bool, int32, int64 or float64.
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
	scheme, err := newAPIScheme()
	if err != nil {
		return err
	}
	walker := &schemaWalker{messages: map[string]*message{}}
	envelope, err := walker.add(reflect.TypeFor[runtime.Unknown]())
	if err != nil {
		return err
	}
	jsonOnly := []kind{}
	for _, gvk := range versionedKinds(scheme) {
		named := kind{Group: gvk.Group, Version: gvk.Version, Kind: gvk.Kind}
		t := scheme.AllKnownTypes()[gvk]
		if !isMessage(t) {
			jsonOnly = append(jsonOnly, named)
			continue
		}
		name, err := walker.add(t)
		if err != nil {
			return err
		}
		m := walker.messages[name]
		m.Kinds = append(m.Kinds, named)
	}
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", " ")
	return encoder.Encode(wireSchema{Envelope: envelope, Messages: walker.messages, JSONOnly: jsonOnly})
}

func openAPIName(t reflect.Type) string {
	name := openapi.GetCanonicalTypeName(reflect.New(t).Interface())
	if strings.Contains(name, "/") {
		return openapi.ToRESTFriendlyName(name) // a type that does not name its schema itself
	}
	return name
}
