package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	v1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes"
	corev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/record"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	critest "k8s.io/cri-api/pkg/apis/testing"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	kubecontainer "k8s.io/kubernetes/pkg/kubelet/container"
	containertest "k8s.io/kubernetes/pkg/kubelet/container/testing"
	"k8s.io/kubernetes/pkg/volume/util/hostutil"
)

// rootedOS lets the kubelet write below its root only. Elsewhere (links in /var/log/containers) it does nothing.
type rootedOS struct {
	*containertest.FakeOS
	real kubecontainer.RealOS
	root string
}

func newRootedOS(root string) kubecontainer.OSInterface {
	return rootedOS{FakeOS: &containertest.FakeOS{HostName: nodeName}, root: root + string(filepath.Separator)}
}

func (o rootedOS) below(path string) bool { return strings.HasPrefix(path, o.root) }

func (o rootedOS) MkdirAll(path string, mode os.FileMode) error {
	if !o.below(path) {
		return nil
	}
	return o.real.MkdirAll(path, mode)
}

func (o rootedOS) Create(path string) (*os.File, error) {
	if !o.below(path) {
		return nil, os.ErrPermission
	}
	return o.real.Create(path)
}

func (o rootedOS) Chmod(path string, mode os.FileMode) error {
	if !o.below(path) {
		return nil
	}
	return o.real.Chmod(path, mode)
}

func (o rootedOS) Stat(path string) (os.FileInfo, error) { return o.real.Stat(path) }

func (o rootedOS) ReadDir(path string) ([]os.DirEntry, error) {
	if !o.below(path) {
		return nil, nil
	}
	return o.real.ReadDir(path)
}

func (o rootedOS) Remove(path string) error {
	if !o.below(path) {
		return nil
	}
	return o.real.Remove(path)
}

func (o rootedOS) RemoveAll(path string) error {
	if !o.below(path) {
		return nil
	}
	return o.real.RemoveAll(path)
}

func (o rootedOS) Open(path string) (*os.File, error) { return o.real.Open(path) }

func (o rootedOS) OpenFile(path string, flag int, mode os.FileMode) (*os.File, error) {
	if !o.below(path) {
		return nil, os.ErrPermission
	}
	return o.real.OpenFile(path, flag, mode)
}

func (o rootedOS) Rename(from, to string) error {
	if !o.below(from) || !o.below(to) {
		return os.ErrPermission
	}
	return o.real.Rename(from, to)
}

func (o rootedOS) Glob(pattern string) ([]string, error) {
	if !o.below(pattern) {
		return nil, nil
	}
	return o.real.Glob(pattern)
}

// images has every image but those of the host registry.invalid, which cannot be pulled.
type images struct{ *critest.FakeImageService }

func (i images) PullImage(ctx context.Context, image *runtimeapi.ImageSpec, auth *runtimeapi.AuthConfig, sandbox *runtimeapi.PodSandboxConfig) (string, error) {
	if strings.HasPrefix(image.Image, "registry.invalid/") {
		return "", fmt.Errorf("%s: not found", image.Image)
	}
	return i.FakeImageService.PullImage(ctx, image, auth, sandbox)
}

// quietHostUtil does not mount the kubelet's root over itself, which only volume drivers in containers need.
type quietHostUtil struct{ hostutil.HostUtils }

func (quietHostUtil) MakeRShared(string) error { return nil }

// newRecorder writes the kubelet's events to the API server. With a real recorder the kubelet also reads the
// kernel's log; where it may not, events are left out, as it would not start otherwise.
func newRecorder(client *kubernetes.Clientset) record.EventRecorderLogger {
	log, err := os.Open("/dev/kmsg")
	if err != nil {
		return &record.FakeRecorder{}
	}
	_ = log.Close()
	broadcaster := record.NewBroadcaster()
	broadcaster.StartRecordingToSink(&corev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	return broadcaster.NewRecorder(legacyscheme.Scheme, v1.EventSource{Component: "kubelet", Host: nodeName})
}
