package main

import (
	"fmt"
	"syscall"
)

// port is a port of the loopback address that is ours until the program ends. The socket that holds it never
// listens. While it exists the kernel gives the port to nobody who asks for any free one, yet the server that
// we start can listen on it (Go sets SO_REUSEADDR on listeners). So runs at the same time cannot clash.
type port int

func reservePort() (port, error) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, fmt.Errorf("reserve a port: %w", err)
	}
	if err := syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		return 0, fmt.Errorf("reserve a port: %w", err)
	}
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return 0, fmt.Errorf("reserve a port: %w", err)
	}
	address, err := syscall.Getsockname(fd)
	if err != nil {
		return 0, fmt.Errorf("reserve a port: %w", err)
	}
	return port(address.(*syscall.SockaddrInet4).Port), nil
}

func (p port) url() string { return fmt.Sprintf("https://127.0.0.1:%d", p) }
