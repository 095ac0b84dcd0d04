package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"syscall"
	"time"

	"controlplane.kubewright.test/containerinit"
	"k8s.io/cri-streaming/pkg/streaming"
	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
	utilexec "k8s.io/utils/exec"
)

// containerStreams serves exec, attach and port-forward; the kubelet hands such requests on to it.
type containerStreams struct{ runtime *processRuntime }

var _ streaming.Runtime = containerStreams{}

func (s containerStreams) Exec(ctx context.Context, id string, argv []string, in io.Reader, out, errs io.WriteCloser, tty bool, sizes <-chan remotecommand.TerminalSize) error {
	c, err := s.runtime.find(id)
	if err != nil {
		return err
	}
	if tty {
		return c.execTerminal(ctx, argv, in, out, sizes)
	}
	return c.exec(ctx, argv, in, out, errs)
}

// Attach joins the container's own input and output until the container ends.
func (s containerStreams) Attach(ctx context.Context, id string, in io.Reader, out, errs io.WriteCloser, _ bool, sizes <-chan remotecommand.TerminalSize) error {
	c, err := s.runtime.find(id)
	if err != nil {
		return err
	}
	if out != nil {
		c.outputs.add(out, "stdout")
		defer c.outputs.remove(out)
	}
	if errs != nil {
		c.outputs.add(errs, "stderr")
		defer c.outputs.remove(errs)
	}
	if c.tty != nil {
		go resizeTerminal(c.tty, sizes)
	}
	if in != nil && c.stdin != nil {
		go func() {
			_, _ = io.Copy(c.stdin, in) // ends with the client or with the container, and neither is an error
			if c.config.StdinOnce && c.tty == nil {
				_ = c.stdin.Close()
			}
		}()
	}
	select {
	case <-c.ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// PortForward connects to the port on this machine: pods share its network.
func (s containerStreams) PortForward(_ context.Context, _ string, port int32, stream io.ReadWriteCloser) error {
	conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return err
	}
	defer conn.Close()
	go func() {
		_, _ = io.Copy(conn, stream) // either side may go away at any time
		_ = conn.(*net.TCPConn).CloseWrite()
	}()
	_, err = io.Copy(stream, conn)
	return err
}

// exec runs a command in the container. Any of the streams may be nil.
func (c *container) exec(ctx context.Context, argv []string, in io.Reader, out, errs io.Writer) error {
	var stdio [3]*os.File
	var copies sync.WaitGroup
	var ours, outputs []*os.File
	defer func() { closeAll(append(ours, outputs...)) }()
	if in == nil {
		null, err := os.Open(os.DevNull)
		if err != nil {
			return err
		}
		stdio[0] = null
	} else {
		read, write, err := os.Pipe()
		if err != nil {
			return err
		}
		stdio[0], ours = read, append(ours, write)
		go func() {
			_, _ = io.Copy(write, in) // the command need not read it all
			_ = write.Close()
		}()
	}
	for i, to := range []io.Writer{out, errs} {
		read, write, err := os.Pipe()
		if err != nil {
			return err
		}
		stdio[i+1], outputs = write, append(outputs, read)
		if to == nil {
			to = io.Discard
		}
		copies.Go(func() { copyOutput(to, read) })
	}
	return c.runToEnd(ctx, argv, false, stdio, &copies, outputs)
}

// copyOutput hands on what comes through a pipe to its end, or, once its deadline has passed, what is in it by then. The client may go
// away.
func copyOutput(to io.Writer, pipe *os.File) {
	_, err := io.Copy(to, pipe)
	if !errors.Is(err, os.ErrDeadlineExceeded) || pipe.SetReadDeadline(time.Time{}) != nil {
		return
	}
	conn, err := pipe.SyscallConn()
	if err != nil {
		return
	}
	rest := make([]byte, 64*1024) // a pipe holds no more
	n := 0
	if conn.Read(func(fd uintptr) bool { n, _ = syscall.Read(int(fd), rest); return true }) == nil && n > 0 {
		_, _ = to.Write(rest[:n])
	}
}

func (c *container) execTerminal(ctx context.Context, argv []string, in io.Reader, out io.Writer, sizes <-chan remotecommand.TerminalSize) error {
	ours, theirs, err := openTerminal()
	if err != nil {
		return err
	}
	defer ours.Close()
	go resizeTerminal(ours, sizes)
	if in != nil {
		go func() { _, _ = io.Copy(ours, in) }()
	}
	var copies sync.WaitGroup
	copies.Go(func() { _, _ = io.Copy(out, ours) }) // ends with an error when the last process has left the terminal
	return c.runToEnd(ctx, argv, true, [3]*os.File{theirs, theirs, theirs}, &copies, nil)
}

func (c *container) runToEnd(ctx context.Context, argv []string, tty bool, stdio [3]*os.File, copies *sync.WaitGroup, pipes []*os.File) error {
	process, err := c.run(containerinit.Request{Process: c.process(argv, tty)}, stdio)
	if err != nil {
		return utilexec.CodeExitError{Err: err, Code: 126}
	}
	stop := context.AfterFunc(ctx, process.kill)
	code := process.wait()
	stop()
	// A process that the command left behind can hold the outputs open; of a pipe it is known what the command wrote itself.
	for _, pipe := range pipes {
		_ = pipe.SetReadDeadline(time.Now())
	}
	var late <-chan time.Time
	if tty {
		late = time.After(time.Second)
	}
	copied := make(chan struct{})
	go func() { copies.Wait(); close(copied) }()
	select {
	case <-copied:
	case <-late:
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if code != 0 {
		return utilexec.CodeExitError{Err: fmt.Errorf("command terminated with exit code %d", code), Code: code}
	}
	return nil
}

// serveStreams makes the server for such requests on a free port of the loopback address.
func serveStreams(runtime *processRuntime, idleTimeout time.Duration) (streaming.Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	config := streaming.DefaultConfig
	config.Addr = listener.Addr().String()
	config.StreamIdleTimeout = idleTimeout
	server, err := streaming.NewServer(config, containerStreams{runtime})
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	go func() {
		fmt.Fprintln(os.Stderr, "stream server:", http.Serve(listener, server))
		os.Exit(1)
	}()
	return server, nil
}
