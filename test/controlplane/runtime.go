package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	critest "k8s.io/cri-api/pkg/apis/testing"
	"k8s.io/cri-streaming/pkg/streaming"
)

// processRuntime is a container runtime whose containers are processes of this machine. The fake one keeps the
// books (which sandboxes and containers exist, in which state); this one adds what really happens.
type processRuntime struct {
	*critest.FakeRuntimeService
	staging string
	streams streaming.Server

	mu         sync.Mutex
	containers map[string]*container
	sandboxes  int
}

func newProcessRuntime(staging string) *processRuntime {
	fake := critest.NewFakeRuntimeService()
	fake.FakeStatus = &runtimeapi.RuntimeStatus{Conditions: []*runtimeapi.RuntimeCondition{
		{Type: runtimeapi.RuntimeReady, Status: true},
		{Type: runtimeapi.NetworkReady, Status: true},
	}}
	return &processRuntime{FakeRuntimeService: fake, staging: staging, containers: map[string]*container{}}
}

func (r *processRuntime) Version(ctx context.Context, apiVersion string) (*runtimeapi.VersionResponse, error) {
	version, err := r.FakeRuntimeService.Version(ctx, apiVersion)
	if err == nil {
		version.RuntimeName = "local-processes"
	}
	return version, err
}

// RunPodSandbox gives the pod an address of a range that is reserved for documentation (TEST-NET-2). Pods share the machine's
// network; but endpoints on the loopback address would be refused, and then Services had no endpoints at all.
func (r *processRuntime) RunPodSandbox(ctx context.Context, config *runtimeapi.PodSandboxConfig, handler string) (string, error) {
	id, err := r.FakeRuntimeService.RunPodSandbox(ctx, config, handler)
	if err != nil {
		return "", err
	}
	r.mu.Lock()
	number := r.sandboxes
	r.sandboxes++
	r.mu.Unlock()
	r.FakeRuntimeService.Lock()
	defer r.FakeRuntimeService.Unlock()
	r.Sandboxes[id].Network = &runtimeapi.PodSandboxNetworkStatus{Ip: fmt.Sprintf("198.51.100.%d", 1+number%254)}
	return id, nil
}

func (r *processRuntime) CreateContainer(ctx context.Context, sandbox string, config *runtimeapi.ContainerConfig, sandboxConfig *runtimeapi.PodSandboxConfig) (string, error) {
	id, err := r.FakeRuntimeService.CreateContainer(ctx, sandbox, config, sandboxConfig)
	if err != nil {
		return "", err
	}
	staging, err := os.MkdirTemp(r.staging, "root-")
	if err != nil {
		return "", err
	}
	r.FakeRuntimeService.Lock()
	r.Containers[id].LogPath = filepath.Join(sandboxConfig.LogDirectory, config.LogPath)
	r.Containers[id].Mounts = config.Mounts
	r.FakeRuntimeService.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.containers[id] = &container{
		config: config, hostname: sandboxConfig.Hostname, staging: staging,
		outputs: newListeners(), ended: make(chan struct{}),
	}
	return id, nil
}

func (r *processRuntime) StartContainer(ctx context.Context, id string) error {
	c, err := r.find(id)
	if err != nil {
		return err
	}
	r.FakeRuntimeService.Lock()
	logPath := r.Containers[id].LogPath
	r.FakeRuntimeService.Unlock()
	if err := r.FakeRuntimeService.StartContainer(ctx, id); err != nil {
		return err
	}
	err = c.start(logPath, func(code int) { r.setExited(id, code, "") })
	if err != nil {
		r.setExited(id, 128, err.Error())
		close(c.ended)
	}
	return err
}

// setExited writes the end of a container into the books.
func (r *processRuntime) setExited(id string, code int, failure string) {
	r.FakeRuntimeService.Lock()
	defer r.FakeRuntimeService.Unlock()
	status, ok := r.Containers[id]
	if !ok {
		return // removed meanwhile
	}
	status.State = runtimeapi.ContainerState_CONTAINER_EXITED
	status.FinishedAt = time.Now().UnixNano()
	status.ExitCode = int32(code)
	switch {
	case failure != "":
		status.Reason, status.Message = "StartError", failure
	case code != 0:
		status.Reason = "Error"
	default:
		status.Reason = "Completed"
	}
}

func (r *processRuntime) StopContainer(_ context.Context, id string, seconds int64) error {
	c, err := r.find(id)
	if err != nil {
		return err
	}
	if c.started.Load() {
		c.stop(time.Duration(seconds) * time.Second)
	}
	return nil
}

func (r *processRuntime) RemoveContainer(ctx context.Context, id string) error {
	if c, err := r.find(id); err == nil {
		if c.started.Load() {
			c.stop(0)
		}
		if err := os.Remove(c.staging); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	r.mu.Lock()
	delete(r.containers, id)
	r.mu.Unlock()
	return r.FakeRuntimeService.RemoveContainer(ctx, id)
}

func (r *processRuntime) ReopenContainerLog(_ context.Context, id string) error {
	c, err := r.find(id)
	if err != nil {
		return err
	}
	return c.log.reopen()
}

// ExecSync runs a command to its end: what probes and lifecycle hooks use.
func (r *processRuntime) ExecSync(ctx context.Context, id string, argv []string, timeout time.Duration) ([]byte, []byte, error) {
	if timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, timeout)
		defer cancel()
	}
	c, err := r.find(id)
	if err != nil {
		return nil, nil, err
	}
	var stdout, stderr bytes.Buffer
	err = c.exec(ctx, argv, nil, &stdout, &stderr)
	return stdout.Bytes(), stderr.Bytes(), err
}

func (r *processRuntime) Exec(_ context.Context, request *runtimeapi.ExecRequest) (*runtimeapi.ExecResponse, error) {
	return r.streams.GetExec(request)
}

func (r *processRuntime) Attach(_ context.Context, request *runtimeapi.AttachRequest) (*runtimeapi.AttachResponse, error) {
	return r.streams.GetAttach(request)
}

func (r *processRuntime) PortForward(_ context.Context, request *runtimeapi.PortForwardRequest) (*runtimeapi.PortForwardResponse, error) {
	return r.streams.GetPortForward(request)
}

func (r *processRuntime) find(id string) (*container, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c, ok := r.containers[id]; ok {
		return c, nil
	}
	return nil, fmt.Errorf("container %q not found", id)
}

// stopAll ends every container, all at the same time.
func (r *processRuntime) stopAll(grace time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var stops sync.WaitGroup
	for _, c := range r.containers {
		if c.started.Load() {
			stops.Go(func() { c.stop(grace) })
		}
	}
	stops.Wait()
}
