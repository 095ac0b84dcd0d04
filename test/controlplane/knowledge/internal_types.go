package knowledge

import (
	"encoding/json"
	"reflect"
	"strings"
	"unicode"

	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/apis/core"
)

// internalField is a field of a struct of the server's own, which some of its messages show as JSON.
type internalField struct {
	// Name is what JSON calls it: its name in Go. "" stands for all fields of the struct that From holds.
	Name string `json:"name"`
	// From is what the public version calls it.
	From string `json:"from"`
	// Zero is what is shown where it is missing; without it, the struct within is shown with nothing in it.
	Zero json.RawMessage `json:"zero,omitempty"`
	// Type is the struct within, of the server's own too; of lists and maps that of their items.
	Type string `json:"type,omitempty"`
}

// shownStructs are those that messages show, with what they are in the public version: whatever makes pods refuses changes
// of their templates, and pods and claims those of their own.
var shownStructs = map[reflect.Type]reflect.Type{
	reflect.TypeFor[core.PodTemplateSpec](): reflect.TypeFor[v1.PodTemplateSpec](),
}

// internalTypes gives those structs and all within, by name.
func internalTypes() (map[string][]internalField, error) {
	found := map[string][]internalField{}
	for internal, public := range shownStructs {
		if err := addInternalType(internal, public, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func addInternalType(internal, public reflect.Type, found map[string][]internalField) error {
	if _, known := found[internal.Name()]; known {
		return nil
	}
	found[internal.Name()] = nil
	fields := []internalField{}
	for _, field := range promoted(internal) {
		counterpart, has := public.FieldByName(field.Name)
		from, _, _ := strings.Cut(counterpart.Tag.Get("json"), ",")
		if from == "" {
			from = lowerFirst(field.Name)
		}
		described := internalField{Name: field.Name, From: from}
		if field.Anonymous {
			described.Name, described.From = "", "metadata"
		}
		within := innermost(field.Type)
		if has && isInternal(within) {
			described.Type = within.Name()
			if err := addInternalType(within, innermost(counterpart.Type), found); err != nil {
				return err
			}
		}
		if described.Type == "" || field.Type.Kind() != reflect.Struct {
			zero, err := json.Marshal(reflect.Zero(field.Type).Interface())
			if err != nil {
				return err
			}
			described.Zero = zero
		}
		fields = append(fields, described)
	}
	found[internal.Name()] = fields
	return nil
}

// promoted gives the fields of a struct with those of the embedded ones of the server's own among them.
func promoted(t reflect.Type) []reflect.StructField {
	found := []reflect.StructField{}
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Anonymous && isInternal(field.Type) {
			found = append(found, promoted(field.Type)...)
		} else {
			found = append(found, field)
		}
	}
	return found
}

func isInternal(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.PkgPath() == reflect.TypeFor[core.Pod]().PkgPath()
}

func lowerFirst(name string) string {
	return string(unicode.ToLower(rune(name[0]))) + name[1:]
}
