package main

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// rawTexts are JSON that a server keeps as it came, byte for byte.
var rawTexts = []string{
	`null`, `true`, `false`, `0`, `-1.5`, `1.0`, `1e3`, `9007199254740993`, `-18446744073709551615`, `""`, `"text"`, `"\u00e9\ud83d\ude00\n\u2028<"`, `{}`, `[]`, `[null,1,"a",{}]`,
	`{"b":1,"a":{"2":[],"1":null}}`, `{"__proto__":{"x":1},"constructor":"c"}`, "  {\n  \"spaced\" : [ 1 , 2 ]\n}\n", `{"big":12345678901234567890,"small":1e-7}`,
	`{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"within"},"data":{"a":"b"}}`, `[[[[[[[[[[{"deep":true}]]]]]]]]]]`,
}

func (f *filler) rawJSON() []byte {
	switch {
	case f.complete():
		return []byte(rawTexts[len(rawTexts)-1])
	case !f.chance(f.density):
		return nil
	case f.chance(0.7):
		return []byte(pick(f, rawTexts))
	}
	var text bytes.Buffer
	f.writeJSON(&text, 0)
	return text.Bytes()
}

// writeJSON writes a value of some levels.
func (f *filler) writeJSON(to *bytes.Buffer, level int) {
	switch f.random.IntN(6 - level) {
	case 0:
		to.Write(quoted(f.key()))
	case 1:
		fmt.Fprint(to, f.integer(64))
	case 2:
		to.WriteString(pick(f, rawTexts))
	default:
		to.WriteByte('{')
		seen := map[string]bool{}
		for range f.random.IntN(4) {
			key := f.key()
			if seen[key] {
				continue
			}
			if len(seen) > 0 {
				to.WriteByte(',')
			}
			seen[key] = true
			to.Write(quoted(key))
			to.WriteByte(':')
			f.writeJSON(to, level+1)
		}
		to.WriteByte('}')
	}
}

var fieldNames = []string{
	"f:metadata", "f:labels", "f:spec", "f:status", "f:replicas", "f:conditions", "f:ports", "f:containers", `k:{"type":"Ready"}`, `k:{"containerPort":80,"protocol":"TCP"}`,
	`k:{"name":"web"}`, `v:"example.com/finalizer"`, "i:0", "f:app.kubernetes.io/name", "f:__proto__", "f:é",
}

// fieldSet is the text of managedFields: names of fields within one another.
func (f *filler) fieldSet() []byte {
	if !f.complete() && !f.chance(f.density) {
		return pick(f, [][]byte{nil, {}, []byte("{}")})
	}
	var text bytes.Buffer
	f.writeFieldSet(&text, 0)
	return text.Bytes()
}

func (f *filler) writeFieldSet(to *bytes.Buffer, level int) {
	to.WriteByte('{')
	first := true
	if level > 0 && f.chance(0.4) {
		to.WriteString(`".":{}`)
		first = false
	}
	if level < 5 {
		from := f.random.IntN(len(fieldNames))
		for _, name := range fieldNames[from:min(len(fieldNames), from+f.random.IntN(4))] {
			if !first {
				to.WriteByte(',')
			}
			first = false
			to.Write(quoted(name))
			to.WriteByte(':')
			f.writeFieldSet(to, level+1)
		}
	}
	to.WriteByte('}')
}

func quoted(text string) []byte {
	encoded, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return encoded
}
