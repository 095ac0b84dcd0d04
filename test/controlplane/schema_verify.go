package main

import (
	"fmt"
	"reflect"

	"google.golang.org/protobuf/encoding/protowire"
)

// verifyField sees that a field is on the wire as its type says, in a message in which nothing else is set.
func verifyField(owner reflect.Type, index int, described field) error {
	object := reflect.New(owner)
	object.Elem().Field(index).Set(something(owner.Field(index).Type))
	data, err := object.Interface().(interface{ Marshal() ([]byte, error) }).Marshal()
	if err != nil {
		return err
	}
	for len(data) > 0 {
		number, wire, length := protowire.ConsumeField(data)
		switch {
		case length < 0:
			return protowire.ParseError(length)
		case int(number) != described.Number:
		case wire != wireOf(described.Type):
			return fmt.Errorf("its wire type is %d", wire)
		default:
			return nil
		}
		data = data[length:]
	}
	return fmt.Errorf("field %d is not written", described.Number)
}

// something is a value that no encoder leaves out.
func something(t reflect.Type) reflect.Value {
	switch v := reflect.New(t).Elem(); t.Kind() {
	case reflect.Pointer:
		return reflect.New(t.Elem())
	case reflect.Slice:
		return reflect.MakeSlice(t, 1, 1)
	case reflect.Map:
		filled := reflect.MakeMap(t)
		filled.SetMapIndex(reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem())
		return filled
	default:
		return v // structs and scalars are written always, zero too
	}
}

func wireOf(t *typeRef) protowire.Type {
	switch {
	case t.Optional != nil:
		return wireOf(t.Optional)
	case t.List != nil:
		return wireOf(t.List)
	case t.Scalar == "bool", t.Scalar == "int32", t.Scalar == "int64":
		return protowire.VarintType
	case t.Scalar == "float64":
		return protowire.Fixed64Type
	}
	return protowire.BytesType
}
