package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

const startTimeout = 90 * time.Second

type upFlags struct {
	dir                                      string
	allAPIs, apiOnly, second, withoutCaching bool
	serverFlags, kubeletFlags                []string
}

func parseUpFlags(args []string) (upFlags, error) {
	var given upFlags
	flags := flag.NewFlagSet("up", flag.ExitOnError)
	flags.StringVar(&given.dir, "dir", "", "folder for everything that is written; it must be empty or missing, and is removed at the end")
	flags.BoolVar(&given.allAPIs, "all-apis", false, "serve every group and version, alpha and beta too")
	flags.BoolVar(&given.apiOnly, "api-only", false, "etcd and the API server only: no controllers, no scheduler, no node")
	flags.BoolVar(&given.second, "second", false, "a second API server on the same etcd")
	flags.BoolVar(&given.withoutCaching, "no-watch-cache", false, "an API server with --watch-cache=false on the same etcd")
	flags.Func("api-server-flag", "a further flag of every API server, such as --oidc-issuer-url=...; may be repeated", func(value string) error {
		given.serverFlags = append(given.serverFlags, value)
		return nil
	})
	flags.Func("kubelet-flag", "a further flag of the kubelet (see nodeFlags), such as --container-log-max-size=1Mi; may be repeated", func(value string) error {
		given.kubeletFlags = append(given.kubeletFlags, value)
		return nil
	})
	if err := flags.Parse(args); err != nil {
		return given, err
	}
	if given.dir == "" || flags.NArg() > 0 {
		return given, errors.New("usage: controlplane up --dir FOLDER [--all-apis] [--api-only] [--second] [--no-watch-cache] [--api-server-flag FLAG]... [--kubelet-flag FLAG]...")
	}
	dir, err := filepath.Abs(given.dir)
	given.dir = dir
	return given, err
}

// runUp starts the control plane, prints one line of JSON that describes it (see description), and keeps it until
// standard input closes, a signal to end comes, the parent dies or one of the processes does without being asked.
// Meanwhile it fulfils requests (see request). Then it removes all.
func runUp(args []string) (err error) {
	given, err := parseUpFlags(args)
	if err != nil {
		return err
	}
	// A reader of our output that went away must not end us before we have cleaned up.
	signal.Ignore(syscall.SIGPIPE)
	ctx, end := context.WithCancelCause(context.Background())
	defer end(nil)
	lines := make(chan []byte)
	go endWithParent(end, lines)
	go endOnSignal(end)

	unlock, err := takeFolder(given.dir)
	if err != nil {
		return err
	}
	defer unlock()
	sweep(filepath.Dir(given.dir))

	s := &supervisor{dir: given.dir, end: end}
	defer func() {
		s.stopAll()
		err = errors.Join(err, os.RemoveAll(given.dir))
	}()
	starting, cancel := context.WithTimeoutCause(ctx, startTimeout, fmt.Errorf("not ready after %v", startTimeout))
	defer cancel()
	described, err := s.start(starting, given)
	if err != nil {
		return endedBy(starting, err)
	}
	line, err := json.Marshal(described)
	if err != nil {
		return err
	}
	if _, err := fmt.Printf("%s\n", line); err != nil {
		return err
	}
	return endedBy(ctx, s.obey(ctx, lines, os.Stdout))
}

// errAsked is the cause of an end that somebody asked for: no failure.
var errAsked = errors.New("asked to end")

// endedBy gives the reason for an end; the error of what was going on then is a mere consequence.
func endedBy(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, errAsked) {
		return nil
	}
	if cause != nil {
		return cause
	}
	return err
}

func endOnSignal(end context.CancelCauseFunc) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	<-signals
	end(errAsked)
}

// endWithParent ends when standard input does, which is a pipe that the parent holds and writes requests to. If
// somebody else still holds the pipe, a changed parent shows the same.
func endWithParent(end context.CancelCauseFunc, lines chan<- []byte) {
	parent := os.Getppid()
	go func() {
		for range time.Tick(time.Second) {
			if os.Getppid() != parent {
				end(errAsked)
			}
		}
	}()
	readLines(os.Stdin, lines)
	end(errAsked)
}
