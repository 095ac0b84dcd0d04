package knowledge

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"k8s.io/apiserver/pkg/endpoints"
	"k8s.io/apiserver/pkg/registry/rest"
	genericapiserver "k8s.io/apiserver/pkg/server"
)

// learnDefaults finds out what decoding fills into objects of all kinds that can be sent, by trying.
func learnDefaults(groups []genericapiserver.APIGroupInfo) (defaults, []string, error) {
	book := newRuleBook()
	notCovered := []string{}
	for _, one := range sentKinds(groups) {
		learner := &defaultLearner{objects: one, kind: kind(one.gvk), book: book, notCovered: &notCovered, rewritten: map[string]bool{}}
		if err := learner.learn(); err != nil {
			return defaults{}, nil, fmt.Errorf("defaults of %v: %w", one.gvk, err)
		}
	}
	found, err := book.defaults()
	return found, notCovered, err
}

// sentKinds are those that requests have in their bodies.
func sentKinds(groups []genericapiserver.APIGroupInfo) []objects {
	found := []objects{}
	for _, group := range groups {
		for _, version := range group.PrioritizedVersions {
			paths := group.VersionedResourcesStorageMap[version.Version]
			for _, path := range sortedKeys(paths) {
				if !takesBody(paths[path]) {
					continue
				}
				gvk, err := endpoints.GetResourceKind(version, paths[path], group.Scheme)
				if err == nil && !slices.ContainsFunc(found, func(one objects) bool { return one.gvk == gvk }) {
					found = append(found, objects{group.Scheme, gvk})
				}
			}
		}
	}
	return found
}

func takesBody(storage rest.Storage) bool {
	switch storage.(type) {
	case rest.Creater, rest.NamedCreater, rest.Updater:
		return true
	}
	return false
}

// shaped gives an object as its Go type prints it.
func (o objects) shaped(from tree) (tree, error) {
	object, err := o.read(from)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	written := tree{}
	return written, json.Unmarshal(text, &written)
}

// decoded gives an object as the server has it after it has read it: with defaults, and through the form without a version.
func (o objects) decoded(from tree) (tree, error) {
	started := time.Now().Truncate(time.Second)
	object, err := o.read(from)
	if err != nil {
		return nil, err
	}
	o.scheme.Default(object)
	internal, err := o.internal(object)
	if err != nil {
		return nil, err
	}
	written, err := o.write(internal)
	if err != nil {
		return nil, err
	}
	return markNow(written, started).(tree), nil
}

// gone stands for a field that decoding takes away.
type gone struct{}

// effects gives the fields of a struct that decoding changes, and what they become. Structs within are places of their own.
func (o objects) effects(s site, in tree) (map[string]any, error) {
	shaped, err := o.shaped(in)
	if err != nil {
		return nil, err
	}
	decoded, err := o.decoded(in)
	if err != nil {
		return nil, err
	}
	before, _ := find(shaped, s.path).(tree)
	after, ok := find(decoded, s.path).(tree)
	found := map[string]any{}
	if !ok {
		return found, nil
	}
	for _, field := range fieldsOf(s.t) {
		if isStruct(field.t) && !field.pointer {
			continue
		}
		was, had := before[field.name]
		is, has := after[field.name]
		switch {
		case had && !has:
			found[field.name] = gone{}
		case has && (!had || !reflect.DeepEqual(was, is)):
			found[field.name] = is
		}
	}
	return found, nil
}
