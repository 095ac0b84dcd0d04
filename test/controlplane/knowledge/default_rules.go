package knowledge

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"sort"
)

// defaultRule says what a field that is missing, or zero where that is the same, comes to hold. All ways begin at the
// struct that the rule is about, and the struct around the field is there already.
type defaultRule struct {
	Set []string `json:"set"`
	// Value is what is set; without it, Copy is the way to the field whose value is.
	Value any      `json:"value,omitempty"`
	Copy  []string `json:"copy,omitempty"`
	// Fill tells that of a map, each missing entry is copied.
	Fill bool `json:"fill,omitempty"`
	// When are the conditions, all of which must hold.
	When []condition `json:"when,omitempty"`
}

// condition is about a field with its own default. Exactly one of its last three members is set.
type condition struct {
	Path    []string `json:"path"`
	In      []any    `json:"in,omitempty"`
	NotIn   []any    `json:"notIn,omitempty"`
	Present *bool    `json:"present,omitempty"`
}

// defaults is what was learned of all kinds.
type defaults struct {
	// Types are the rules that hold wherever the struct stands, by the name of its Go type.
	Types map[string][]defaultRule `json:"types"`
	// Kinds are those that hold in one kind of object only, from its top.
	Kinds []kindDefaults `json:"kinds"`
}

type kindDefaults struct {
	kind
	Rules []defaultRule `json:"rules"`
}

// place of a rule: the struct that it is about, in a kind of object.
type rulePlace struct {
	kind kind
	path string
}

// ruleBook gathers what was learned kind by kind, and then tells what holds for types.
type ruleBook struct {
	// where a type stands, and where each rule about it holds.
	sites map[reflect.Type]map[rulePlace][]string
	rules map[reflect.Type]map[string]map[rulePlace]bool
}

func newRuleBook() *ruleBook {
	return &ruleBook{sites: map[reflect.Type]map[rulePlace][]string{}, rules: map[reflect.Type]map[string]map[rulePlace]bool{}}
}

func (b *ruleBook) addSite(of kind, s site) {
	if b.sites[s.t] == nil {
		b.sites[s.t] = map[rulePlace][]string{}
	}
	b.sites[s.t][rulePlace{of, wayText(s.path)}] = s.path
}

func (b *ruleBook) addRule(of kind, about site, rule defaultRule) error {
	text, err := json.Marshal(rule)
	if err != nil {
		return err
	}
	if b.rules[about.t] == nil {
		b.rules[about.t] = map[string]map[rulePlace]bool{}
	}
	if b.rules[about.t][string(text)] == nil {
		b.rules[about.t][string(text)] = map[rulePlace]bool{}
	}
	b.rules[about.t][string(text)][rulePlace{of, wayText(about.path)}] = true
	return nil
}

// defaults sorts the rules: what holds wherever a type stands is said of the type.
func (b *ruleBook) defaults() (defaults, error) {
	byKind := map[kind][]defaultRule{}
	found := defaults{Types: map[string][]defaultRule{}, Kinds: []kindDefaults{}}
	for t, rules := range b.rules {
		for text, places := range rules {
			var rule defaultRule
			if err := json.Unmarshal([]byte(text), &rule); err != nil {
				return defaults{}, err
			}
			if len(places) == len(b.sites[t]) {
				found.Types[typeName(t)] = append(found.Types[typeName(t)], rule)
				continue
			}
			for place := range places {
				byKind[place.kind] = append(byKind[place.kind], rule.below(b.sites[t][place]))
			}
		}
	}
	for name := range found.Types {
		sortRules(found.Types[name])
	}
	for of, rules := range byKind {
		sortRules(rules)
		found.Kinds = append(found.Kinds, kindDefaults{of, rules})
	}
	slices.SortFunc(found.Kinds, func(a, b kindDefaults) int { return compareKinds(a.kind, b.kind) })
	return found, nil
}

// below makes a rule about a struct one about the object that has it.
func (r defaultRule) below(path []string) defaultRule {
	under := func(way []string) []string { return append(slices.Clone(path), way...) }
	r.Set = under(r.Set)
	if r.Copy != nil {
		r.Copy = under(r.Copy)
	}
	r.When = slices.Clone(r.When)
	for i := range r.When {
		r.When[i].Path = under(r.When[i].Path)
	}
	return r
}

// sortRules puts a rule after those that set what it depends on, but before those that set what must be missing; and
// copies before what is set without them.
func sortRules(rules []defaultRule) {
	depth := map[string]int{}
	sets := map[string]bool{}
	for _, rule := range rules {
		sets[wayText(rule.Set)] = true
	}
	after := func(later, earlier []string) {
		if a, b := wayText(later), wayText(earlier); a != b && sets[a] && sets[b] {
			depth[a] = max(depth[a], depth[b]+1)
		}
	}
	// As often as there are rules, so that the longest chain is through; two that copy from each other end as well.
	for range rules {
		for _, rule := range rules {
			after(rule.Set, rule.Set[:len(rule.Set)-1])
			after(rule.Set, rule.Copy)
			for _, one := range rule.When {
				if one.Present != nil && !*one.Present {
					after(one.Path, rule.Set)
				} else {
					after(rule.Set, one.Path)
				}
			}
		}
	}
	sort.Slice(rules, func(i, j int) bool {
		a, b := rules[i], rules[j]
		if x, y := depth[wayText(a.Set)], depth[wayText(b.Set)]; x != y {
			return x < y
		}
		if x, y := wayText(a.Set), wayText(b.Set); x != y {
			return x < y
		}
		if (a.Copy != nil) != (b.Copy != nil) {
			return a.Copy != nil
		}
		x, _ := json.Marshal(a)
		y, _ := json.Marshal(b)
		return string(x) < string(y)
	})
}

func typeName(t reflect.Type) string { return t.PkgPath() + "." + t.Name() }

func compareKinds(a, b kind) int {
	return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Kind, b.Kind))
}
