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

// supervisor holds the components, in the order in which they start: each level needs those before it.
type supervisor struct {
	dir     string
	end     context.CancelCauseFunc
	cluster *cluster
	levels  [3][]*component
}

const (
	storageLevel = iota
	serverLevel
	otherLevel
)

// start brings everything up and describes it.
func (s *supervisor) start(ctx context.Context, given upFlags) (*description, error) {
	for _, folder := range []string{"logs", "tmp"} {
		if err := os.Mkdir(filepath.Join(s.dir, folder), 0o700); err != nil {
			return nil, err
		}
	}
	var err error
	if s.cluster, err = newCluster(s.dir); err != nil {
		return nil, err
	}
	described, err := s.plan(given)
	if err != nil {
		return nil, err
	}
	if err := s.startAll(ctx, s.levels[:]...); err != nil {
		return nil, err
	}
	waits := []func() error{func() error { return s.cluster.addServiceAccount(ctx, described) }}
	if !given.apiOnly {
		waits = append(waits, func() error { return waitUsable(ctx, described.Admin.Kubeconfig) })
	}
	if err := together(waits); err != nil {
		return nil, err
	}
	described.Processes = s.processes()
	return described, nil
}

// plan decides which components there are, and describes what they will offer.
func (s *supervisor) plan(given upFlags) (*description, error) {
	c := s.cluster
	etcd := s.add(storageLevel, "etcd", []string{"etcd", c.etcdFolder, c.etcdSocket, filepath.Join(s.dir, "peer.sock")})
	etcd.ready = c.waitEtcd
	etcd.grace = 2 * time.Second

	main, err := s.planServer(serverLevel, "kube-apiserver", given)
	if err != nil {
		return nil, err
	}
	described, err := c.describe(main)
	if err != nil {
		return nil, err
	}
	admin := described.Admin.Kubeconfig
	for _, extra := range []struct {
		wanted bool
		name   string
		flags  []string
		into   **extraServer
	}{
		{given.second, "kube-apiserver-second", nil, &described.SecondServer},
		{given.withoutCaching, "kube-apiserver-no-watch-cache", []string{"--watch-cache=false"}, &described.NoWatchCacheServer},
	} {
		if !extra.wanted {
			continue
		}
		reserved, err := s.planServer(otherLevel, extra.name, given, extra.flags...)
		if err != nil {
			return nil, err
		}
		kubeconfig, err := c.writeKubeconfig(extra.name, reserved.url(), user{token: c.adminToken})
		if err != nil {
			return nil, err
		}
		*extra.into = &extraServer{Server: reserved.url(), Kubeconfig: kubeconfig}
	}
	if given.apiOnly {
		return described, nil
	}

	s.add(otherLevel, "kube-controller-manager", c.controllerManagerArgs(admin))
	s.add(otherLevel, "kube-scheduler", c.schedulerArgs(admin))
	reserved, err := reservePort()
	if err != nil {
		return nil, err
	}
	args, err := c.kubeletArgs(described.Server, reserved)
	if err != nil {
		return nil, err
	}
	kubelet := s.add(otherLevel, "kubelet", append(args, given.kubeletFlags...))
	kubelet.ready = func(ctx context.Context) error { return c.waitKubelet(ctx, reserved) }
	kubelet.grace = stopGrace + time.Second
	return described, nil
}

func (s *supervisor) planServer(level int, name string, given upFlags, extra ...string) (port, error) {
	reserved, err := reservePort()
	if err != nil {
		return 0, err
	}
	args := append(s.cluster.serverArgs(reserved, given.allAPIs), extra...)
	server := s.add(level, name, append(args, given.serverFlags...))
	server.ready = func(ctx context.Context) error { return s.cluster.waitServer(ctx, reserved) }
	return reserved, nil
}

func (s *supervisor) add(level int, name string, args []string) *component {
	// Nobody reads what they still write when everything ends, so most do not get long for it.
	added := &component{dir: s.dir, name: name, args: args, grace: time.Second, died: s.end}
	s.levels[level] = append(s.levels[level], added)
	return added
}

func (s *supervisor) all() []*component {
	var all []*component
	for _, level := range s.levels {
		all = append(all, level...)
	}
	return all
}

func (s *supervisor) find(name string) (*component, error) {
	for _, component := range s.all() {
		if component.name == name {
			return component, nil
		}
	}
	return nil, fmt.Errorf("this control plane has no %q", name)
}

// processes gives the process ids of what runs.
func (s *supervisor) processes() map[string]int {
	pids := map[string]int{}
	for _, component := range s.all() {
		if running := component.running.Load(); running != nil {
			pids[component.name] = running.command.Process.Pid
		}
	}
	return pids
}

// startAll starts components level by level, those of a level at once. The caller holds their change.
func (s *supervisor) startAll(ctx context.Context, levels ...[]*component) error {
	for _, level := range levels {
		var starts []func() error
		for _, component := range level {
			starts = append(starts, func() error { return component.start(ctx) })
		}
		if err := together(starts); err != nil {
			return err
		}
	}
	return nil
}

// running gives the components that run, by level.
func (s *supervisor) running() (running [3][]*component) {
	for level, components := range s.levels {
		for _, component := range components {
			if component.running.Load() != nil {
				running[level] = append(running[level], component)
			}
		}
	}
	return running
}

// holdAll keeps everybody else from starting or ending components.
func (s *supervisor) holdAll() (release func()) {
	for _, component := range s.all() {
		component.change.Lock()
	}
	return func() {
		for _, component := range s.all() {
			component.change.Unlock()
		}
	}
}

// stopAll stops the node with its containers first and etcd last, as everything else writes to it.
func (s *supervisor) stopAll() {
	s.end(nil) // what waits for a component to become ready gives up
	defer s.holdAll()()
	stop := func(concerned func(*component) bool) {
		var stops sync.WaitGroup
		for _, component := range s.all() {
			if concerned(component) {
				stops.Go(func() { component.stop(component.grace) })
			}
		}
		stops.Wait()
	}
	stop(func(c *component) bool { return c.name == "kubelet" })
	stop(func(c *component) bool { return c.name != "etcd" })
	stop(func(c *component) bool { return true })
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
