package containerinit

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
)

// killedCode is the exit code of a process that SIGKILL ended, as shells and Kubernetes count it.
const killedCode = 128 + int(syscall.SIGKILL)

func init() {
	if len(os.Args) > 1 && os.Args[1] == Command {
		os.Exit(run())
	}
}

// run serves requests until the container's own process ends or the runtime goes away.
func run() int {
	control, err := controlSocket()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	all := newProcesses()
	all.reapChildren()
	forwardSignals(all)

	ended := make(chan int)
	go func() {
		for {
			channel, stdio, err := receive(control)
			if err != nil {
				// The runtime has died. This process is the first of its namespace, so every other one ends with it.
				ended <- killedCode
				return
			}
			go serve(all, channel, stdio, ended)
		}
	}()
	return <-ended
}

func controlSocket() (*net.UnixConn, error) {
	file := os.NewFile(controlFD, "control")
	conn, err := net.FileConn(file)
	if err != nil {
		return nil, fmt.Errorf("%s is started by the kubelet only: %w", Command, err)
	}
	_ = file.Close() // FileConn made a copy
	unix, ok := conn.(*net.UnixConn)
	if !ok {
		return nil, fmt.Errorf("%s: descriptor %d is no Unix socket", Command, controlFD)
	}
	return unix, nil
}

// receive waits for one message: the channel, then standard input, output and error.
func receive(control *net.UnixConn) (net.Conn, []*os.File, error) {
	oob := make([]byte, syscall.CmsgSpace(4*4))
	n, oobn, _, _, err := control.ReadMsgUnix(make([]byte, 1), oob)
	if err != nil {
		return nil, nil, err
	}
	if n == 0 {
		return nil, nil, fmt.Errorf("control socket closed")
	}
	messages, err := syscall.ParseSocketControlMessage(oob[:oobn])
	if err != nil || len(messages) != 1 {
		return nil, nil, fmt.Errorf("control message of %d parts: %w", len(messages), err)
	}
	fds, err := syscall.ParseUnixRights(&messages[0])
	if err != nil || len(fds) != 4 {
		return nil, nil, fmt.Errorf("control message of %d descriptors: %w", len(fds), err)
	}
	handles := make([]*os.File, len(fds))
	for i, fd := range fds {
		syscall.CloseOnExec(fd)
		handles[i] = os.NewFile(uintptr(fd), "handle")
	}
	channel, err := net.FileConn(handles[0])
	if err != nil {
		return nil, nil, err
	}
	_ = handles[0].Close() // FileConn made a copy
	return channel, handles[1:], nil
}

// serve starts one process and reports how it ends.
func serve(all *processes, channel net.Conn, stdio []*os.File, ended chan<- int) {
	defer channel.Close()
	requests, replies := json.NewDecoder(channel), json.NewEncoder(channel)
	var request Request
	err := requests.Decode(&request)
	isMain := request.Setup != nil
	if err == nil && isMain {
		err = setUp(request.Setup)
	}
	var child *process
	if err == nil {
		child, err = all.start(request.Process, stdio, isMain)
	}
	for _, file := range stdio {
		_ = file.Close() // the process holds its own; ours would hide the end of its output
	}
	var started Started
	if err != nil {
		started.Error = err.Error()
	}
	// A reply that cannot be written means that the runtime has gone, and the control socket ends run().
	_ = replies.Encode(started)
	if err != nil {
		if isMain {
			ended <- 1
		}
		return
	}

	if !isMain {
		go func() {
			// Nothing follows the request, so this returns when the runtime closes the channel, or we do below.
			_, _ = channel.Read(make([]byte, 1))
			all.kill(child)
		}()
	}
	code := <-child.exited
	_ = replies.Encode(Exited{Code: code})
	if isMain {
		ended <- code
	}
}

// forwardSignals hands what the runtime sends from now on to the container's own process.
func forwardSignals(all *processes) {
	signals := make(chan os.Signal, 16)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2)
	go func() {
		for received := range signals {
			all.signalMain(received.(syscall.Signal))
		}
	}()
}
