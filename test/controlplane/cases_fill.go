package main

import (
	"math/rand/v2"
	"reflect"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsv1beta1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// maxNesting bounds how deep schemas within schemas go.
const maxNesting = 24

// filler sets the fields of an object at random. The same random numbers give the same object.
type filler struct {
	random *rand.Rand
	// density is the probability that something is set: 0 makes an object without anything, 1 sets every field.
	density float64
	// left is how many pointers, lists and maps may still be made, so that objects stay small.
	left int
	// nesting is how many structs we are in, and within how often each of them.
	nesting int
	within  map[reflect.Type]int
}

// newFiller chooses how full an object becomes by its number: the first is empty, the second has everything once.
func newFiller(random *rand.Rand, number int) *filler {
	f := &filler{random: random, within: map[reflect.Type]int{}}
	switch number {
	case 0:
	case 1:
		f.density = 1
	default:
		f.density = 0.1 + 0.85*random.Float64()
		f.left = 8 << random.IntN(8)
	}
	return f
}

// complete tells that every field is to be set, to something that is not its zero value.
func (f *filler) complete() bool { return f.density == 1 }

func (f *filler) chance(p float64) bool { return f.random.Float64() < p }

// wanted decides whether a pointer, a list or a map of a type is made.
func (f *filler) wanted(of reflect.Type) bool {
	if f.complete() {
		return f.within[of] < 2 // or it would go round in circles
	}
	if f.left <= 0 || f.nesting > maxNesting || !f.chance(f.density) {
		return false
	}
	f.left--
	return true
}

// specialFillers are for the types of which not every value makes sense.
var specialFillers map[reflect.Type]func(f *filler, v reflect.Value)

func init() { // it refers to itself
	specialFillers = map[reflect.Type]func(f *filler, v reflect.Value){
		reflect.TypeFor[metav1.TypeMeta]():           func(*filler, reflect.Value) {},
		reflect.TypeFor[metav1.Time]():               func(f *filler, v reflect.Value) { v.Set(reflect.ValueOf(metav1.Time{Time: f.time()})) },
		reflect.TypeFor[metav1.MicroTime]():          func(f *filler, v reflect.Value) { v.Set(reflect.ValueOf(metav1.MicroTime{Time: f.time()})) },
		reflect.TypeFor[metav1.FieldsV1]():           func(f *filler, v reflect.Value) { v.Set(reflect.ValueOf(metav1.FieldsV1{Raw: f.fieldSet()})) },
		reflect.TypeFor[resource.Quantity]():         func(f *filler, v reflect.Value) { v.Set(reflect.ValueOf(f.quantity())) },
		reflect.TypeFor[intstr.IntOrString]():        func(f *filler, v reflect.Value) { v.Set(reflect.ValueOf(f.intOrString())) },
		reflect.TypeFor[runtime.RawExtension]():      func(f *filler, v reflect.Value) { v.Set(reflect.ValueOf(runtime.RawExtension{Raw: f.rawJSON()})) },
		reflect.TypeFor[apiextensionsv1.JSON]():      func(f *filler, v reflect.Value) { v.Set(reflect.ValueOf(apiextensionsv1.JSON{Raw: f.rawJSON()})) },
		reflect.TypeFor[apiextensionsv1beta1.JSON](): func(f *filler, v reflect.Value) { v.Set(reflect.ValueOf(apiextensionsv1beta1.JSON{Raw: f.rawJSON()})) },
	}
}

// fillObject fills an object but for its kind, which its codec sets.
func (f *filler) fillObject(object runtime.Object) {
	f.fill(reflect.ValueOf(object).Elem())
}

func (f *filler) fill(v reflect.Value) {
	if special := specialFillers[v.Type()]; special != nil {
		special(f, v)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if f.wanted(v.Type().Elem()) {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem())
			// A pointer to a zero time is null in JSON, which reads as no pointer: rare in life, and rare here.
			if specialFillers[v.Type().Elem()] != nil && v.Elem().IsZero() && f.chance(0.9) {
				v.SetZero()
			}
		}
	case reflect.Struct:
		f.fillStruct(v)
	case reflect.Slice:
		f.fillSlice(v)
	case reflect.Map:
		f.fillMap(v)
	case reflect.String:
		v.SetString(f.text())
	case reflect.Bool:
		v.SetBool(f.complete() || f.chance(f.density/2))
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(f.integer(v.Type().Bits()))
	case reflect.Float64:
		v.SetFloat(f.float())
	default:
		panic("nothing fills " + v.Type().String())
	}
}

// fillStruct takes the fields in any order, for the first ones may use up what is left.
func (f *filler) fillStruct(v reflect.Value) {
	f.nesting++
	f.within[v.Type()]++
	for _, i := range f.random.Perm(v.NumField()) {
		if field := v.Type().Field(i); field.IsExported() && field.Tag.Get("json") != "-" {
			f.fill(v.Field(i))
		}
	}
	f.within[v.Type()]--
	f.nesting--
}

func (f *filler) fillSlice(v reflect.Value) {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		v.SetBytes(f.bytes())
		return
	}
	if !f.wanted(v.Type().Elem()) {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), f.size(), 4))
	for i := range v.Len() {
		f.fill(v.Index(i))
	}
}

func (f *filler) fillMap(v reflect.Value) {
	if !f.wanted(v.Type().Elem()) {
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for range f.size() {
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		key.SetString(f.key())
		f.fill(value)
		v.SetMapIndex(key, value)
	}
}

// size is how many elements a list or a map has.
func (f *filler) size() int {
	if f.complete() {
		return 1
	}
	return f.random.IntN(4)
}
