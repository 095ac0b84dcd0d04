package knowledge

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	genericregistry "k8s.io/apiserver/pkg/registry/generic/registry"
)

// selector is what a label of a field selector stands for.
type selector struct {
	// Paths are those of the values that it is compared with: the first that is there counts.
	Paths []string `json:"paths"`
	// Empty is the value of an object with none.
	Empty string `json:"empty"`
}

// selectable finds the labels that a field selector may name, and the paths behind each: by making objects with one
// value each, and looking which labels come to have it.
func selectable(scheme *runtime.Scheme, gvk schema.GroupVersionKind, store *genericregistry.Store) (map[string]selector, error) {
	o := objects{scheme, gvk}
	attributes := func(from tree) (fields.Set, error) {
		object, err := o.read(from)
		if err != nil {
			return nil, err
		}
		internal, err := o.internal(object)
		if err != nil {
			return nil, err
		}
		_, found, err := store.PredicateFunc(labels.Everything(), fields.Everything()).GetAttrs(internal)
		return found, err
	}
	full, err := o.full(false)
	if err != nil {
		return nil, err
	}
	written, err := o.write(full)
	if err != nil {
		return nil, err
	}
	without, err := attributes(tree{})
	if err != nil {
		return nil, err
	}
	// Labels of the form without a version → the paths behind them.
	behind := map[string][]string{}
	candidates := sortedKeys(without)
	for _, one := range leaves(written, "") {
		candidates = append(candidates, one.path)
		with, err := attributes(single(one))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", one.path, err)
		}
		for label, value := range with {
			if value != without[label] {
				behind[label] = append(behind[label], one.path)
			}
		}
	}
	for label, paths := range behind {
		if behind[label], err = inOrder(label, paths, written, attributes); err != nil {
			return nil, err
		}
	}
	found := map[string]selector{}
	for _, label := range candidates {
		if converted, _, err := scheme.ConvertFieldLabel(gvk, label, ""); err == nil {
			found[label] = selector{Paths: append([]string{}, behind[converted]...), Empty: without[converted]}
		}
	}
	return found, nil
}

// inOrder puts first the path whose value wins when all have one.
func inOrder(label string, paths []string, full tree, attributes func(tree) (fields.Set, error)) ([]string, error) {
	if len(paths) < 2 {
		return paths, nil
	}
	all, err := attributes(full)
	if err != nil {
		return nil, err
	}
	for _, one := range leaves(full, "") {
		if i := slices.Index(paths, one.path); i >= 0 && fmt.Sprint(one.value) == all[label] {
			return append([]string{one.path}, slices.Delete(slices.Clone(paths), i, i+1)...), nil
		}
	}
	return nil, fmt.Errorf("%s: none of %v wins", label, paths)
}

// single gives a tree with one value.
func single(one leaf) tree {
	var value any = one.value
	parts := strings.FieldsFunc(one.path, func(r rune) bool { return r == '.' })
	for _, part := range slices.Backward(parts) {
		name, isItem := strings.CutSuffix(part, "[0]")
		for isItem {
			value = []any{value}
			part = name
			name, isItem = strings.CutSuffix(part, "[0]")
		}
		value = tree{part: value}
	}
	return value.(tree)
}
