package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// etcd gives a client, which the caller closes.
func (c *cluster) etcd() (*clientv3.Client, error) {
	return clientv3.New(clientv3.Config{Endpoints: []string{"unix://" + c.etcdSocket}})
}

func (c *cluster) waitEtcd(ctx context.Context) error {
	// Without anybody behind the socket the client would wait a second before it tried again.
	err := poll(ctx, "etcd", func(context.Context) error {
		socket, err := net.Dial("unix", c.etcdSocket)
		if err != nil {
			return err
		}
		return socket.Close()
	})
	if err != nil {
		return err
	}
	client, err := c.etcd()
	if err != nil {
		return err
	}
	defer client.Close()
	_, err = client.Get(ctx, "/")
	return err
}

// compact forgets every revision before the given one, the newest for 0, and gives that revision.
func (c *cluster) compact(ctx context.Context, revision int64) (int64, error) {
	client, err := c.etcd()
	if err != nil {
		return 0, err
	}
	defer client.Close()
	if revision == 0 {
		read, err := client.Get(ctx, "/")
		if err != nil {
			return 0, err
		}
		revision = read.Header.Revision
	}
	_, err = client.Compact(ctx, revision, clientv3.WithCompactPhysical())
	return revision, err
}

// snapshot copies etcd's folder while etcd is halted: what it would find if it had been killed at that moment.
func (s *supervisor) snapshot() (folder string, err error) {
	etcd := s.levels[storageLevel][0]
	etcd.change.Lock()
	defer etcd.change.Unlock()
	if running := etcd.running.Load(); running != nil && !running.paused() {
		if err := running.pause(); err != nil {
			return "", err
		}
		defer func() { err = errors.Join(err, running.resume()) }()
	}
	parent := filepath.Join(s.dir, "snapshots")
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return "", err
	}
	if folder, err = os.MkdirTemp(parent, ""); err != nil {
		return "", err
	}
	return folder, os.CopyFS(folder, os.DirFS(s.cluster.etcdFolder))
}

// restore kills everything that runs, gives etcd the state of a copy, and starts it all again.
func (s *supervisor) restore(ctx context.Context, folder string) error {
	if _, err := os.Stat(filepath.Join(folder, "member")); err != nil {
		return fmt.Errorf("no copy of etcd's state: %w", err)
	}
	defer s.holdAll()()
	running := s.running()
	for _, component := range s.all() {
		component.kill()
	}
	if err := os.RemoveAll(s.cluster.etcdFolder); err != nil {
		return err
	}
	if err := os.CopyFS(s.cluster.etcdFolder, os.DirFS(folder)); err != nil {
		return err
	}
	return s.startAll(ctx, running[:]...)
}
