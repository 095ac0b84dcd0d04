package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsv1beta1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// specials are the types that write their JSON themselves. A new one fails the run, as the reader must learn it.
var specials = map[reflect.Type]string{
	reflect.TypeFor[metav1.Time]():                                       "time",
	reflect.TypeFor[metav1.MicroTime]():                                  "microTime",
	reflect.TypeFor[metav1.Duration]():                                   "duration",
	reflect.TypeFor[metav1.FieldsV1]():                                   "fieldsV1",
	reflect.TypeFor[resource.Quantity]():                                 "quantity",
	reflect.TypeFor[intstr.IntOrString]():                                "intOrString",
	reflect.TypeFor[runtime.RawExtension]():                              "rawExtension",
	reflect.TypeFor[runtime.Unknown]():                                   "unknown",
	reflect.TypeFor[apiextensionsv1.JSON]():                              "json",
	reflect.TypeFor[apiextensionsv1.JSONSchemaProps]():                   "jsonSchemaProps",
	reflect.TypeFor[apiextensionsv1.JSONSchemaPropsOrArray]():            "jsonSchemaPropsOrArray",
	reflect.TypeFor[apiextensionsv1.JSONSchemaPropsOrBool]():             "jsonSchemaPropsOrBool",
	reflect.TypeFor[apiextensionsv1.JSONSchemaPropsOrStringArray]():      "jsonSchemaPropsOrStringArray",
	reflect.TypeFor[apiextensionsv1beta1.JSON]():                         "json",
	reflect.TypeFor[apiextensionsv1beta1.JSONSchemaProps]():              "jsonSchemaProps",
	reflect.TypeFor[apiextensionsv1beta1.JSONSchemaPropsOrArray]():       "jsonSchemaPropsOrArray",
	reflect.TypeFor[apiextensionsv1beta1.JSONSchemaPropsOrBool]():        "jsonSchemaPropsOrBool",
	reflect.TypeFor[apiextensionsv1beta1.JSONSchemaPropsOrStringArray](): "jsonSchemaPropsOrStringArray",
}

// standIns are the types whose wire form is that of another one, which has the tags.
var standIns = map[reflect.Type]reflect.Type{
	reflect.TypeFor[metav1.Time]():      reflect.TypeFor[metav1.Timestamp](),
	reflect.TypeFor[metav1.MicroTime](): reflect.TypeFor[metav1.Timestamp](),
}

type schemaWalker struct{ messages map[string]*message }

// add describes a message type and all it refers to, and returns its name.
func (w *schemaWalker) add(t reflect.Type) (string, error) {
	name := t.PkgPath() + "." + t.Name()
	if w.messages[name] != nil {
		return name, nil
	}
	if !isMessage(t) {
		return "", fmt.Errorf("%s is no protobuf message", name)
	}
	m := &message{OpenAPI: openAPIName(t), Special: specials[t], Fields: []field{}}
	w.messages[name] = m
	if m.Special == "" && writesOwnJSON(t) {
		return "", fmt.Errorf("%s writes its JSON itself and is not in the list of special types", name)
	}
	source := t
	if standIn := standIns[t]; standIn != nil {
		source = standIn
	}
	switch {
	case t == reflect.TypeFor[resource.Quantity]():
		m.Fields = append(m.Fields, field{Number: 1, Name: "string", Type: &typeRef{Scalar: "string"}})
		return name, nil
	case source.Kind() == reflect.Slice:
		// A named list is a message with the list as its only field; in JSON it is the list.
		m.Special = "list"
		element, err := w.ref(source.Elem())
		if err != nil {
			return "", err
		}
		m.Fields = append(m.Fields, field{Number: 1, Name: "items", Type: &typeRef{List: element}})
		return name, nil
	case source.Kind() != reflect.Struct:
		return "", fmt.Errorf("%s is a message and neither a struct nor a list", name)
	}
	for i := range source.NumField() {
		if err := w.addField(m, source, i); err != nil {
			return "", err
		}
	}
	return name, nil
}

func (w *schemaWalker) addField(m *message, owner reflect.Type, index int) error {
	f := owner.Field(index)
	tag, tagged := f.Tag.Lookup("protobuf")
	switch {
	case f.Type == reflect.TypeFor[metav1.TypeMeta]() && !tagged:
		m.TypeMeta = true
		return nil
	case !tagged && f.Tag.Get("json") == "-", !f.IsExported(), tag == "-":
		return nil
	case !tagged:
		return fmt.Errorf("%v.%s has no protobuf tag", owner, f.Name)
	}
	described, err := parseTag(tag)
	if err != nil {
		return fmt.Errorf("%v.%s: %w", owner, f.Name, err)
	}
	if described.Name == "" {
		// One tag leaves the name out; the .proto file then has the Go name, written small.
		described.Name = strings.ToLower(f.Name[:1]) + f.Name[1:]
	}
	described.JSON = f.Tag.Get("json")
	described.Embedded = f.Anonymous
	if described.Type, err = w.ref(f.Type); err != nil {
		return fmt.Errorf("%v.%s: %w", owner, f.Name, err)
	}
	if err := verifyField(owner, index, described); err != nil {
		return fmt.Errorf("%v.%s: %w", owner, f.Name, err)
	}
	m.Fields = append(m.Fields, described)
	return nil
}

// parseTag reads the number and the name in a tag such as `bytes,2,rep,name=items`. What else it says nobody else reads, and it
// is wrong in places: verifyField sees how the field really is.
func parseTag(tag string) (field, error) {
	parts := strings.Split(tag, ",")
	if len(parts) < 2 {
		return field{}, fmt.Errorf("protobuf tag %q is too short", tag)
	}
	number, err := strconv.Atoi(parts[1])
	if err != nil {
		return field{}, fmt.Errorf("protobuf tag %q: %w", tag, err)
	}
	described := field{Number: number}
	for _, part := range parts[2:] {
		if name, isName := strings.CutPrefix(part, "name="); isName {
			described.Name = name
		}
	}
	return described, nil
}

// ref describes a type in words that every language has.
func (w *schemaWalker) ref(t reflect.Type) (*typeRef, error) {
	if t.Kind() == reflect.Pointer {
		target, err := w.ref(t.Elem())
		return &typeRef{Optional: target}, err
	}
	if t.Kind() == reflect.Struct || t.Kind() == reflect.Slice && isMessage(t) {
		name, err := w.add(t)
		return &typeRef{Message: name}, err
	}
	switch t.Kind() {
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return &typeRef{Scalar: "bytes"}, nil
		}
		element, err := w.ref(t.Elem())
		return &typeRef{List: element}, err
	case reflect.Map:
		key, err := w.ref(t.Key())
		if err != nil {
			return nil, err
		}
		value, err := w.ref(t.Elem())
		return &typeRef{Map: &mapRef{Key: key, Value: value}}, err
	case reflect.Bool, reflect.String, reflect.Int32, reflect.Int64, reflect.Float64:
		return &typeRef{Scalar: t.Kind().String()}, nil
	case reflect.Int:
		return &typeRef{Scalar: "int64"}, nil
	}
	return nil, fmt.Errorf("no neutral form for %v", t)
}

func writesOwnJSON(t reflect.Type) bool {
	_, ok := reflect.New(t).Interface().(json.Marshaler)
	return ok
}
