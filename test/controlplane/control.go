package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"
)

// request is a line of JSON on standard input. control.ts has the same type.
type request struct {
	ID int `json:"id"`
	// Action is one of kill, stop, start, pause, resume; snapshot, restore, compact.
	Action string `json:"action"`
	// Name is the component that a process's action is for.
	Name string `json:"name"`
	// Folder is the copy to restore.
	Folder string `json:"folder"`
	// Revision is how far to compact; 0 is everything.
	Revision int64 `json:"revision,string"`
}

// answer is the line on standard output that says that a request has been fulfilled, or why not.
type answer struct {
	ID        int            `json:"id"`
	Error     string         `json:"error,omitempty"`
	Folder    string         `json:"folder,omitempty"`
	Revision  int64          `json:"revision,string,omitempty"`
	Processes map[string]int `json:"processes"`
}

// readLines gives each line, and nothing more after an error, which means that the input is closed.
func readLines(input io.Reader, lines chan<- []byte) {
	for reader := bufio.NewReader(input); ; {
		line, err := reader.ReadBytes('\n')
		if err != nil {
			return
		}
		lines <- line
	}
}

// obey fulfils requests until the end, those that come while another is going on beside it.
func (s *supervisor) obey(ctx context.Context, lines <-chan []byte, output io.Writer) error {
	encoder, writing := json.NewEncoder(output), sync.Mutex{}
	for {
		select {
		case <-ctx.Done():
			return nil
		case line := <-lines:
			var asked request
			if err := json.Unmarshal(line, &asked); err != nil {
				return fmt.Errorf("not a request: %q: %w", line, err)
			}
			go func() {
				given := s.fulfil(ctx, asked)
				writing.Lock()
				defer writing.Unlock()
				_ = encoder.Encode(given) // a reader that went away closes our input, too
			}()
		}
	}
}

func (s *supervisor) fulfil(ctx context.Context, asked request) answer {
	ctx, cancel := context.WithTimeoutCause(ctx, startTimeout, fmt.Errorf("not done after %v", startTimeout))
	defer cancel()
	given := answer{ID: asked.ID}
	var err error
	switch asked.Action {
	case "snapshot":
		given.Folder, err = s.snapshot()
	case "restore":
		err = s.restore(ctx, asked.Folder)
	case "compact":
		given.Revision, err = s.cluster.compact(ctx, asked.Revision)
	default:
		var component *component
		if component, err = s.find(asked.Name); err == nil {
			err = component.act(ctx, asked.Action)
		}
	}
	if err != nil {
		given.Error = err.Error()
	}
	given.Processes = s.processes()
	return given
}
