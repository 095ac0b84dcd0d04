package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// process is a running child of the control plane: this program with another command.
type process struct {
	name    string
	command *exec.Cmd
	logFile string
	// endWanted tells that somebody asked for its end.
	endWanted atomic.Bool
	// ended is closed after the process has ended; failure says how.
	ended   chan struct{}
	failure error
}

// startProcess runs a command of this program; what it prints is added to a file of the folder for logs.
func startProcess(dir, name string, args ...string) (*process, error) {
	logFile := filepath.Join(dir, "logs", name+".log")
	log, err := os.OpenFile(logFile, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p := &process{name: name, logFile: logFile, ended: make(chan struct{})}
	p.command = exec.Command(self, args...)
	p.command.Dir = dir
	p.command.Env = append(os.Environ(), "TMPDIR="+filepath.Join(dir, "tmp"))
	p.command.Stdout, p.command.Stderr = log, log
	// A group of its own: Ctrl-C in a terminal reaches the supervisor only, which then stops all in order.
	p.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := spawn(p.command); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	go func() {
		p.failure = p.command.Wait()
		close(p.ended)
	}()
	return p, nil
}

// kill ends the process at once.
func (p *process) kill() {
	p.endWanted.Store(true)
	_ = p.command.Process.Kill() // it may have ended
	<-p.ended
}

// stop asks the process to end, also one that is paused, and kills it after the grace period.
func (p *process) stop(grace time.Duration) {
	p.endWanted.Store(true)
	_ = p.command.Process.Signal(syscall.SIGTERM) // it may have ended
	_ = p.command.Process.Signal(syscall.SIGCONT)
	select {
	case <-p.ended:
	case <-time.After(grace):
		p.kill()
	}
}

// pause halts the process, and returns when none of its threads runs any more.
func (p *process) pause() error {
	if err := p.command.Process.Signal(syscall.SIGSTOP); err != nil {
		return err
	}
	for !p.paused() {
		select {
		case <-p.ended:
			return fmt.Errorf("%s ended", p.name)
		case <-time.After(time.Millisecond):
		}
	}
	return nil
}

func (p *process) resume() error { return p.command.Process.Signal(syscall.SIGCONT) }

// paused tells whether all threads are halted.
func (p *process) paused() bool {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", p.command.Process.Pid))
	if err != nil || len(threads) == 0 {
		return false
	}
	for _, path := range threads {
		stat, err := os.ReadFile(path)
		if err != nil {
			return false
		}
		// The state follows the name, which stands in parentheses and may hold some.
		_, state, found := strings.Cut(string(stat[strings.LastIndexByte(string(stat), ')')+1:]), " ")
		if !found || !strings.HasPrefix(state, "T") {
			return false
		}
	}
	return true
}

// diedError tells why a process that should run has ended: with the end of its log, as the file goes away.
func (p *process) diedError() error {
	text, err := os.ReadFile(p.logFile)
	if err != nil {
		return errors.Join(fmt.Errorf("%s ended: %w", p.name, p.failure), err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if len(lines) > 12 {
		lines = lines[len(lines)-12:]
	}
	return fmt.Errorf("%s ended (%v); the end of its log:\n%s", p.name, p.failure, strings.Join(lines, "\n"))
}
