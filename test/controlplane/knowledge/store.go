package knowledge

import (
	"reflect"

	genericregistry "k8s.io/apiserver/pkg/registry/generic/registry"
	"k8s.io/apiserver/pkg/registry/rest"
)

// storeOf gives the store that a storage is made over, or nil for one without. Those of subresources keep it in a field
// that is not exported, so reflection has to look.
func storeOf(storage rest.Storage) *genericregistry.Store {
	value := reflect.Indirect(reflect.ValueOf(storage))
	if value.Kind() != reflect.Struct {
		return nil
	}
	for i := range value.NumField() {
		switch field := value.Field(i); {
		case field.Type() == reflect.TypeFor[*genericregistry.Store]():
			return (*genericregistry.Store)(field.UnsafePointer())
		case field.Kind() == reflect.Interface && value.Type().Field(i).Anonymous:
			if inner, ok := field.Interface().(rest.Storage); ok {
				return storeOf(inner)
			}
		}
	}
	return nil
}
