package knowledge

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/endpoints/request"
	genericregistry "k8s.io/apiserver/pkg/registry/generic/registry"
	"k8s.io/apiserver/pkg/registry/rest"
)

// strategy is how a resource behaves when it is written.
type strategy struct {
	// CreateOnUpdate: a PUT of what is not there creates it.
	CreateOnUpdate bool `json:"createOnUpdate"`
	// UnconditionalUpdate: a PUT needs no resourceVersion.
	UnconditionalUpdate bool `json:"unconditionalUpdate"`
	GracefulDeletion    bool `json:"gracefulDeletion"`
	// Dependents is what deleting does with them if it is not said: background, orphan, or nothing for objects that
	// are not garbage collected.
	Dependents     string `json:"dependents"`
	ReturnsDeleted bool   `json:"returnsDeleted"`
	// NameError is what is said of a name that only the weakest rule allows; empty where that rule holds.
	NameError string `json:"nameError"`
	// ClearedOnCreate are the top-level fields that lose what was sent. CreatedWith is what an empty object gets, as a
	// merge patch; a time that is now is written "now".
	ClearedOnCreate []string       `json:"clearedOnCreate"`
	CreatedWith     map[string]any `json:"createdWith"`
	// KeptOnUpdate are the fields that an update does not change.
	KeptOnUpdate []string `json:"keptOnUpdate"`
	// FirstGeneration is the generation of a new object, sent by a client with 7.
	FirstGeneration int64 `json:"firstGeneration"`
	// GenerationOf are the fields whose change makes the generation grow.
	GenerationOf []string `json:"generationOf"`
}

const sentGeneration = 7

type strategyProbe struct {
	objects
	ctx        context.Context
	store      *genericregistry.Store
	found      *strategy
	notCovered []string
}

// probe asks the strategies of a store, and tries them on objects.
func probe(scheme *runtime.Scheme, version schema.GroupVersion, path string, gvk schema.GroupVersionKind, store *genericregistry.Store) (*strategy, []string, error) {
	name, subresource, isSubresource := strings.Cut(path, "/")
	ctx := request.WithRequestInfo(request.WithNamespace(context.Background(), "default"), &request.RequestInfo{
		IsResourceRequest: true, APIGroup: version.Group, APIVersion: version.Version, Resource: name, Subresource: subresource,
	})
	p := &strategyProbe{
		objects: objects{scheme, gvk}, ctx: ctx, store: store,
		found: &strategy{ClearedOnCreate: []string{}, CreatedWith: map[string]any{}, KeptOnUpdate: []string{}, GenerationOf: []string{}},
	}
	if update := store.UpdateStrategy; update != nil {
		p.found.CreateOnUpdate = update.AllowCreateOnUpdate()
		p.found.UnconditionalUpdate = update.AllowUnconditionalUpdate()
		if err := p.attempt("PrepareForUpdate", p.update); err != nil {
			return nil, nil, err
		}
	}
	if isSubresource {
		return p.found, p.notCovered, nil
	}
	if store.CreateStrategy != nil {
		if err := p.attempt("PrepareForCreate", p.create); err != nil {
			return nil, nil, err
		}
		if err := p.attempt("Validate", p.name); err != nil {
			return nil, nil, err
		}
	}
	p.found.ReturnsDeleted = store.ReturnDeletedObject
	_, p.found.GracefulDeletion = store.DeleteStrategy.(rest.RESTGracefulDeleteStrategy)
	p.found.Dependents = p.dependents()
	return p.found, p.notCovered, nil
}

// attempt notes a strategy that fails on our objects, as not all of them expect what we fill in.
func (p *strategyProbe) attempt(what string, do func() error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			p.notCovered = append(p.notCovered, fmt.Sprintf("%s panics: %v", what, reason))
		}
	}()
	return do()
}

func (p *strategyProbe) dependents() string {
	if collected, ok := p.store.DeleteStrategy.(rest.GarbageCollectionDeleteStrategy); ok {
		switch collected.DefaultGarbageCollectionPolicy(p.ctx) {
		case rest.OrphanDependents:
			return "orphan"
		case rest.Unsupported:
			return ""
		}
	}
	return "background"
}

func (p *strategyProbe) create() error {
	sent, err := p.full(false)
	if err != nil {
		return err
	}
	before, after, err := p.prepared(sent, "name")
	if err != nil {
		return err
	}
	p.found.FirstGeneration = generation(after)
	for _, key := range bodyKeys(before) {
		if mostIsLost(before[key], after[key]) {
			p.found.ClearedOnCreate = append(p.found.ClearedOnCreate, key)
		}
	}
	patch, err := p.createdWith("name")
	if err != nil {
		return err
	}
	other, err := p.createdWith("other")
	if err != nil {
		return err
	}
	if reflect.DeepEqual(patch, other) {
		p.found.CreatedWith = patch
	} else {
		p.notCovered = append(p.notCovered, "what it is created with depends on the object or the user")
	}
	return nil
}

