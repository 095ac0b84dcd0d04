package knowledge

import (
	"reflect"

	quantity "k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// feature is something on which a default may depend: a field, by its way from a struct.
type feature struct {
	path    []string
	t       reflect.Type
	pointer bool
	enum    []string
}

// featuresOf gives the fields of a struct, and of structs that are always there.
func featuresOf(t reflect.Type) []feature {
	found := []feature{}
	for _, field := range fieldsOf(t) {
		switch {
		case field.name == "managedFields" || field.name == "creationTimestamp":
		case isStruct(field.t) && !field.pointer:
			for _, inner := range featuresOf(field.t) {
				inner.path = append([]string{field.name}, inner.path...)
				found = append(found, inner)
			}
		default:
			found = append(found, feature{[]string{field.name}, field.t, field.pointer, field.enum})
		}
	}
	return found
}

// isFilled tells whether what became of a value may be no more than the defaults of what is in it.
func (f feature) isFilled(is any) bool {
	inner := f.t
	for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Map {
		inner = pointed(inner.Elem())
	}
	return isStruct(inner) && is != gone{}
}

// freeTexts are tried where OpenAPI lists no values: two that nothing asks for, and some that defaults ask for.
var freeTexts = []string{"probe-a", "probe-b", "User", "Group", "ServiceAccount", "Container"}

// values gives those to try. Two or more of a kind show whether a default is copied from it.
func (f feature) values() []any {
	found := valuesOf(f.t, f.enum)
	if zero, ok := map[reflect.Kind]any{reflect.Bool: false, reflect.Int32: 0.0, reflect.Int64: 0.0}[f.t.Kind()]; ok && f.pointer {
		found = append(found, zero)
	}
	return found
}

func valuesOf(t reflect.Type, enum []string) []any {
	switch t {
	case reflect.TypeFor[quantity.Quantity]():
		return []any{"7", "9"}
	case reflect.TypeFor[intstr.IntOrString]():
		return []any{7.0, "9%"}
	case reflect.TypeFor[metav1.Time]():
		return []any{"2020-01-01T00:00:00Z"}
	case reflect.TypeFor[metav1.MicroTime]():
		return []any{"2020-01-01T00:00:00.000000Z"}
	}
	if _, special := (&filler{}).special(t); special {
		return nil
	}
	switch t.Kind() {
	case reflect.Struct:
		return []any{tree{}}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return []any{"AA==", "AQ=="}
		}
		return each(valuesOf(pointed(t.Elem()), enum), func(item any) any { return []any{item} })
	case reflect.Map:
		return each(valuesOf(pointed(t.Elem()), enum), func(item any) any { return tree{mapKey: item} })
	case reflect.String:
		texts := freeTexts
		if len(enum) > 0 {
			texts = append(append([]string{}, enum...), freeTexts[:2]...)
		}
		return each(texts, func(text string) any { return text })
	case reflect.Bool:
		return []any{true}
	}
	return []any{7.0, 9.0}
}

func each[T any](from []T, to func(T) any) []any {
	found := []any{}
	for _, one := range from {
		found = append(found, to(one))
	}
	return found
}
