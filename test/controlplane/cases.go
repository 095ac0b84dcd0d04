package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

type casesFlags struct {
	seed   uint64
	each   int
	kinds  []string
	groups []string
}

func parseCasesFlags(args []string) (casesFlags, error) {
	var given casesFlags
	flags := flag.NewFlagSet("protobuf-cases", flag.ExitOnError)
	flags.Uint64Var(&given.seed, "seed", 1, "where the random numbers begin: the same seed gives the same bytes")
	flags.IntVar(&given.each, "each", 30, "how many objects of each kind")
	list := func(into *[]string) func(string) error {
		return func(value string) error {
			*into = strings.Split(value, ",")
			return nil
		}
	}
	flags.Func("kinds", "only these kinds, such as v1/Pod,apps/v1/Deployment", list(&given.kinds))
	flags.Func("groups", "only kinds of these groups, such as apps,batch; core is the group of Pod", list(&given.groups))
	if err := flags.Parse(args); err != nil {
		return given, err
	}
	if flags.NArg() > 0 || given.each < 1 {
		return given, errors.New("usage: controlplane protobuf-cases [--seed N] [--each N] [--kinds GROUP/VERSION/KIND,...] [--groups GROUP,...]")
	}
	return given, nil
}

// caseHeader says what the two frames after it are: an object's official JSON, and its protobuf.
type caseHeader struct {
	Group   string `json:"group"`
	Version string `json:"version"`
	Kind    string `json:"kind"`
	// Number is the object's among those of its kind: with the seed it makes the object.
	Number int `json:"number"`
}

func (h caseHeader) gvk() schema.GroupVersionKind {
	return schema.GroupVersionKind{Group: h.Group, Version: h.Version, Kind: h.Kind}
}

// printCases writes objects of every kind, filled at random, in both encodings.
func printCases(args []string, to io.Writer) error {
	given, err := parseCasesFlags(args)
	if err != nil {
		return err
	}
	debug.SetGCPercent(400) // much garbage, little that stays
	maker, err := newCaseMaker(given.seed)
	if err != nil {
		return err
	}
	kinds, err := chooseKinds(maker.kinds, given)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(to, 1<<20)
	for _, gvk := range kinds {
		for number := range given.each {
			made, err := maker.make(gvk, number)
			if err != nil {
				return fmt.Errorf("%v, number %d: %w", gvk, number, err)
			}
			header := caseHeader{Group: gvk.Group, Version: gvk.Version, Kind: gvk.Kind, Number: number}
			if err := writeCase(out, header, made); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

func chooseKinds(all []schema.GroupVersionKind, given casesFlags) ([]schema.GroupVersionKind, error) {
	var chosen []schema.GroupVersionKind
	unknown := map[string]bool{}
	for _, name := range slices.Concat(given.kinds, given.groups) {
		unknown[name] = true
	}
	for _, gvk := range all {
		name, group := fmt.Sprintf("%s/%s", gvk.GroupVersion(), gvk.Kind), gvk.Group
		if group == "" {
			group = "core"
		}
		delete(unknown, name)
		delete(unknown, group)
		if (given.kinds == nil || slices.Contains(given.kinds, name)) && (given.groups == nil || slices.Contains(given.groups, group)) {
			chosen = append(chosen, gvk)
		}
	}
	for name := range unknown {
		return nil, fmt.Errorf("nothing is called %q", name)
	}
	return chosen, nil
}

// madeCase is one object in both encodings.
type madeCase struct{ json, protobuf []byte }

type caseMaker struct {
	seed   uint64
	codecs apiCodecs
	// kinds are all that have a protobuf form.
	kinds []schema.GroupVersionKind
}

func newCaseMaker(seed uint64) (*caseMaker, error) {
	codecs, err := newAPICodecs()
	if err != nil {
		return nil, err
	}
	kinds := slices.DeleteFunc(versionedKinds(codecs.scheme), func(gvk schema.GroupVersionKind) bool {
		return !isMessage(codecs.scheme.AllKnownTypes()[gvk])
	})
	return &caseMaker{seed: seed, codecs: codecs, kinds: kinds}, nil
}

// make gives the same case each time, whatever else is made.
func (m *caseMaker) make(gvk schema.GroupVersionKind, number int) (madeCase, error) {
	hash := fnv.New64a()
	fmt.Fprintf(hash, "%v %d", gvk, number)
	random := rand.New(rand.NewPCG(m.seed, hash.Sum64()))
	filled := newFiller(random, number)
	if gvk == watchEventKind {
		return m.makeEvent(filled)
	}
	object, err := m.codecs.scheme.New(gvk)
	if err != nil {
		return madeCase{}, err
	}
	filled.fillObject(object)
	return m.codecs.inBoth(object, gvk)
}

var watchEventKind = schema.GroupVersionKind{Version: "v1", Kind: "WatchEvent"}

// makeEvent makes an event as it is on the wire of a watch: a WatchEvent without an envelope, around an object with one.
func (m *caseMaker) makeEvent(filled *filler) (madeCase, error) {
	kind := pick(filled, m.kinds)
	for kind == watchEventKind {
		kind = pick(filled, m.kinds)
	}
	eventType := pick(filled, []string{"ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"})
	if eventType == "ERROR" {
		kind = metav1.Unversioned.WithKind("Status")
	}
	object, err := m.codecs.scheme.New(kind)
	if err != nil {
		return madeCase{}, err
	}
	filled.fillObject(object)
	made, err := m.codecs.inBoth(object, kind)
	if err != nil {
		return madeCase{}, err
	}
	event := metav1.WatchEvent{Type: eventType, Object: runtime.RawExtension{Raw: made.protobuf}}
	protobuf, err := event.Marshal()
	text := fmt.Appendf(nil, `{"type":%q,"object":%s}`, eventType, bytes.TrimSpace(made.json))
	return madeCase{json: text, protobuf: protobuf}, err
}
