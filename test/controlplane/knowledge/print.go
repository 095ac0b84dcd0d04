// Package knowledge asks the code of the API server what it knows and OpenAPI does not say.
package knowledge

import (
	"encoding/json"
	"io"

	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
)

// knowledge is what is printed. Its reader is written in another language: nothing in it needs Go to be understood.
type knowledge struct {
	// Resources are all that are served, with their subresources, in the order in which they are installed.
	Resources []resource `json:"resources"`
	// GoTypes are the names that Go's errors use for the types of fields, where they cannot be told otherwise.
	GoTypes map[string]map[string][]string `json:"goTypes"`
	// InternalTypes are the structs that messages show as the server has them, by name.
	InternalTypes map[string][]internalField `json:"internalTypes"`
	// Defaults are what decoding fills in.
	Defaults *defaults `json:"defaults,omitempty"`
	// NotCovered are the things that could not be put as data, by where they belong.
	NotCovered []string `json:"notCovered"`
}

// Print writes what the server with this configuration would know; of defaults only if they are wanted, as learning them
// takes a minute.
func Print(to io.Writer, config *apiserver.Config, withDefaults bool) error {
	served, err := installedStorage(config)
	if err != nil {
		return err
	}
	known := knowledge{Resources: []resource{}, NotCovered: []string{}}
	for _, group := range served {
		found, notCovered, err := describeGroup(group)
		if err != nil {
			return err
		}
		known.Resources = append(known.Resources, found...)
		known.NotCovered = append(known.NotCovered, notCovered...)
	}
	known.GoTypes = goTypes(served)
	if known.InternalTypes, err = internalTypes(); err != nil {
		return err
	}
	if withDefaults {
		learned, notCovered, err := learnDefaults(served)
		if err != nil {
			return err
		}
		known.Defaults, known.NotCovered = &learned, append(known.NotCovered, notCovered...)
	}
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", " ")
	return encoder.Encode(known)
}
