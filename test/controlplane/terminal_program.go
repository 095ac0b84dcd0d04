package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// What is asked of the terminal, a line of JSON each.
type terminalRequest struct {
	Type    []byte `json:"type,omitempty"`    // typed as they are
	Columns uint16 `json:"columns,omitempty"` // the window gets this size
	Rows    uint16 `json:"rows,omitempty"`
	Mode    bool   `json:"mode,omitempty"` // answered with the mode
}

// What it tells, a line of JSON each.
type terminalEvent struct {
	Started int           `json:"started,omitempty"` // the process
	Output  []byte        `json:"output,omitempty"`
	Mode    *terminalMode `json:"mode,omitempty"`
	Exit    *terminalExit `json:"exit,omitempty"` // the last one
}

type terminalMode struct {
	Canonical bool `json:"canonical"`
	Echo      bool `json:"echo"`
	Signals   bool `json:"signals"`
	Output    bool `json:"output"` // a line feed is shown as one with a carriage return
}

type terminalExit struct {
	Code   int          `json:"code"`             // -1 for one that a signal ended
	Signal string       `json:"signal,omitempty"` // such as "terminated"
	Mode   terminalMode `json:"mode"`             // the terminal's, once the program had ended
}

// runTerminal runs a program on a pseudo terminal of its own, as the leader of its session, and is ruled by lines of JSON: Node can open none.
func runTerminal(args []string) error {
	flags := flag.NewFlagSet("terminal", flag.ContinueOnError)
	columns := flags.Uint("columns", 80, "width of the window")
	rows := flags.Uint("rows", 24, "height of the window")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("usage: controlplane terminal [--columns N] [--rows N] PROGRAM [ARGUMENT...]")
	}
	ours, theirs, err := openTerminal()
	if err != nil {
		return err
	}
	defer theirs.Close()
	if err := setWindow(theirs, uint16(*columns), uint16(*rows)); err != nil {
		return err
	}
	program := exec.Command(flags.Arg(0), flags.Args()[1:]...)
	program.Stdin, program.Stdout, program.Stderr = theirs, theirs, theirs
	// The terminal must not outlive whoever asked for it.
	program.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 0}
	if err := program.Start(); err != nil {
		return err
	}
	events := &terminalEvents{to: json.NewEncoder(os.Stdout)}
	events.tell(terminalEvent{Started: program.Process.Pid})

	var shown sync.WaitGroup
	shown.Go(func() {
		buffer := make([]byte, 32*1024)
		for {
			n, err := ours.Read(buffer)
			if n > 0 {
				events.tell(terminalEvent{Output: buffer[:n]})
			}
			if err != nil {
				return // nobody has the terminal any more
			}
		}
	})
	go func() {
		err := obey(ours, theirs, events)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		_ = program.Process.Kill() // nobody rules it any more
	}()

	err = program.Wait()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		return err
	}
	mode, err := modeOf(theirs)
	if err != nil {
		return err
	}
	exit := terminalExit{Code: program.ProcessState.ExitCode(), Mode: mode}
	if status, ok := program.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		exit.Signal = status.Signal().String()
	}
	_ = theirs.Close()
	shown.Wait()
	events.tell(terminalEvent{Exit: &exit})
	return nil
}

// obey carries out requests until there are no more.
func obey(ours, theirs *os.File, events *terminalEvents) error {
	requests := json.NewDecoder(bufio.NewReader(os.Stdin))
	for {
		var request terminalRequest
		if err := requests.Decode(&request); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if len(request.Type) > 0 {
			if _, err := ours.Write(request.Type); err != nil {
				return err
			}
		}
		if request.Columns > 0 || request.Rows > 0 {
			if err := setWindow(theirs, request.Columns, request.Rows); err != nil {
				return err
			}
		}
		if request.Mode {
			mode, err := modeOf(theirs)
			if err != nil {
				return err
			}
			events.tell(terminalEvent{Mode: &mode})
		}
	}
}

func setWindow(terminal *os.File, columns, rows uint16) error {
	return controlling(terminal, func(fd int) error {
		return unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: rows, Col: columns})
	})
}

func modeOf(terminal *os.File) (mode terminalMode, err error) {
	err = controlling(terminal, func(fd int) error {
		found, err := unix.IoctlGetTermios(fd, unix.TCGETS)
		if err == nil {
			mode = terminalMode{
				Canonical: found.Lflag&unix.ICANON != 0,
				Echo:      found.Lflag&unix.ECHO != 0,
				Signals:   found.Lflag&unix.ISIG != 0,
				Output:    found.Oflag&unix.OPOST != 0,
			}
		}
		return err
	})
	return mode, err
}

func controlling(terminal *os.File, act func(fd int) error) error {
	raw, err := terminal.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	if err := raw.Control(func(fd uintptr) { failed = act(int(fd)) }); err != nil {
		return err
	}
	return failed
}

type terminalEvents struct {
	lock sync.Mutex
	to   *json.Encoder
}

func (e *terminalEvents) tell(event terminalEvent) {
	e.lock.Lock()
	defer e.lock.Unlock()
	if e.to.Encode(event) != nil {
		os.Exit(1) // nobody listens
	}
}
