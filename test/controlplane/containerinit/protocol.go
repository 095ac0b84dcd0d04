// Package containerinit is the first process of a container. It lives in namespaces of its own (mounts,
// processes, host name), makes the container's view of the file system, starts the container's command and
// later ones for `exec`, and takes every process of the container with it when it ends.
//
// The runtime talks to it over a socket at descriptor 3: each message is one byte that carries four
// descriptors: a channel and the standard input, output and error of the process to start. On the channel
// the runtime writes one Request and reads one Started, then one Exited. Closing the channel kills the process.
package containerinit

// Command is the subcommand that turns the program into a container's first process.
const Command = "container-init"

const controlFD = 3

// Mount says which path of the host appears where in the container.
type Mount struct {
	Source   string
	Target   string
	ReadOnly bool
}

// Setup is the container's world. Only the first request carries it.
type Setup struct {
	// Staging is an empty folder of the host over which the container's root is built.
	Staging  string
	Hostname string
	Mounts   []Mount
}

// Process is one command to run in the container.
type Process struct {
	Argv []string
	Env  []string
	Dir  string
	TTY  bool
	UID  *uint32
	GID  *uint32
}

// Request asks for one process. The process of the request with a Setup is the container itself.
type Request struct {
	Setup   *Setup
	Process Process
}

// Started answers a request: the process runs unless Error says why it does not.
type Started struct {
	Error string
}

// Exited follows when the process has ended.
type Exited struct {
	Code int
}
