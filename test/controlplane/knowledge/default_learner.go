package knowledge

import (
	"fmt"
	"reflect"
	"slices"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// defaultLearner learns the defaults of one kind. At each struct within its objects it looks what decoding fills into an
// empty one, and on which other fields that depends: it tries values in one field after the other, of the struct itself
// and of those around it.
type defaultLearner struct {
	objects
	kind       kind
	book       *ruleBook
	sites      []site
	notCovered *[]string
	// rewritten are the fields that decoding changes though they are set: what they become is no default.
	rewritten map[string]bool
}

func (l *defaultLearner) learn() error {
	object, err := l.scheme.New(l.gvk)
	if err != nil {
		return err
	}
	l.sites = sitesOf(reflect.TypeOf(object).Elem())
	for _, s := range l.sites {
		l.book.addSite(l.kind, s)
		if err := l.learnSite(s); err != nil {
			return fmt.Errorf("%s: %w", wayText(s.path), err)
		}
	}
	return nil
}

func (l *defaultLearner) learnSite(s site) error {
	empty, err := l.effects(s, l.with(s, s, nil, nil))
	if err != nil {
		return err
	}
	influences := map[string][]influence{}
	if err := l.try(s, s, empty, influences); err != nil {
		return err
	}
	// On structs further around a default depends only if there is one, but for the labels and annotations of the object.
	if len(empty) == 0 && len(influences) == 0 && len(s.path) > 1 {
		return nil
	}
	for _, around := range slices.Backward(l.sites) {
		if len(around.path) < len(s.path) && slices.Equal(around.path, s.path[:len(around.path)]) {
			if err := l.try(s, around, empty, influences); err != nil {
				return err
			}
		}
	}
	for _, name := range sortedKeys(union(empty, influences)) {
		if err := l.conclude(s, name, empty[name], influences[name]); err != nil {
			return err
		}
	}
	return nil
}

// with gives an object that has the struct, and a value in a field of one around it.
func (l *defaultLearner) with(s, about site, path []string, value any) tree {
	object := place(s.path, tree{}).(tree)
	if path != nil {
		put(find(object, about.path).(tree), path, value)
	}
	return object
}

// try sets the fields of a struct, one after the other, and notes what that does to the defaults of one within.
func (l *defaultLearner) try(s, about site, empty map[string]any, influences map[string][]influence) error {
	rest := s.path[len(about.path):]
	unset, err := l.decoded(l.with(s, s, nil, nil))
	if err != nil {
		return err
	}
	for _, f := range featuresOf(about.t) {
		if len(f.path) <= len(rest) && slices.Equal(f.path, rest[:len(f.path)]) || l.isNearer(s, about, f) {
			continue
		}
		outcomes := map[string][]outcome{}
		values := f.values()
		for i, value := range values {
			found, err := l.effects(s, l.with(s, about, f.path, value))
			if err != nil {
				return fmt.Errorf("with %v in %s: %w", value, wayText(append(slices.Clone(about.path), f.path...)), err)
			}
			if len(rest) == 0 && len(f.path) == 1 {
				if is, changed := found[f.path[0]]; changed && !f.isFilled(is) {
					l.rewritten[wayText(append(slices.Clone(s.path), f.path...))] = true
					l.note(s, f.path[0], nil, "changes though it is set")
				}
				delete(found, f.path[0])
			}
			for name := range union(found, empty) {
				if len(rest) == 0 && name == f.path[0] {
					continue
				}
				if outcomes[name] == nil {
					outcomes[name] = make([]outcome, len(values))
				}
				outcomes[name][i] = outcome{value, found[name]}
			}
		}
		for _, name := range sortedKeys(outcomes) {
			for i, value := range values {
				outcomes[name][i].value = value
			}
			if slices.ContainsFunc(outcomes[name], func(one outcome) bool { return !reflect.DeepEqual(one.gives, empty[name]) }) {
				influences[name] = append(influences[name], influence{
					about, f, find(unset, append(slices.Clone(about.path), f.path...)), outcomes[name],
				})
			}
		}
	}
	return nil
}

// isNearer tells whether a field belongs to a struct that stands nearer to the place, and is tried there.
func (l *defaultLearner) isNearer(s, about site, f feature) bool {
	way := append(slices.Clone(about.path), f.path...)
	return slices.ContainsFunc(l.sites, func(one site) bool {
		return len(one.path) > len(about.path) && len(one.path) <= len(s.path) && len(one.path) < len(way) &&
			slices.Equal(one.path, s.path[:len(one.path)]) && slices.Equal(one.path, way[:len(one.path)])
	})
}

// conclude puts into rules what was found out about a field.
func (l *defaultLearner) conclude(s site, name string, empty any, influences []influence) error {
	if l.isOdd(s, name, empty, influences) {
		return nil
	}
	main := []conditionAbout{}
	for _, one := range influences {
		if one.isCopy() {
			if err := l.add(s, name, defaultRule{Copy: one.path, Fill: l.fills(s, one, name)}, []conditionAbout{{about: one.about}}); err != nil {
				return err
			}
			continue
		}
		for _, gives := range one.others(empty) {
			rule := defaultRule{Value: gives}
			if err := l.add(s, name, rule, one.conditionsFor(gives, empty)); err != nil {
				return err
			}
		}
		main = append(main, one.conditionsFor(empty, empty)...)
	}
	if empty == nil {
		return nil
	}
	return l.add(s, name, defaultRule{Value: l.simplest(s, name, empty)}, main)
}

func (l *defaultLearner) isOdd(s site, name string, empty any, influences []influence) bool {
	way := wayText(append(slices.Clone(s.path), name))
	odd := func(gives any) bool { return gives == gone{} || gives == "now" }
	if odd(empty) {
		l.note(s, name, nil, "becomes %v", empty)
		return true
	}
	for i, one := range influences {
		if one.isDerived(empty) {
			l.note(s, name, &influences[i], "depends on the text or number in")
			return true
		}
		if slices.ContainsFunc(one.outcomes, func(found outcome) bool { return odd(found.gives) }) {
			l.note(s, name, &influences[i], "goes, or becomes the time, by")
			return true
		}
	}
	return l.rewritten[way]
}

// simplest gives an empty struct for a default that is no more than what is filled into one.
func (l *defaultLearner) simplest(s site, name string, value any) any {
	inner := append(slices.Clone(s.path), name)
	if !slices.ContainsFunc(l.sites, func(one site) bool { return slices.Equal(one.path, inner) }) {
		return value
	}
	if decoded, err := l.decoded(place(inner, tree{}).(tree)); err == nil && reflect.DeepEqual(find(decoded, inner), value) {
		return tree{}
	}
	return value
}

// fills tells whether a map that has entries gets those of the other one beside them.
func (l *defaultLearner) fills(s site, one influence, name string) bool {
	if one.t.Kind() != reflect.Map {
		return false
	}
	object := l.with(s, one.about, one.path, one.outcomes[0].value)
	find(object, s.path).(tree)[name] = tree{"other": one.outcomes[0].value.(tree)[mapKey]}
	decoded, err := l.decoded(object)
	found, _ := find(decoded, append(slices.Clone(s.path), name)).(tree)
	return err == nil && len(found) == 2
}

// conditionAbout is a condition, with the struct in which the field is.
type conditionAbout struct {
	about site
	*condition
}

// add puts a rule where it belongs: it is about the outermost struct that it mentions.
func (l *defaultLearner) add(s site, name string, rule defaultRule, conditions []conditionAbout) error {
	about := s
	for _, one := range conditions {
		if len(one.about.path) < len(about.path) {
			about = one.about
		}
	}
	rule.Set = append(slices.Clone(s.path[len(about.path):]), name)
	for _, one := range conditions {
		if one.condition == nil {
			continue
		}
		within := *one.condition
		within.Path = append(slices.Clone(one.about.path[len(about.path):]), within.Path...)
		rule.When = append(rule.When, within)
	}
	return l.book.addRule(l.kind, about, rule)
}

// note tells what no rule says: of the type, if it has to do with nothing around that.
func (l *defaultLearner) note(s site, name string, by *influence, format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	where := fmt.Sprintf("%s.%s", typeName(s.t), name)
	if by != nil && len(by.about.path) < len(s.path) {
		where = fmt.Sprintf("%s %s %s", schema.GroupVersion{Group: l.kind.Group, Version: l.kind.Version}, l.kind.Kind, wayText(append(slices.Clone(s.path), name)))
		what += " " + wayText(append(slices.Clone(by.about.path), by.path...))
	} else if by != nil {
		what += " " + wayText(by.path)
	}
	if text := "defaults: " + where + " " + what; !slices.Contains(*l.notCovered, text) {
		*l.notCovered = append(*l.notCovered, text)
	}
}

func union[A, B any](a map[string]A, b map[string]B) map[string]bool {
	found := map[string]bool{}
	for key := range a {
		found[key] = true
	}
	for key := range b {
		found[key] = true
	}
	return found
}
