package main

import (
	"fmt"
	"math"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var plainTexts = []string{
	"web", "default", "kube-system", "nginx:1.27.2", "True", "False", "Unknown", "TCP", "Always", "Running", "10.96.0.1", "app.kubernetes.io/name",
	"apps/v1", "12345678", "7f1c7a3e-57a5-4c0f-9d2f-5a1b6f0f6a11", "The node was low on resource: memory.", "/var/lib/kubelet/pods",
}

var oddTexts = []string{
	" ", "\x00", "\x01\x02\x1f\x7f", "a\tb\nc\rd\be\f", `"quoted" \ and / <b>&amp;</b>`, "\u0080\u07ff\u0800\uffff", "größer", "日本語のテキスト",
	"\U0001f600", "a\U0001f600b\U0010ffff\U00010000", "e\u0301\u200d\u202e", "line\u2028para\u2029end", "\ufeffmark first", "\ufffd", "null", "true", "0", "-1", "1e3",
	"__proto__", "constructor", "toJSON", "2024-01-01T00:00:00Z", "k8s\x00", strings.Repeat("x", 127), strings.Repeat("y", 128),
	strings.Repeat("0123456789abcdef", 16), strings.Repeat("ä", 100), strings.Repeat("\U0001f680", 65),
	// What is no UTF-8 can come from a container's termination message; JSON has U+FFFD for each wrong byte.
	"\xff", "cut \xe2\x82", "cut \xf0\x9f\x98, on", "\xed\xa0\x80", "\xc0\xaf",
}

var plainKeys = []string{"app", "tier", "app.kubernetes.io/managed-by", "kubernetes.io/metadata.name", "cpu", "memory", "nvidia.com/gpu"}

var oddKeys = []string{
	"__proto__", "constructor", "toString", "hasOwnProperty", "toJSON", "", "0", "10", "2", "-1", "4294967295", "a b", "é", "\U0001f511", `"\`, "\x00",
	strings.Repeat("k", 130),
}

// pick takes one at random.
func pick[T any](f *filler, from []T) T { return from[f.random.IntN(len(from))] }

func (f *filler) text() string {
	switch {
	case f.complete(), f.chance(f.density * 0.6):
		return pick(f, plainTexts)
	case f.chance(f.density * 0.5):
		return pick(f, oddTexts)
	case f.chance(0.001):
		text := pick(f, oddTexts)
		return strings.Repeat(text, 1+1<<14/len(text)) // its length takes three bytes
	}
	return ""
}

func (f *filler) key() string {
	if f.chance(0.5) {
		return pick(f, plainKeys)
	}
	return pick(f, oddKeys)
}

const exact = 1 << 53 // the largest integer up to which a double has all

var integers = []int64{1, -1, 2, 7, 80, 127, 128, 255, 256, 443, 16383, 16384, 65535, 1<<21 - 1, 1 << 21, 1<<28 - 1, 1 << 28, math.MaxInt32, math.MinInt32}

var longIntegers = []int64{
	math.MaxInt32 + 1, math.MinInt32 - 1, math.MaxUint32, math.MaxUint32 + 1, 1<<35 - 1, 1 << 35, 1 << 49, exact - 1, exact, exact + 1, -exact, -exact - 1, 1 << 56,
	1<<63 - 2, math.MaxInt64, math.MinInt64, math.MinInt64 + 1, 1234567890123456789,
}

func (f *filler) integer(bits int) int64 {
	if !f.complete() && !f.chance(f.density) {
		return 0
	}
	switch {
	case bits == 64 && f.chance(0.4):
		return pick(f, longIntegers)
	case f.chance(0.8):
		return pick(f, integers)
	case bits == 64:
		return int64(f.random.Uint64())
	}
	return int64(int32(f.random.Uint32()))
}

var floats = []float64{
	1, -1, 0.1, 1.5, -2.25, 1e6, 1e20, 1e21, 1e-6, 1e-7, exact, exact + 2, -exact - 2, math.MaxFloat64, math.SmallestNonzeroFloat64, math.Copysign(0, -1), math.Pi,
}

func (f *filler) float() float64 {
	if !f.complete() && f.chance(0.1) {
		return 0
	}
	return pick(f, floats)
}

func (f *filler) bytes() []byte {
	switch {
	case !f.complete() && !f.chance(f.density):
		return nil
	case f.chance(0.1) && !f.complete():
		return []byte{}
	case f.chance(0.1):
		all := make([]byte, 256)
		for i := range all {
			all[i] = byte(i)
		}
		return all
	}
	some := make([]byte, 1+f.random.IntN(40))
	for i := range some {
		some[i] = byte(f.random.Uint32())
	}
	return some
}

// The years that RFC 3339 has.
var firstTime, lastTime = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)

var times = []time.Time{
	time.Unix(0, 0), time.Unix(0, 1000), time.Unix(1, 0), time.Unix(-1, 0), time.Unix(-1, 999999000), firstTime.Add(time.Second), firstTime.Add(time.Microsecond), lastTime,
	time.Date(99, 12, 31, 23, 59, 59, 0, time.UTC), time.Date(1582, 10, 10, 0, 0, 0, 0, time.UTC), time.Date(1900, 2, 28, 23, 59, 59, 0, time.UTC),
	time.Date(1969, 12, 31, 23, 59, 59, 500000, time.UTC), time.Date(2000, 2, 29, 12, 0, 0, 0, time.UTC), time.Date(2038, 1, 19, 3, 14, 8, 0, time.UTC),
	time.Date(2024, 2, 29, 1, 2, 3, 120000000, time.UTC), time.Date(2026, 11, 28, 10, 0, 0, 100000999, time.UTC), time.Date(2100, 3, 1, 0, 0, 0, 10000, time.UTC),
}

func (f *filler) time() time.Time {
	switch {
	case f.complete():
		return times[2]
	case !f.chance(f.density):
		return time.Time{}
	case f.chance(0.5):
		return pick(f, times)
	}
	return time.Unix(firstTime.Unix()+f.random.Int64N(lastTime.Unix()-firstTime.Unix()), f.random.Int64N(1e9))
}

// Some are kept as they are when they are read, some get their canonical form.
var quantityTexts = []string{
	"0", "1", "100m", "250m", "1500m", "1.5", "1000m", "64Mi", "128974848", "129e6", "129M", "123Mi", "1Gi", "1.5Gi", "1024Ki", "8Ki", "0.5Ki", "1e3", "1E3", "1E", "1Ei", "9Ei", "100E",
	"1n", "0.1n", "1u", "-1", "-1500m", "-1Ki", "+1", "01", "1.", ".5", "1e03", "1e+3", "1e-9", "1.2e3", "0.0", "-0", "0Gi", "9223372036854775807", "9223372036854775808",
	"-9223372036854775808", "123456789012345678901234567890m", "0.000000001", "0.0000000001", "3.14159", "12345.678k",
}

var quantitySuffixes = []string{"n", "u", "m", "", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e2", "E-3", "e9"}

// quantity is as a server has it, which read it from what it wrote: 5812.5Ki is written as 5952000, and that as 5952k.
func (f *filler) quantity() resource.Quantity {
	var written string
	switch {
	case !f.complete() && !f.chance(f.density):
		return resource.Quantity{}
	case f.chance(0.5):
		written = canonical(pick(f, quantityTexts))
	case f.chance(0.2):
		written = resource.NewQuantity(f.integer(64), pick(f, []resource.Format{resource.DecimalSI, resource.BinarySI, resource.DecimalExponent})).String()
	default:
		written = canonical(fmt.Sprintf("%.*f%s", f.random.IntN(4), (f.random.Float64()-0.2)*10000, pick(f, quantitySuffixes)))
	}
	return resource.MustParse(written)
}

func canonical(text string) string {
	quantity := resource.MustParse(text)
	return quantity.String()
}

// intOrString may also have the value of the other sort: it does not count.
func (f *filler) intOrString() intstr.IntOrString {
	value := intstr.IntOrString{Type: intstr.Type(f.random.IntN(2))}
	if value.Type == intstr.Int || !f.complete() && f.chance(0.1) {
		value.IntVal = int32(f.integer(32))
	}
	if value.Type == intstr.String || !f.complete() && f.chance(0.1) {
		value.StrVal = pick(f, []string{"", "http", "25%", "80", "\U0001f600", f.text()})
	}
	return value
}
