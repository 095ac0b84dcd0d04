package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// supervisor holds the running components.
type supervisor struct {
	dir        string
	end        context.CancelCauseFunc
	components []*component
	stopping   chan struct{}
}

// start brings everything up and describes it.
func (s *supervisor) start(ctx context.Context, given upFlags) (*description, error) {
	s.stopping = make(chan struct{})
	for _, folder := range []string{"logs", "tmp"} {
		if err := os.Mkdir(filepath.Join(s.dir, folder), 0o700); err != nil {
			return nil, err
		}
	}
	c, err := newCluster(s.dir)
	if err != nil {
		return nil, err
	}
	if err := s.run("etcd", "etcd", filepath.Join(s.dir, "etcd"), c.etcdSocket, filepath.Join(s.dir, "peer.sock")); err != nil {
		return nil, err
	}
	main, err := s.startServer("kube-apiserver", c, given)
	if err != nil {
		return nil, err
	}
	described, err := c.describe(main)
	if err != nil {
		return nil, err
	}
	if err := waitReady(ctx, described.Admin.Kubeconfig); err != nil {
		return nil, err
	}
	if err := s.startOthers(ctx, c, given, described); err != nil {
		return nil, err
	}
	for _, component := range s.components {
		described.Processes[component.name] = component.command.Process.Pid
	}
	return described, nil
}

// startOthers starts what needs a running API server, all at once, and waits for all.
func (s *supervisor) startOthers(ctx context.Context, c *cluster, given upFlags, described *description) error {
	if !given.apiOnly {
		for _, start := range []func() error{
			func() error {
				return s.run("kube-controller-manager", c.controllerManagerArgs(described.Admin.Kubeconfig)...)
			},
			func() error { return s.run("kube-scheduler", c.schedulerArgs(described.Admin.Kubeconfig)...) },
			func() error { return s.startNode(c, described.Server) },
		} {
			if err := start(); err != nil {
				return err
			}
		}
	}
	if given.second {
		server, err := s.startExtra("kube-apiserver-second", c, given, described.Admin.Token)
		if err != nil {
			return err
		}
		described.SecondServer = server
	}
	if given.withoutCaching {
		server, err := s.startExtra("kube-apiserver-no-watch-cache", c, given, described.Admin.Token, "--watch-cache=false")
		if err != nil {
			return err
		}
		described.NoWatchCacheServer = server
	}

	waits := []func() error{func() error { return c.addServiceAccount(ctx, described) }}
	for _, server := range []*extraServer{described.SecondServer, described.NoWatchCacheServer} {
		if server != nil {
			waits = append(waits, func() error { return waitReady(ctx, server.Kubeconfig) })
		}
	}
	if !given.apiOnly {
		waits = append(waits, func() error { return waitUsable(ctx, described.Admin.Kubeconfig) })
	}
	return together(waits)
}

func (s *supervisor) startServer(name string, c *cluster, given upFlags, extra ...string) (port, error) {
	reserved, err := reservePort()
	if err != nil {
		return 0, err
	}
	args := append(c.serverArgs(reserved, given.allAPIs), extra...)
	return reserved, s.run(name, append(args, given.serverFlags...)...)
}

func (s *supervisor) startExtra(name string, c *cluster, given upFlags, token string, extra ...string) (*extraServer, error) {
	reserved, err := s.startServer(name, c, given, extra...)
	if err != nil {
		return nil, err
	}
	kubeconfig, err := c.writeKubeconfig(name, reserved.url(), user{token: token})
	return &extraServer{Server: reserved.url(), Kubeconfig: kubeconfig}, err
}

func (s *supervisor) startNode(c *cluster, server string) error {
	reserved, err := reservePort()
	if err != nil {
		return err
	}
	args, err := c.kubeletArgs(server, reserved)
	if err != nil {
		return err
	}
	return s.run("kubelet", args...)
}

// run starts a component whose unwanted end is the end of everything.
func (s *supervisor) run(name string, args ...string) error {
	component, err := startComponent(s.dir, name, args...)
	if err != nil {
		return err
	}
	s.components = append(s.components, component)
	go func() {
		<-component.ended
		select {
		case <-s.stopping:
		default:
			s.end(component.diedError())
		}
	}()
	return nil
}

// stopAll stops the node with its containers first and etcd last, as everything else writes to it.
func (s *supervisor) stopAll() error {
	if s.stopping == nil {
		return nil
	}
	close(s.stopping)
	s.stop(stopGrace+time.Second, "kubelet")
	// Nobody will read what they would still write, so they do not get long.
	s.stop(time.Second, "kube-scheduler", "kube-controller-manager", "kube-apiserver", "kube-apiserver-second", "kube-apiserver-no-watch-cache")
	s.stop(2*time.Second, "etcd")
	return nil
}

func (s *supervisor) stop(grace time.Duration, names ...string) {
	var stops sync.WaitGroup
	for _, component := range s.components {
		for _, name := range names {
			if component.name == name {
				stops.Go(func() { component.stop(grace) })
			}
		}
	}
	stops.Wait()
}

// together runs all at the same time and returns all errors.
func together(work []func() error) error {
	failures := make([]error, len(work))
	var all sync.WaitGroup
	for i, job := range work {
		all.Go(func() { failures[i] = job() })
	}
	all.Wait()
	return errors.Join(failures...)
}

// poll tries until it works; the last failure says why it never did.
func poll(ctx context.Context, what string, try func(context.Context) error) error {
	for {
		err := try(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w (last: %w)", what, context.Cause(ctx), err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
