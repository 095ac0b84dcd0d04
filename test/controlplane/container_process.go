package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"

	"controlplane.kubewright.test/containerinit"
)

// running is a process that was started in the container.
type running struct {
	channel *net.UnixConn
	replies *json.Decoder
}

// wait returns the exit code.
func (r *running) wait() int {
	defer r.channel.Close()
	var exited containerinit.Exited
	if r.replies.Decode(&exited) != nil {
		return killedCode // the whole container was killed, so nobody was left to answer
	}
	return exited.Code
}

// kill ends the process.
func (r *running) kill() { _ = r.channel.Close() }

// run starts a process in the container. It takes over the files.
func (c *container) run(request containerinit.Request, stdio [3]*os.File) (*running, error) {
	defer closeAll(stdio[:])
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	theirs := os.NewFile(uintptr(pair[1]), "channel")
	defer theirs.Close()
	channel, err := fileConn(pair[0])
	if err != nil {
		return nil, err
	}
	rights := syscall.UnixRights(pair[1], int(stdio[0].Fd()), int(stdio[1].Fd()), int(stdio[2].Fd()))
	if _, _, err := c.control.WriteMsgUnix([]byte{0}, rights, nil); err != nil {
		return nil, errors.Join(fmt.Errorf("container is gone: %w", err), channel.Close())
	}
	_ = theirs.Close() // now, or the end of the other side would go unseen
	var started containerinit.Started
	replies := json.NewDecoder(channel)
	err = json.NewEncoder(channel).Encode(request)
	if err == nil {
		err = replies.Decode(&started)
	}
	if err != nil {
		err = fmt.Errorf("container is gone: %w", err)
	} else if started.Error != "" {
		err = errors.New(started.Error)
	}
	if err != nil {
		_ = channel.Close()
		return nil, err
	}
	return &running{channel: channel, replies: replies}, nil
}

func closeAll(files []*os.File) {
	for _, file := range files {
		_ = file.Close()
	}
}

// fileConn makes a connection of a socket and takes it over.
func fileConn(fd int) (*net.UnixConn, error) {
	file := os.NewFile(uintptr(fd), "socket")
	defer file.Close()
	conn, err := net.FileConn(file)
	if err != nil {
		return nil, err
	}
	return conn.(*net.UnixConn), nil
}
