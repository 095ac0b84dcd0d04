package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/pflag"
	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	"k8s.io/kubernetes/cmd/kube-apiserver/app/options"

	"controlplane.kubewright.test/knowledge"
)

// runServerKnowledge prints what the code of the API server knows and OpenAPI does not say: the answers of its own
// strategies, stores and scheme, as JSON. Only a server with all APIs is asked for its defaults, which takes a minute;
// they do not differ.
func runServerKnowledge(args []string) error {
	allAPIs := len(args) == 1 && args[0] == "--all-apis"
	if len(args) > 0 && !allAPIs {
		return errors.New("usage: controlplane server-knowledge [--all-apis]")
	}
	return withServerConfig(allAPIs, func(config *apiserver.Config) error {
		return knowledge.Print(os.Stdout, config, allAPIs)
	})
}

// runDefaultCases prints objects as they are sent and as the server has them after decoding.
func runDefaultCases(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: controlplane default-cases SEED COUNT")
	}
	seed, err := strconv.ParseUint(args[0], 10, 64)
	if err != nil {
		return err
	}
	count, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	return withServerConfig(true, func(config *apiserver.Config) error {
		return knowledge.PrintDefaultCases(os.Stdout, config, seed, count)
	})
}

// withServerConfig puts a server together as it would be to run, with an etcd behind it.
func withServerConfig(allAPIs bool, do func(*apiserver.Config) error) (err error) {
	dir, err := os.MkdirTemp("", "kw-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.Mkdir(filepath.Join(dir, "logs"), 0o700); err != nil {
		return err
	}
	c, err := newCluster(dir)
	if err != nil {
		return err
	}
	etcd, err := startProcess(dir, "etcd", "etcd", c.etcdFolder, c.etcdSocket, filepath.Join(dir, "peer.sock"))
	if err != nil {
		return err
	}
	defer etcd.kill()
	starting, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	if err := c.waitEtcd(starting); err != nil {
		return err
	}
	config, err := c.serverConfig(allAPIs)
	if err != nil {
		return err
	}
	return do(config)
}

// serverConfig is what the API server of this cluster would run with, without watch caches.
func (c *cluster) serverConfig(allAPIs bool) (*apiserver.Config, error) {
	reserved, err := reservePort()
	if err != nil {
		return nil, err
	}
	given := options.NewServerRunOptions()
	flags := pflag.NewFlagSet("kube-apiserver", pflag.ContinueOnError)
	for _, set := range given.Flags().FlagSets {
		flags.AddFlagSet(set)
	}
	if err := flags.Parse(append(c.serverArgs(reserved, allAPIs)[1:], "--watch-cache=false")); err != nil {
		return nil, err
	}
	if err := given.GenericServerRunOptions.ComponentGlobalsRegistry.Set(); err != nil {
		return nil, err
	}
	completed, err := given.Complete(context.Background())
	if err != nil {
		return nil, err
	}
	if errs := completed.Validate(); len(errs) > 0 {
		return nil, utilerrors.NewAggregate(errs)
	}
	return apiserver.NewConfig(completed)
}
