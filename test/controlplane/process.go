package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// component is a child process of the control plane: this program with another command.
type component struct {
	name    string
	command *exec.Cmd
	logFile string
	// ended is closed after the process has ended; failure says how.
	ended   chan struct{}
	failure error
}

// start runs a component; what it prints goes to a file of the folder for logs.
func startComponent(dir, name string, args ...string) (*component, error) {
	logFile := filepath.Join(dir, "logs", name+".log")
	log, err := os.Create(logFile)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	c := &component{name: name, logFile: logFile, ended: make(chan struct{})}
	c.command = exec.Command(self, args...)
	c.command.Dir = dir
	c.command.Env = append(os.Environ(), "TMPDIR="+filepath.Join(dir, "tmp"))
	c.command.Stdout, c.command.Stderr = log, log
	// A group of its own: Ctrl-C in a terminal reaches the supervisor only, which then stops all in order.
	c.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := spawn(c.command); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	go func() {
		c.failure = c.command.Wait()
		close(c.ended)
	}()
	return c, nil
}

// stop asks the process to end and kills it after the grace period.
func (c *component) stop(grace time.Duration) {
	_ = c.command.Process.Signal(syscall.SIGTERM) // it may have ended
	select {
	case <-c.ended:
	case <-time.After(grace):
		_ = c.command.Process.Kill()
		<-c.ended
	}
}

// diedError tells why a component that should run has ended: with the end of its log, as the file goes away.
func (c *component) diedError() error {
	text, err := os.ReadFile(c.logFile)
	if err != nil {
		return errors.Join(fmt.Errorf("%s ended: %w", c.name, c.failure), err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if len(lines) > 12 {
		lines = lines[len(lines)-12:]
	}
	return fmt.Errorf("%s ended (%v); the end of its log:\n%s", c.name, c.failure, strings.Join(lines, "\n"))
}
