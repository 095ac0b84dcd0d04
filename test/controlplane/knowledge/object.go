package knowledge

import (
	"encoding/json"
	"reflect"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// objects makes objects of one kind and version and takes them through the form in which the server works with them.
type objects struct {
	scheme *runtime.Scheme
	gvk    schema.GroupVersionKind
}

// full gives an object with a value in every field. All of them differ between the first and the second one.
func (o objects) full(second bool) (runtime.Object, error) {
	object, err := o.scheme.New(o.gvk)
	if err != nil {
		return nil, err
	}
	f := &filler{next: 1, truth: !second}
	if second {
		f.next = 100_000
	}
	f.fill(reflect.ValueOf(object).Elem())
	accessor, err := meta.Accessor(object)
	if err != nil {
		return nil, err
	}
	accessor.SetDeletionTimestamp(nil)
	accessor.SetDeletionGracePeriodSeconds(nil)
	return object, nil
}

// read makes an object from JSON.
func (o objects) read(from tree) (runtime.Object, error) {
	object, err := o.scheme.New(o.gvk)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(from)
	if err != nil {
		return nil, err
	}
	return object, json.Unmarshal(text, object)
}

// internal converts to the form without a version.
func (o objects) internal(object runtime.Object) (runtime.Object, error) {
	return o.scheme.UnsafeConvertToVersion(object.DeepCopyObject(), schema.GroupVersion{Group: o.gvk.Group, Version: runtime.APIVersionInternal})
}

// write gives the JSON of an object of any version, in the version of this kind.
func (o objects) write(object runtime.Object) (tree, error) {
	versioned, err := o.scheme.ConvertToVersion(object, o.gvk.GroupVersion())
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(versioned)
	if err != nil {
		return nil, err
	}
	written := tree{}
	return written, json.Unmarshal(text, &written)
}
