package knowledge

import (
	"fmt"
	"reflect"
	"time"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	quantity "k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// filler gives every field of an object a value of its own: one item to a list, one entry to a map. Objects of the same
// type filled from different starts, and with the other truth, have nothing in common.
type filler struct {
	next  int
	truth bool
	// within are the types around the one being filled: one that holds itself is filled once.
	within []reflect.Type
}

func (f *filler) fill(to reflect.Value) {
	f.next++
	if special, ok := f.special(to.Type()); ok {
		to.Set(reflect.ValueOf(special))
		return
	}
	switch to.Kind() {
	case reflect.Pointer:
		if f.isWithin(to.Type().Elem()) {
			return
		}
		to.Set(reflect.New(to.Type().Elem()))
		f.fill(to.Elem())
	case reflect.Struct:
		f.within = append(f.within, to.Type())
		for i := range to.NumField() {
			if to.Type().Field(i).IsExported() && to.Type().Field(i).Type != reflect.TypeFor[metav1.TypeMeta]() {
				f.fill(to.Field(i))
			}
		}
		f.within = f.within[:len(f.within)-1]
	case reflect.Slice:
		if f.isWithin(to.Type().Elem()) {
			return
		}
		if to.Type().Elem().Kind() == reflect.Uint8 {
			to.SetBytes(fmt.Appendf(nil, "bytes-%d", f.next))
			return
		}
		to.Set(reflect.MakeSlice(to.Type(), 1, 1))
		f.fill(to.Index(0))
	case reflect.Map:
		if f.isWithin(to.Type().Elem()) {
			return
		}
		key, value := reflect.New(to.Type().Key()).Elem(), reflect.New(to.Type().Elem()).Elem()
		f.fill(key)
		f.fill(value)
		to.Set(reflect.MakeMap(to.Type()))
		to.SetMapIndex(key, value)
	case reflect.String:
		to.SetString(fmt.Sprintf("v%d", f.next))
	case reflect.Bool:
		to.SetBool(f.truth)
	case reflect.Int, reflect.Int32, reflect.Int64:
		to.SetInt(int64(f.next))
	case reflect.Float64:
		to.SetFloat(float64(f.next))
	}
}

func (f *filler) isWithin(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	for _, one := range f.within {
		if one == t {
			return true
		}
	}
	return false
}

// special gives values of types that write their JSON themselves.
func (f *filler) special(t reflect.Type) (any, bool) {
	moment := time.Date(2020, 1, 1, 0, 0, f.next, 0, time.UTC)
	switch t {
	case reflect.TypeFor[metav1.Time]():
		return metav1.NewTime(moment), true
	case reflect.TypeFor[metav1.MicroTime]():
		return metav1.NewMicroTime(moment), true
	case reflect.TypeFor[metav1.Duration]():
		return metav1.Duration{Duration: time.Duration(f.next) * time.Second}, true
	case reflect.TypeFor[metav1.FieldsV1]():
		return metav1.FieldsV1{Raw: []byte("{}")}, true
	case reflect.TypeFor[quantity.Quantity]():
		return *quantity.NewQuantity(int64(f.next), quantity.DecimalSI), true
	case reflect.TypeFor[intstr.IntOrString]():
		return intstr.FromInt(f.next), true
	case reflect.TypeFor[runtime.RawExtension]():
		return runtime.RawExtension{Raw: fmt.Appendf(nil, `{"v":%d}`, f.next)}, true
	case reflect.TypeFor[apiextensionsv1.JSON]():
		return apiextensionsv1.JSON{Raw: fmt.Appendf(nil, `"v%d"`, f.next)}, true
	}
	return nil, false
}
