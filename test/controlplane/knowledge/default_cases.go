package knowledge

import (
	"encoding/json"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"

	quantity "k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
)

// defaultCase is an object as its Go type prints it, and as the server has it after it has read that.
type defaultCase struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Given      tree   `json:"given"`
	Decoded    tree   `json:"decoded"`
}

// PrintDefaultCases writes so many random objects of each kind, one a line; the same for the same seed.
func PrintDefaultCases(to io.Writer, config *apiserver.Config, seed uint64, count int) error {
	groups, err := installedStorage(config)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(to)
	for _, one := range sentKinds(groups) {
		object, err := one.scheme.New(one.gvk)
		if err != nil {
			return err
		}
		random := randomTrees{rand.New(rand.NewPCG(seed, 0))}
		for range count {
			given, err := one.shaped(random.object(reflect.TypeOf(object).Elem(), nil))
			if err != nil {
				return err
			}
			decoded, err := one.decoded(given)
			if err != nil {
				return err
			}
			apiVersion, kind := one.gvk.ToAPIVersionAndKind()
			if err := encoder.Encode(defaultCase{apiVersion, kind, given, decoded}); err != nil {
				return err
			}
		}
	}
	return nil
}

// randomTrees makes objects, a field in two being there near the top, and fewer further down.
type randomTrees struct{ *rand.Rand }

func (r randomTrees) object(t reflect.Type, within []reflect.Type) tree {
	made := tree{}
	if slices.Contains(within, t) {
		return made
	}
	within = append(slices.Clone(within), t)
	for _, field := range fieldsOf(t) {
		if field.name != "managedFields" && r.IntN(2+len(within)/2) == 0 {
			if value := r.value(field.t, field.enum, within); value != nil {
				made[field.name] = value
			}
		}
	}
	return made
}

// texts are what defaults ask for, and others.
var texts = []string{
	"", "a", "b", "User", "Group", "ServiceAccount", "Container", "Pod",
	"nginx", "nginx:latest", "nginx:1.29", "example.com:5000/nginx", "example.com/nginx@sha256:" + digest, "Not An Image",
}

const digest = "3f5e8e3a5a1a4e1f9c0f2f6b0f6d2b8a4c3d2e1f00112233445566778899aabb"

var resourceNames = []string{"cpu", "memory", "hugepages-2Mi", "ephemeral-storage", "example.com/gpu"}

func (r randomTrees) value(t reflect.Type, enum []string, within []reflect.Type) any {
	switch t {
	case reflect.TypeFor[quantity.Quantity]():
		return pick(r, []string{"0", "1", "250m", "2Gi", "500k"})
	case reflect.TypeFor[intstr.IntOrString]():
		return pick(r, []any{0, 8080, "", "http", "30%"})
	case reflect.TypeFor[metav1.Time]():
		return "2020-01-01T00:00:00Z"
	case reflect.TypeFor[metav1.MicroTime]():
		return "2020-01-01T00:00:00.123456Z"
	}
	if _, special := (&filler{}).special(t); special {
		return tree{"a": 1}
	}
	switch t.Kind() {
	case reflect.Struct:
		return r.object(t, within)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return pick(r, []string{"", "AA==", "YWI="})
		}
		items := []any{}
		for range r.IntN(3) {
			if item := r.value(pointed(t.Elem()), enum, within); item != nil {
				items = append(items, item)
			}
		}
		return items
	case reflect.Map:
		entries := tree{}
		for range r.IntN(3) {
			name := pick(r, []string{"a", "b", "c"})
			if t.Elem() == reflect.TypeFor[quantity.Quantity]() {
				name = pick(r, resourceNames)
			}
			if entry := r.value(pointed(t.Elem()), enum, within); entry != nil {
				entries[name] = entry
			}
		}
		return entries
	case reflect.String:
		if len(enum) > 0 && r.IntN(8) > 0 {
			return pick(r, enum)
		}
		return pick(r, texts)
	case reflect.Bool:
		return r.IntN(2) == 0
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Float64:
		return r.IntN(3)
	}
	return nil
}

func pick[T any](r randomTrees, from []T) T { return from[r.IntN(len(from))] }
