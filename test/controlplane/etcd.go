package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"go.etcd.io/etcd/server/v3/embed"
)

// runEtcd serves one member on a Unix socket: no port to clash with, and nobody else on the machine can reach it.
func runEtcd(args []string) error {
	if len(args) != 3 {
		return errors.New("usage: etcd FOLDER CLIENT-SOCKET PEER-SOCKET")
	}
	config := embed.NewConfig()
	config.Dir = args[0]
	client, peer := url.URL{Scheme: "unix", Path: args[1]}, url.URL{Scheme: "unix", Path: args[2]}
	config.ListenClientUrls, config.ListenPeerUrls = []url.URL{client}, []url.URL{peer}
	// These must name a host and a port, and are dialled by nobody: there is one member, and its clients know the socket.
	config.AdvertiseClientUrls = []url.URL{{Scheme: "http", Host: "127.0.0.1:2379"}}
	config.AdvertisePeerUrls = []url.URL{{Scheme: "http", Host: "127.0.0.1:2380"}}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	// The data is thrown away, so it need not survive a power cut.
	config.UnsafeNoFsync = true
	config.LogLevel = "warn"
	config.LogOutputs = []string{"stderr"}

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	server, err := embed.StartEtcd(config)
	if err != nil {
		return fmt.Errorf("etcd: %w", err)
	}
	select {
	case <-stop:
		server.Close()
		return nil
	case err := <-server.Err():
		return fmt.Errorf("etcd: %w", err)
	}
}
