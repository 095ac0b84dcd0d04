package knowledge

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// tree is an object as JSON.
type tree = map[string]any

// leaf is a value that holds no others, and its path: "spec.containers[0].name".
type leaf struct {
	path  string
	value any
}

// leaves lists the values of a tree.
func leaves(value any, path string) []leaf {
	switch value := value.(type) {
	case tree:
		found := []leaf{}
		for _, key := range sortedKeys(value) {
			found = append(found, leaves(value[key], strings.TrimPrefix(path+"."+key, "."))...)
		}
		return found
	case []any:
		found := []leaf{}
		for i, item := range value {
			found = append(found, leaves(item, fmt.Sprintf("%s[%d]", path, i))...)
		}
		return found
	}
	return []leaf{{path, value}}
}

func sortedKeys[V any](from map[string]V) []string {
	return slices.Sorted(maps.Keys(from))
}

func bodyKeys(of tree) []string {
	found := []string{}
	for _, key := range sortedKeys(of) {
		if key != "apiVersion" && key != "kind" && key != "metadata" {
			found = append(found, key)
		}
	}
	return found
}

// mostIsLost tells whether hardly a value that was there is there afterwards.
func mostIsLost(before, after any) bool {
	left := map[leaf]bool{}
	for _, one := range leaves(after, "") {
		left[one] = true
	}
	sent, kept := leaves(before, ""), 0
	for _, one := range sent {
		if left[one] {
			kept++
		}
	}
	return kept*10 < len(sent)
}

// mergePatch gives what is to be merged into the first tree to get the second.
func mergePatch(before, after tree) tree {
	patch := tree{}
	for key, value := range after {
		inner, isTree := value.(tree)
		innerBefore, wasTree := before[key].(tree)
		switch {
		case reflect.DeepEqual(before[key], value):
		case isTree && wasTree:
			patch[key] = mergePatch(innerBefore, inner)
		default:
			patch[key] = value
		}
	}
	for key := range before {
		if _, ok := after[key]; !ok {
			patch[key] = nil
		}
	}
	return patch
}

// markNow writes "now" for every time that is not before the given one.
func markNow(value any, started time.Time) any {
	switch value := value.(type) {
	case tree:
		for key, inner := range value {
			value[key] = markNow(inner, started)
		}
	case []any:
		for i, inner := range value {
			value[i] = markNow(inner, started)
		}
	case string:
		if moment, err := time.Parse(time.RFC3339, value); err == nil && !moment.Before(started) {
			return "now"
		}
	}
	return value
}

func at(value any, path string) any {
	for _, key := range strings.Split(path, ".") {
		inner, ok := value.(tree)
		if !ok {
			return nil
		}
		value = inner[key]
	}
	return value
}

func replace(in, from tree, path string) {
	keys := strings.Split(path, ".")
	for _, key := range keys[:len(keys)-1] {
		in, from = in[key].(tree), from[key].(tree)
	}
	in[keys[len(keys)-1]] = from[keys[len(keys)-1]]
}

func generation(of tree) int64 {
	value, _ := at(of, "metadata.generation").(float64)
	return int64(value)
}
