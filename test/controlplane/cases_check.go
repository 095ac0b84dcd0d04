package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsv1beta1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1"
	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/conversion"
	"k8s.io/apimachinery/pkg/runtime"
)

// checkedCase is a line of the checker's output.
type checkedCase struct {
	caseHeader
	// Problem says what Go reads otherwise from the protobuf than from the JSON.
	Problem string `json:"problem"`
}

// checkSummary is the last line.
type checkSummary struct {
	Checked int `json:"checked"`
}

// checkCases reads cases, of which the protobuf was made from the JSON by someone else, and tells where a server that gets
// the protobuf would have another object than one that gets the JSON.
func checkCases(from io.Reader, to io.Writer) error {
	debug.SetGCPercent(400)
	codecs, err := newAPICodecs()
	if err != nil {
		return err
	}
	in, out := bufio.NewReaderSize(from, 1<<20), json.NewEncoder(to)
	equal := semanticallyEqual()
	for checked := 0; ; checked++ {
		header, made, err := readCase(in)
		if errors.Is(err, io.EOF) {
			return out.Encode(checkSummary{Checked: checked})
		}
		if err != nil {
			return fmt.Errorf("case %d: %w", checked, err)
		}
		if err := codecs.check(header, made, equal); err != nil {
			if err := out.Encode(checkedCase{caseHeader: header, Problem: err.Error()}); err != nil {
				return err
			}
		}
	}
}

func (c apiCodecs) check(header caseHeader, made madeCase, equal conversion.Equalities) error {
	gvk := header.gvk()
	got, err := c.decode(c.protobuf, made.protobuf, gvk)
	if err != nil {
		return fmt.Errorf("Go cannot read the protobuf: %w", err)
	}
	wanted, err := c.decode(c.json, made.json, gvk)
	if err != nil {
		return fmt.Errorf("Go cannot read the JSON: %w", err)
	}
	// Protobuf does not tell an empty list from none, so what came by JSON has to pass through it as well.
	wanted.GetObjectKind().SetGroupVersionKind(gvk)
	through, err := encode(c.protobuf, wanted)
	if err != nil {
		return err
	}
	if wanted, err = c.decode(c.protobuf, through, gvk); err != nil {
		return err
	}
	gotJSON, err := c.asJSON(got)
	if err != nil {
		return fmt.Errorf("Go cannot print what it read as JSON: %w", err)
	}
	wantedJSON, err := c.asJSON(wanted)
	if err != nil {
		return err
	}
	if difference := jsonDifference(wantedJSON, gotJSON); difference != "" {
		return errors.New(difference)
	}
	if !equal.DeepEqual(wanted, got) {
		return errors.New("the same JSON, yet not the same object")
	}
	return nil
}

// semanticallyEqual is Kubernetes' own equality, and that of the types that hold JSON, of which only the meaning counts.
func semanticallyEqual() conversion.Equalities {
	equal := equality.Semantic.Copy()
	sameJSON := func(a, b []byte) bool { return jsonDifference(orNull(a), orNull(b)) == "" }
	err := equal.AddFuncs(
		func(a, b runtime.RawExtension) bool { return sameJSON(a.Raw, b.Raw) },
		func(a, b metav1.FieldsV1) bool { return sameJSON(a.Raw, b.Raw) },
		func(a, b apiextensionsv1.JSON) bool { return sameJSON(a.Raw, b.Raw) },
		func(a, b apiextensionsv1beta1.JSON) bool { return sameJSON(a.Raw, b.Raw) },
	)
	if err != nil {
		panic(err) // only for functions of another form
	}
	return equal
}

func orNull(raw []byte) []byte {
	if len(raw) == 0 {
		return []byte("null")
	}
	return raw
}
