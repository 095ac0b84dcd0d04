package knowledge

import (
	"reflect"
	"slices"
)

// influence is what a field does to the default of another one.
type influence struct {
	// about is the struct in which the field is, which is around the other field too.
	about site
	feature
	// byDefault is what the field itself is when it is not set.
	byDefault any
	// outcomes are for each value what the other field becomes, nil for nothing.
	outcomes []outcome
}

type outcome struct{ value, gives any }

// isDerived tells whether the other field is made of this one, or depends on more of its values than can be tried.
func (i influence) isDerived(empty any) bool {
	free := i.outcomes[len(i.enum):]
	if i.isCopy() || len(free) < 2 {
		return false
	}
	if !reflect.DeepEqual(free[0].gives, free[1].gives) {
		return true
	}
	isSame := func(one outcome) bool { return reflect.DeepEqual(one.gives, free[0].gives) }
	return len(i.enum) == 0 && !reflect.DeepEqual(free[0].gives, empty) && slices.IndexFunc(free, func(one outcome) bool { return !isSame(one) }) > 0 &&
		len(free) > len(freeTexts[:2])+1
}

// isCopy tells whether the other field becomes what this one is.
func (i influence) isCopy() bool {
	for _, one := range i.outcomes {
		if !reflect.DeepEqual(one.value, one.gives) {
			return false
		}
	}
	return len(i.outcomes) > 1
}

// others are what the other field becomes with some value, other than what it becomes without.
func (i influence) others(empty any) []any {
	found := []any{}
	for _, one := range i.outcomes {
		isThis := func(other any) bool { return reflect.DeepEqual(one.gives, other) }
		if one.gives != nil && !isThis(empty) && !slices.ContainsFunc(found, isThis) {
			found = append(found, one.gives)
		}
	}
	return found
}

// conditionsFor says with what in this field the other one becomes so.
func (i influence) conditionsFor(gives, empty any) []conditionAbout {
	in, notIn := []any{}, []any{}
	free := false
	for _, one := range i.outcomes {
		if reflect.DeepEqual(one.gives, gives) {
			in = append(in, one.value)
			free = free || one.value == freeTexts[0]
		} else {
			notIn = append(notIn, one.value)
		}
	}
	without := reflect.DeepEqual(empty, gives)
	isDefault := func(value any) bool { return i.byDefault != nil && reflect.DeepEqual(value, i.byDefault) }
	that := func(one condition) conditionAbout {
		one.Path = i.path
		return conditionAbout{i.about, &one}
	}
	yes, no := true, false
	switch {
	case len(notIn) == 0:
		return []conditionAbout{that(condition{Present: &yes})}
	case len(in) == 0:
		return []conditionAbout{that(condition{Present: &no})}
	case slices.ContainsFunc(in, isDefault) && !free:
		return []conditionAbout{that(condition{In: in})}
	case without, free && i.byDefault != nil:
		return []conditionAbout{that(condition{NotIn: notIn})}
	case free:
		return []conditionAbout{that(condition{Present: &yes}), that(condition{NotIn: notIn})}
	}
	return []conditionAbout{that(condition{In: in})}
}
