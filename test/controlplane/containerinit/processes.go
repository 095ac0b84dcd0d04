package containerinit

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

// processes are the children of the container's first process. It also inherits orphans, so one loop reaps all.
type processes struct {
	mu      sync.Mutex
	running map[int]*process
	main    *process
}

type process struct {
	pid    int
	exited chan int
}

func newProcesses() *processes {
	return &processes{running: map[int]*process{}}
}

func (all *processes) start(spec Process, stdio []*os.File, isMain bool) (*process, error) {
	if len(spec.Argv) == 0 {
		return nil, fmt.Errorf("no command")
	}
	dir := spec.Dir
	if dir == "" {
		dir = "/"
	}
	path, err := lookPath(spec.Argv[0], dir, spec.Env)
	if err != nil {
		return nil, err
	}
	attributes := &syscall.SysProcAttr{Setsid: true, Setctty: spec.TTY}
	if spec.UID != nil || spec.GID != nil {
		attributes.Credential = &syscall.Credential{}
		if spec.UID != nil {
			attributes.Credential.Uid = *spec.UID
		}
		if spec.GID != nil {
			attributes.Credential.Gid = *spec.GID
		}
	}
	files := make([]uintptr, len(stdio))
	for i, file := range stdio {
		files[i] = file.Fd()
	}

	// Held until the child is known, or the reaper could take its exit status before anyone waits for it.
	all.mu.Lock()
	defer all.mu.Unlock()
	pid, err := syscall.ForkExec(path, spec.Argv, &syscall.ProcAttr{Dir: dir, Env: spec.Env, Files: files, Sys: attributes})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	child := &process{pid: pid, exited: make(chan int, 1)}
	all.running[pid] = child
	if isMain {
		all.main = child
	}
	return child, nil
}

// reapChildren reaps whatever ends from now on. It listens before it returns: a child that ends unheard would never be reaped.
func (all *processes) reapChildren() {
	children := make(chan os.Signal, 1)
	signal.Notify(children, syscall.SIGCHLD)
	go func() {
		for range children {
			all.reap()
		}
	}()
}

func (all *processes) reap() {
	all.mu.Lock()
	defer all.mu.Unlock()
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, syscall.WNOHANG, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil || pid <= 0 {
			return
		}
		child, ok := all.running[pid]
		if !ok {
			continue // an orphan of the container
		}
		delete(all.running, pid)
		if status.Signaled() {
			child.exited <- 128 + int(status.Signal())
		} else {
			child.exited <- status.ExitStatus()
		}
	}
}

func (all *processes) signalMain(received syscall.Signal) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.main == nil || all.running[all.main.pid] == nil {
		return
	}
	_ = syscall.Kill(all.main.pid, received) // it may have ended, and then the signal has no meaning
}

// kill ends a process, unless it has ended, and what it started: each has a session, so a process group, of its own.
func (all *processes) kill(child *process) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.running[child.pid] == child {
		_ = syscall.Kill(-child.pid, syscall.SIGKILL)
	}
}

// lookPath finds a command as a shell in the container would: by the container's PATH, not by ours.
func lookPath(name, dir string, env []string) (string, error) {
	if strings.Contains(name, "/") {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		return name, executable(name)
	}
	for _, entry := range env {
		list, ok := strings.CutPrefix(entry, "PATH=")
		if !ok {
			continue
		}
		for _, folder := range filepath.SplitList(list) {
			path := filepath.Join(folder, name)
			if executable(path) == nil {
				return path, nil
			}
		}
	}
	return "", fmt.Errorf("exec: %q: executable file not found in $PATH", name)
}

func executable(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("exec: %w", err)
	}
	if info.IsDir() || info.Mode()&0o111 == 0 {
		return fmt.Errorf("exec: %q: permission denied", path)
	}
	return nil
}
