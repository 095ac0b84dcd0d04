package knowledge

import (
	"reflect"
	"strings"
	"sync"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/kube-openapi/pkg/common"
	"k8s.io/kube-openapi/pkg/validation/spec"
	generatedopenapi "k8s.io/kubernetes/pkg/generated/openapi"
)

// structField is a field as JSON has it.
type structField struct {
	name string
	// t is without the pointer.
	t       reflect.Type
	pointer bool
	// enum are the values that OpenAPI lists.
	enum []string
}

// fieldsOf gives the fields of a struct with those of embedded structs among its own, without apiVersion and kind.
func fieldsOf(t reflect.Type) []structField {
	found := []structField{}
	properties := propertiesOf(t)
	for i := range t.NumField() {
		field := t.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Type == reflect.TypeFor[metav1.TypeMeta](), !field.IsExported(), name == "-":
		case name == "" && field.Anonymous:
			found = append(found, fieldsOf(pointed(field.Type))...)
		case name != "":
			found = append(found, structField{name, pointed(field.Type), field.Type.Kind() == reflect.Pointer, enumOf(properties[name])})
		}
	}
	return found
}

// isStruct tells whether values of a type are objects of their fields in JSON.
func isStruct(t reflect.Type) bool {
	_, special := (&filler{}).special(t)
	return t.Kind() == reflect.Struct && !special
}

var openAPI = sync.OnceValue(func() map[string]common.OpenAPIDefinition {
	return generatedopenapi.GetOpenAPIDefinitions(func(string) spec.Ref { return spec.Ref{} })
})

func propertiesOf(t reflect.Type) map[string]spec.Schema {
	if named, ok := reflect.Zero(t).Interface().(interface{ OpenAPIModelName() string }); ok {
		return openAPI()[named.OpenAPIModelName()].Schema.Properties
	}
	return nil
}

func enumOf(schema spec.Schema) []string {
	if schema.Items != nil && schema.Items.Schema != nil {
		return enumOf(*schema.Items.Schema)
	}
	found := []string{}
	for _, value := range schema.Enum {
		if text, ok := value.(string); ok {
			found = append(found, text)
		}
	}
	return found
}
