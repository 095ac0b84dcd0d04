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
	var ours []*os.File
	defer func() { closeAll(ours) }()
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
		stdio[i+1], ours = write, append(ours, read)
		if to == nil {
			to = io.Discard
		}
		copies.Go(func() { _, _ = io.Copy(to, read) }) // the client may go away
	}
	return c.runToEnd(ctx, argv, false, stdio, &copies)
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
	return c.runToEnd(ctx, argv, true, [3]*os.File{theirs, theirs, theirs}, &copies)
}

func (c *container) runToEnd(ctx context.Context, argv []string, tty bool, stdio [3]*os.File, copies *sync.WaitGroup) error {
	process, err := c.run(containerinit.Request{Process: c.process(argv, tty)}, stdio)
	if err != nil {
		return utilexec.CodeExitError{Err: err, Code: 126}
	}
	stop := context.AfterFunc(ctx, process.kill)
	code := process.wait()
	stop()
	if err := ctx.Err(); err != nil {
		return err
	}
	// A process that the command left behind can hold the pipes open; the command's own output has arrived by then.
	copied := make(chan struct{})
	go func() { copies.Wait(); close(copied) }()
	select {
	case <-copied:
	case <-time.After(time.Second):
	}
	if code != 0 {
		return utilexec.CodeExitError{Err: fmt.Errorf("command terminated with exit code %d", code), Code: code}
	}
	return nil
}

// serveStreams makes the server for such requests on a free port of the loopback address.
func serveStreams(runtime *processRuntime) (streaming.Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	config := streaming.DefaultConfig
	config.Addr = listener.Addr().String()
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
