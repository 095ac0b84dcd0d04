package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// The kubelet reads logs in this form: time, stream, F for a full line or P for a part of one, text.
const (
	logTime       = "2006-01-02T15:04:05.000000000Z07:00"
	logLineLength = 16 * 1024
)

// containerLog is the file that `kubectl logs` reads.
type containerLog struct {
	path string
	mu   sync.Mutex
	file *os.File
}

func openLog(path string) (*containerLog, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	log := &containerLog{path: path}
	return log, log.reopen()
}

// reopen goes on in a new file after the kubelet has renamed the old one.
func (l *containerLog) reopen() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	// Nothing goes to the old file once the new one is there: the kubelet, where it follows, then leaves the old one.
	file, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	if l.file != nil {
		_ = l.file.Close()
	}
	l.file = file
	return nil
}

func (l *containerLog) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.file.Close()
}

// copyLines writes what comes from the reader line by line, until it ends.
func (l *containerLog) copyLines(stream string, from io.Reader) error {
	lines := bufio.NewReaderSize(from, logLineLength)
	for {
		text, err := lines.ReadSlice('\n')
		if len(text) > 0 {
			tag := "P"
			if text[len(text)-1] == '\n' {
				tag, text = "F", text[:len(text)-1]
			}
			if err := l.write(stream, tag, text); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil && err != bufio.ErrBufferFull {
			return err
		}
	}
}

func (l *containerLog) write(stream, tag string, text []byte) error {
	var line bytes.Buffer
	line.WriteString(time.Now().UTC().Format(logTime) + " " + stream + " " + tag + " ")
	line.Write(text)
	line.WriteByte('\n')
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := l.file.Write(line.Bytes())
	return err
}

// listeners get a copy of a container's output while they are attached.
type listeners struct {
	mu  sync.Mutex
	all map[io.Writer]string
}

func newListeners() *listeners {
	return &listeners{all: map[io.Writer]string{}}
}

func (l *listeners) add(to io.Writer, stream string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all[to] = stream
}

func (l *listeners) remove(to io.Writer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.all, to)
}

// stream is a writer that hands what it gets to all who listen to that stream. It never fails: who cannot take it is dropped.
func (l *listeners) stream(name string) io.Writer {
	return writerFunc(func(chunk []byte) (int, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		for to, stream := range l.all {
			if stream != name {
				continue
			}
			if _, err := to.Write(chunk); err != nil {
				delete(l.all, to)
			}
		}
		return len(chunk), nil
	})
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(chunk []byte) (int, error) { return f(chunk) }
