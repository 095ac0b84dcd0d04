package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"controlplane.kubewright.test/containerinit"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
)

const killedCode = 128 + int(syscall.SIGKILL)

// container is one container of a pod: local processes in namespaces of their own.
type container struct {
	config   *runtimeapi.ContainerConfig
	hostname string
	staging  string
	log      *containerLog
	outputs  *listeners

	started atomic.Bool
	first   *exec.Cmd     // the process of package containerinit
	control *net.UnixConn // to it
	stdin   io.WriteCloser
	tty     *os.File
	// ended is closed when every process of the container has gone.
	ended chan struct{}
}

// start makes the namespaces and runs the container's command. finished is called once with its exit code.
func (c *container) start(logPath string, finished func(code int)) error {
	log, err := openLog(logPath)
	if err != nil {
		return err
	}
	if err := c.startFirst(); err != nil {
		log.close()
		return err
	}
	stdio, outputs, err := c.openStdio()
	if err != nil {
		log.close()
		return errors.Join(err, c.endFirst())
	}
	setup := &containerinit.Setup{Staging: c.staging, Hostname: c.hostname}
	for _, mount := range c.config.Mounts {
		setup.Mounts = append(setup.Mounts, containerinit.Mount{Source: mount.HostPath, Target: mount.ContainerPath, ReadOnly: mount.Readonly})
	}
	main, err := c.run(containerinit.Request{Setup: setup, Process: c.process(c.command(), c.config.Tty)}, stdio)
	if err != nil {
		log.close()
		closeAll(outputs)
		return errors.Join(err, c.endFirst())
	}
	c.log = log
	c.started.Store(true)

	var pumps sync.WaitGroup
	for i, output := range outputs {
		stream := []string{"stdout", "stderr"}[i]
		pumps.Go(func() {
			err := log.copyLines(stream, io.TeeReader(output, c.outputs.stream(stream)))
			if err != nil && !c.config.Tty { // a terminal's end reads as an error
				fmt.Fprintf(os.Stderr, "log of %s: %v\n", c.config.Metadata.Name, err)
			}
		})
	}
	go func() {
		code := main.wait()
		_ = c.first.Wait() // it ends with the code that is known already
		pumps.Wait()
		closeAll(outputs)
		log.close()
		finished(code)
		close(c.ended)
	}()
	return nil
}

// startFirst starts the container's first process, which waits for requests.
func (c *container) startFirst() error {
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_SEQPACKET|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	theirs := os.NewFile(uintptr(pair[1]), "control")
	defer theirs.Close()
	control, err := fileConn(pair[0])
	if err != nil {
		return err
	}
	c.control = control
	c.first = exec.Command(self, containerinit.Command)
	c.first.ExtraFiles = []*os.File{theirs}
	c.first.Stderr = os.Stderr
	c.first.SysProcAttr = &syscall.SysProcAttr{
		Setsid:     true,
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWUTS | syscall.CLONE_NEWIPC,
	}
	if os.Geteuid() != 0 {
		// Ordinary users may make the other namespaces inside a user namespace only.
		c.first.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		c.first.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}}
		c.first.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
	}
	return spawn(c.first)
}

func (c *container) endFirst() error {
	_ = c.control.Close() // it ends by itself then
	var exit *exec.ExitError
	if err := c.first.Wait(); err != nil && !errors.As(err, &exit) {
		return err
	}
	return nil
}

// openStdio returns what the process gets and our ends of its outputs.
func (c *container) openStdio() (stdio [3]*os.File, outputs []*os.File, err error) {
	if c.config.Tty {
		ours, theirs, err := openTerminal()
		if err != nil {
			return stdio, nil, err
		}
		c.tty, c.stdin = ours, ours
		return [3]*os.File{theirs, theirs, theirs}, []*os.File{ours}, nil
	}
	if c.config.Stdin {
		var write *os.File
		if stdio[0], write, err = os.Pipe(); err != nil {
			return stdio, nil, err
		}
		c.stdin = write
	} else if stdio[0], err = os.Open(os.DevNull); err != nil {
		return stdio, nil, err
	}
	for i := 1; i <= 2; i++ {
		read, write, err := os.Pipe()
		if err != nil {
			return stdio, nil, err
		}
		stdio[i], outputs = write, append(outputs, read)
	}
	return stdio, outputs, nil
}

func (c *container) command() []string {
	argv := append(append([]string{}, c.config.Command...), c.config.Args...)
	if len(argv) == 0 {
		// There are no images, so whatever an image would run is a process that waits.
		return []string{"sleep", "infinity"}
	}
	return argv
}

func (c *container) process(argv []string, tty bool) containerinit.Process {
	env := []string{"PATH=" + os.Getenv("PATH"), "HOSTNAME=" + c.hostname}
	if tty {
		env = append(env, "TERM=xterm")
	}
	for _, entry := range c.config.Envs {
		env = append(env, entry.Key+"="+string(entry.Value))
	}
	process := containerinit.Process{Argv: argv, Env: env, Dir: c.config.WorkingDir, TTY: tty}
	if context := c.config.GetLinux().GetSecurityContext(); os.Geteuid() == 0 && context != nil {
		if context.RunAsUser != nil {
			process.UID = new(uint32(context.RunAsUser.Value))
		}
		if context.RunAsGroup != nil {
			process.GID = new(uint32(context.RunAsGroup.Value))
		}
	}
	return process
}

// stop asks the container's process to end and ends the container after the grace period.
func (c *container) stop(grace time.Duration) {
	if grace > 0 {
		_ = c.first.Process.Signal(syscall.SIGTERM) // it may have ended
		select {
		case <-c.ended:
			return
		case <-time.After(grace):
		}
	}
	_ = c.first.Process.Kill()
	<-c.ended
}
