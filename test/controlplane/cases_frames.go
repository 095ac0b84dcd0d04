package main

import (
	"encoding/binary"
	"encoding/json"
	"io"
)

// writeCase writes a case as three frames: the header in JSON, the object's JSON, the object's protobuf.
func writeCase(to io.Writer, header caseHeader, text, protobuf []byte) error {
	named, err := json.Marshal(header)
	if err != nil {
		return err
	}
	for _, frame := range [][]byte{named, text, protobuf} {
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
