package knowledge

import (
	"context"
	"fmt"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/endpoints"
	"k8s.io/apiserver/pkg/endpoints/discovery"
	"k8s.io/apiserver/pkg/registry/rest"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
)

// resource is what one path below a group and version is served by: `pods`, or `pods/status`.
type resource struct {
	Group    string `json:"group"`
	Version  string `json:"version"`
	Resource string `json:"resource"`
	Kind     kind   `json:"kind"`
	ListKind string `json:"listKind,omitempty"`
	// Store names where the objects are kept: resources with the same one share them. KeptAs is the kind that is kept.
	Store  string `json:"store,omitempty"`
	KeptAs *kind  `json:"keptAs,omitempty"`
	// StorageVersionHash is what classic discovery shows.
	StorageVersionHash string `json:"storageVersionHash,omitempty"`
	// Columns are those of a Table without rows.
	Columns []column `json:"columns,omitempty"`
	// Selectable are the labels of field selectors.
	Selectable map[string]selector `json:"selectable,omitempty"`
	// ResetFields are the fields that no manager comes to own by a request to this path.
	ResetFields []string  `json:"resetFields,omitempty"`
	Strategy    *strategy `json:"strategy,omitempty"`
}

type kind struct {
	Group   string `json:"group"`
	Version string `json:"version"`
	Kind    string `json:"kind"`
}

type column struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Format      string `json:"format"`
	Description string `json:"description"`
	Priority    int32  `json:"priority"`
}

// describeGroup describes all that a group serves, and names what could not be found out.
func describeGroup(group genericapiserver.APIGroupInfo) (found []resource, notCovered []string, err error) {
	for _, version := range group.PrioritizedVersions {
		paths := group.VersionedResourcesStorageMap[version.Version]
		for _, path := range sortedKeys(paths) {
			described, unknown, err := describe(group.Scheme, version, path, paths[path])
			if err != nil {
				return nil, nil, fmt.Errorf("%v %s: %w", version, path, err)
			}
			found = append(found, described)
			for _, what := range unknown {
				notCovered = append(notCovered, fmt.Sprintf("%v %s: %s", version, path, what))
			}
		}
	}
	return found, notCovered, nil
}

func describe(scheme *runtime.Scheme, version schema.GroupVersion, path string, storage rest.Storage) (resource, []string, error) {
	gvk, err := endpoints.GetResourceKind(version, storage, scheme)
	if err != nil {
		return resource{}, nil, err
	}
	described := resource{Group: version.Group, Version: version.Version, Resource: path, Kind: kind(gvk)}
	if lister, ok := storage.(rest.Lister); ok {
		if described.ListKind, err = listKind(scheme, version, lister); err != nil {
			return resource{}, nil, err
		}
	}
	if described.Columns, err = columns(storage); err != nil {
		return resource{}, nil, err
	}
	notCovered := []string{}
	if resets, ok := storage.(rest.ResetFieldsStrategy); ok {
		described.ResetFields = paths(resets.GetResetFields()[fieldpath.APIVersion(version.String())])
	}
	if _, ok := storage.(rest.ResetFieldsFilterStrategy); ok {
		notCovered = append(notCovered, "resetFields is a filter")
	}
	store := storeOf(storage)
	if store == nil {
		return described, notCovered, nil
	}
	// The store behind a subresource may be that of other objects: of the Deployment behind its scale.
	own, _, err := scheme.ObjectKinds(store.New())
	if err != nil {
		return resource{}, nil, err
	}
	if !slices.ContainsFunc(own, func(one schema.GroupVersionKind) bool { return one.GroupKind() == gvk.GroupKind() }) {
		return described, notCovered, nil
	}
	if !strings.Contains(path, "/") {
		described.Store = store.KeyRootFunc(context.Background())
		kept, ok := store.StorageVersioner.KindForGroupVersionKinds(own)
		if !ok {
			return resource{}, nil, fmt.Errorf("nothing is stored for %v", own)
		}
		described.KeptAs = (*kind)(&kept)
		described.StorageVersionHash = discovery.StorageVersionHash(kept.Group, kept.Version, kept.Kind)
		if described.Selectable, err = selectable(scheme, gvk, store); err != nil {
			return resource{}, nil, err
		}
	}
	var unknown []string
	described.Strategy, unknown, err = probe(scheme, version, path, gvk, store)
	return described, append(notCovered, unknown...), err
}

func listKind(scheme *runtime.Scheme, version schema.GroupVersion, lister rest.Lister) (string, error) {
	kinds, _, err := scheme.ObjectKinds(lister.NewList())
	if err != nil {
		return "", err
	}
	for _, one := range kinds {
		if one.Group == version.Group {
			return one.Kind, nil
		}
	}
	return "", fmt.Errorf("%v is no list of this group", kinds)
}

func columns(storage rest.Storage) ([]column, error) {
	convertor, ok := storage.(rest.TableConvertor)
	if !ok {
		return nil, nil
	}
	empty := storage.New()
	if lister, ok := storage.(rest.Lister); ok {
		empty = lister.NewList()
	}
	table, err := convertor.ConvertToTable(context.Background(), empty, &metav1.TableOptions{})
	if err != nil {
		return nil, err
	}
	found := []column{}
	for _, one := range table.ColumnDefinitions {
		found = append(found, column(one))
	}
	return found, nil
}

// paths writes the members of a set of fields, such as "metadata.deletionTimestamp".
func paths(set *fieldpath.Set) []string {
	found := []string{}
	if set != nil {
		set.Iterate(func(path fieldpath.Path) { found = append(found, strings.TrimPrefix(path.String(), ".")) })
	}
	return found
}
