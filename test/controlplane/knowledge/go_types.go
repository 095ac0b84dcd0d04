package knowledge

import (
	"reflect"
	"strings"

	genericapiserver "k8s.io/apiserver/pkg/server"
)

// goTypes gives the names that Go's errors use for the types of fields, by struct and JSON name, where these cannot be
// told from the value: of the field, of its items, and of theirs. `["[]v1.UserName", "v1.UserName"]`.
func goTypes(groups []genericapiserver.APIGroupInfo) map[string]map[string][]string {
	found := map[string]map[string][]string{}
	seen := map[reflect.Type]bool{}
	for _, group := range groups {
		for _, version := range group.PrioritizedVersions {
			if group.VersionedResourcesStorageMap[version.Version] == nil {
				continue
			}
			for _, t := range group.Scheme.KnownTypes(version) {
				addGoTypes(t, found, seen)
			}
		}
	}
	return found
}

func addGoTypes(t reflect.Type, found map[string]map[string][]string, seen map[reflect.Type]bool) {
	if t.Kind() != reflect.Struct || seen[t] {
		return
	}
	seen[t] = true
	named := map[string][]string{}
	for i := range t.NumField() {
		field := t.Field(i)
		chain, told := typeNames(field.Type)
		if key, _, _ := strings.Cut(field.Tag.Get("json"), ","); key != "" && key != "-" && !told {
			named[key] = chain
		}
		addGoTypes(innermost(field.Type), found, seen)
	}
	if len(named) > 0 {
		found[typeName(t)] = named
	}
}

// typeNames names a type and those within, and tells whether all of them can be told from their kind.
func typeNames(t reflect.Type) (chain []string, told bool) {
	t = pointed(t)
	switch t.Kind() {
	case reflect.Slice, reflect.Map:
		if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
			return []string{t.String()}, t.Name() == ""
		}
		within, told := typeNames(t.Elem())
		plainKey := t.Kind() == reflect.Slice || t.Key() == reflect.TypeFor[string]()
		return append([]string{t.String()}, within...), told && t.Name() == "" && plainKey && t.Elem().Kind() != reflect.Pointer
	case reflect.Struct:
		return []string{t.String()}, true
	}
	return []string{t.String()}, t.PkgPath() == ""
}

func innermost(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	return t
}

func pointed(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
