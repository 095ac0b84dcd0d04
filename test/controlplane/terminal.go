package main

import (
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
)

// openTerminal makes a pseudo terminal: ours and the one a process gets as its input and output.
func openTerminal() (ours, theirs *os.File, err error) {
	ours, err = os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, nil, err
	}
	// Fd() would switch the file to blocking calls, and then closing it could not end a read.
	raw, err := ours.SyscallConn()
	if err != nil {
		return nil, nil, err
	}
	var number int
	var failed error
	if err := raw.Control(func(fd uintptr) {
		if failed = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0); failed == nil {
			number, failed = unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
		}
	}); err != nil {
		failed = err
	}
	if failed == nil {
		theirs, failed = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	}
	if failed != nil {
		_ = ours.Close()
		return nil, nil, failed
	}
	return ours, theirs, nil
}

// resizeTerminal follows the sizes that the client reports.
func resizeTerminal(terminal *os.File, sizes <-chan remotecommand.TerminalSize) {
	raw, err := terminal.SyscallConn()
	if err != nil {
		return // closed already
	}
	for size := range sizes {
		_ = raw.Control(func(fd uintptr) {
			_ = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &unix.Winsize{Row: size.Height, Col: size.Width})
		})
	}
}