// createdWith gives what the strategy sets in an empty object.
func (p *strategyProbe) createdWith(name string) (tree, error) {
	empty, err := p.scheme.New(p.gvk)
	if err != nil {
		return nil, err
	}
	p.scheme.Default(empty)
	started := time.Now().Truncate(time.Second)
	before, after, err := p.prepared(empty, name)
	if err != nil {
		return nil, err
	}
	delete(before, "metadata")
	delete(after, "metadata")
	return mergePatch(markNow(before, started).(tree), markNow(after, started).(tree)), nil
}

// prepared gives an object as it is before and after the strategy has prepared it for its creation, by a user of its name.
func (p *strategyProbe) prepared(object runtime.Object, name string) (before, after tree, err error) {
	internal, err := p.internalOf(object, name)
	if err != nil {
		return nil, nil, err
	}
	if before, err = p.write(internal); err != nil {
		return nil, nil, err
	}
	p.store.CreateStrategy.PrepareForCreate(request.WithUser(p.ctx, &user.DefaultInfo{Name: name}), internal)
	after, err = p.stored(internal)
	return before, after, err
}

// stored gives an object as it is read again after it was kept: with what defaulting sets in what was cleared.
func (p *strategyProbe) stored(internal runtime.Object) (tree, error) {
	written, err := p.write(internal)
	if err != nil {
		return nil, err
	}
	object, err := p.read(written)
	if err != nil {
		return nil, err
	}
	p.scheme.Default(object)
	if internal, err = p.internal(object); err != nil {
		return nil, err
	}
	return p.write(internal)
}

// metadata that a strategy may treat in its own way.
var metadataPaths = []string{"metadata.annotations", "metadata.finalizers", "metadata.labels", "metadata.ownerReferences"}

// update changes one field after the other and looks whether the change stays and what the generation becomes.
func (p *strategyProbe) update() error {
	fullOld, err := p.full(false)
	if err != nil {
		return err
	}
	fullNew, err := p.full(true)
	if err != nil {
		return err
	}
	from, err := p.write(fullOld)
	if err != nil {
		return err
	}
	to, err := p.write(fullNew)
	if err != nil {
		return err
	}
	for _, path := range append(metadataPaths, bodyKeys(from)...) {
		kept, grew, err := p.change(path, from, to)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if kept {
			p.found.KeptOnUpdate = append(p.found.KeptOnUpdate, path)
		}
		if grew {
			p.found.GenerationOf = append(p.found.GenerationOf, path)
		}
	}
	return nil
}

func (p *strategyProbe) change(path string, from, to tree) (kept, grew bool, err error) {
	old, err := p.read(from)
	if err != nil {
		return false, false, err
	}
	changedTree, err := p.write(old)
	if err != nil {
		return false, false, err
	}
	replace(changedTree, to, path)
	changed, err := p.read(changedTree)
	if err != nil {
		return false, false, err
	}
	oldInternal, err := p.internalOf(old, "name")
	if err != nil {
		return false, false, err
	}
	internal, err := p.internalOf(changed, "name")
	if err != nil {
		return false, false, err
	}
	before, err := p.write(oldInternal)
	if err != nil {
		return false, false, err
	}
	wanted, err := p.write(internal)
	if err != nil || reflect.DeepEqual(at(before, path), at(wanted, path)) {
		return false, false, err
	}
	p.store.UpdateStrategy.PrepareForUpdate(p.ctx, internal, oldInternal)
	after, err := p.write(internal)
	if err != nil {
		return false, false, err
	}
	return reflect.DeepEqual(at(before, path), at(after, path)), generation(after) > sentGeneration, nil
}

// internalOf converts, and sets what the server has set by then.
func (p *strategyProbe) internalOf(object runtime.Object, name string) (runtime.Object, error) {
	internal, err := p.internal(object)
	if err != nil {
		return nil, err
	}
	accessor, err := meta.Accessor(internal)
	if err != nil {
		return nil, err
	}
	accessor.SetName(name)
	accessor.SetUID(types.UID(name))
	accessor.SetNamespace("")
	if p.store.CreateStrategy != nil && p.store.CreateStrategy.NamespaceScoped() {
		accessor.SetNamespace("default")
	}
	accessor.SetGeneration(sentGeneration)
	return internal, nil
}

// name finds the rule for names, by one that breaks all rules but that of paths.
func (p *strategyProbe) name() error {
	empty, err := p.scheme.New(p.gvk)
	if err != nil {
		return err
	}
	p.scheme.Default(empty)
	internal, err := p.internalOf(empty, "-Bad_Name:")
	if err != nil {
		return err
	}
	for _, one := range p.store.CreateStrategy.Validate(p.ctx, internal) {
		if one.Field == "metadata.name" {
			p.found.NameError = one.Detail
			break
		}
	}
	return nil
}
