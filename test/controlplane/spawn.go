package main

import (
	"os/exec"
	"runtime"
	"sync"
	"syscall"
)

// A child asks for SIGKILL when its parent dies, and the kernel takes the parent to be the thread that made it.
// So every child is started from one thread that lives as long as the program.
var spawner = sync.OnceValue(func() chan<- func() {
	work := make(chan func())
	go func() {
		runtime.LockOSThread()
		for job := range work {
			job()
		}
	}()
	return work
})

// spawn starts a command that dies with this process, however this process ends.
func spawn(command *exec.Cmd) error {
	if command.SysProcAttr == nil {
		command.SysProcAttr = &syscall.SysProcAttr{}
	}
	command.SysProcAttr.Pdeathsig = syscall.SIGKILL
	failed := make(chan error)
	spawner() <- func() { failed <- command.Start() }
	return <-failed
}

// self is the path of the running program. It stays valid when the file has been deleted or replaced.
const self = "/proc/self/exe"
