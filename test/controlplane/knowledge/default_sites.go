package knowledge

import (
	"reflect"
	"slices"
	"strings"
)

// site is a struct within the objects of a kind, by the way to it: names of fields, and `[]` and `{}` for what is in
// lists and maps.
type site struct {
	path []string
	t    reflect.Type
}

// sitesOf lists the structs within a type, the type itself first. One that holds itself is entered once.
func sitesOf(t reflect.Type) []site {
	found := []site{}
	var walk func(path []string, t reflect.Type, within []reflect.Type)
	walk = func(path []string, t reflect.Type, within []reflect.Type) {
		if slices.Contains(within, t) {
			return
		}
		found = append(found, site{slices.Clone(path), t})
		within = append(slices.Clone(within), t)
		for _, field := range fieldsOf(t) {
			inner, way := field.t, append(slices.Clone(path), field.name)
			for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Map {
				way = append(way, map[reflect.Kind]string{reflect.Slice: "[]", reflect.Map: "{}"}[inner.Kind()])
				inner = pointed(inner.Elem())
			}
			if isStruct(inner) && field.name != "managedFields" {
				walk(way, inner, within)
			}
		}
	}
	walk(nil, t, nil)
	return found
}

const mapKey = "key"

// place puts a value at the end of a way, one item in each list on it.
func place(path []string, value any) any {
	for _, step := range slices.Backward(path) {
		switch step {
		case "[]":
			value = []any{value}
		case "{}":
			value = tree{mapKey: value}
		default:
			value = tree{step: value}
		}
	}
	return value
}

// find gives the value at the end of a way, and nil when there is none.
func find(in any, path []string) any {
	for _, step := range path {
		switch within := in.(type) {
		case []any:
			if len(within) == 0 {
				return nil
			}
			in = within[0]
		case tree:
			if step == "{}" {
				step = mapKey
			}
			in = within[step]
		default:
			return nil
		}
	}
	return in
}

// put sets a value at the end of a way of fields, in a tree that may have some of them.
func put(in tree, path []string, value any) {
	for _, step := range path[:len(path)-1] {
		inner, ok := in[step].(tree)
		if !ok {
			inner = tree{}
			in[step] = inner
		}
		in = inner
	}
	in[path[len(path)-1]] = value
}

func wayText(path []string) string {
	return strings.NewReplacer(".[]", "[]", ".{}", "{}").Replace(strings.Join(path, "."))
}
