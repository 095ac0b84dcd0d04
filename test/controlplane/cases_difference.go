package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
)

// jsonDifference tells the first difference in meaning between two texts of JSON, or nothing.
func jsonDifference(wanted, got []byte) string {
	if bytes.Equal(wanted, got) {
		return ""
	}
	a, err := parseJSON(wanted)
	if err != nil {
		return fmt.Sprintf("what was wanted is no JSON: %v", err)
	}
	b, err := parseJSON(got)
	if err != nil {
		return fmt.Sprintf("no JSON: %v", err)
	}
	return valueDifference("", a, b)
}

func parseJSON(text []byte) (value any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	err = decoder.Decode(&value)
	return value, err
}

func valueDifference(path string, wanted, got any) string {
	switch a := wanted.(type) {
	case map[string]any:
		if b, ok := got.(map[string]any); ok {
			for _, key := range slices.Sorted(maps.Keys(a)) {
				in, has := b[key]
				if !has {
					return fmt.Sprintf("%s.%s is missing; wanted %s", path, key, shortened(a[key]))
				}
				if difference := valueDifference(path+"."+key, a[key], in); difference != "" {
					return difference
				}
			}
			for _, key := range slices.Sorted(maps.Keys(b)) {
				if _, has := a[key]; !has {
					return fmt.Sprintf("%s.%s should not be there: %s", path, key, shortened(b[key]))
				}
			}
			return ""
		}
	case []any:
		if b, ok := got.([]any); ok && len(a) == len(b) {
			for i := range a {
				if difference := valueDifference(fmt.Sprintf("%s[%d]", path, i), a[i], b[i]); difference != "" {
					return difference
				}
			}
			return ""
		}
	case json.Number:
		if b, ok := got.(json.Number); ok && sameNumber(a, b) {
			return ""
		}
	default:
		if a == got {
			return ""
		}
	}
	return fmt.Sprintf("%s is %s; wanted %s", path, shortened(got), shortened(wanted))
}

func sameNumber(a, b json.Number) bool {
	x, okX := new(big.Rat).SetString(a.String())
	y, okY := new(big.Rat).SetString(b.String())
	return okX && okY && x.Cmp(y) == 0
}

func shortened(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	if len(text) > 120 {
		return fmt.Sprintf("%s… (%d bytes)", text[:120], len(text))
	}
	return string(text)
}
