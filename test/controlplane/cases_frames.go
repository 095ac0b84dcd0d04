package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// writeCase writes a case as three frames: the header in JSON, the object's JSON, the object's protobuf.
func writeCase(to io.Writer, header caseHeader, made madeCase) error {
	named, err := json.Marshal(header)
	if err != nil {
		return err
	}
	for _, frame := range [][]byte{named, made.json, made.protobuf} {
		if err := writeFrame(to, frame); err != nil {
			return err
		}
	}
	return nil
}

// writeFrame writes bytes after their number in four bytes, the highest first.
func writeFrame(to io.Writer, frame []byte) error {
	var length [4]byte
	binary.BigEndian.PutUint32(length[:], uint32(len(frame)))
	if _, err := to.Write(length[:]); err != nil {
		return err
	}
	_, err := to.Write(frame)
	return err
}

// readCase reads what writeCase wrote. It fails with io.EOF when there is nothing more.
func readCase(from io.Reader) (header caseHeader, made madeCase, err error) {
	named, err := readFrame(from)
	if err != nil {
		return header, made, err
	}
	if err := json.Unmarshal(named, &header); err != nil {
		return header, made, fmt.Errorf("its header: %w", err)
	}
	for _, into := range []*[]byte{&made.json, &made.protobuf} {
		if *into, err = readFrame(from); errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return header, made, err
		}
	}
	return header, made, nil
}

func readFrame(from io.Reader) ([]byte, error) {
	var length [4]byte
	if _, err := io.ReadFull(from, length[:]); err != nil {
		return nil, err
	}
	frame := make([]byte, binary.BigEndian.Uint32(length[:]))
	_, err := io.ReadFull(from, frame)
	return frame, err
}
