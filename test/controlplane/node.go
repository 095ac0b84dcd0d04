package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	cadvisorapi "github.com/google/cadvisor/info/v1"
	"go.opentelemetry.io/otel/trace/noop"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	critest "k8s.io/cri-api/pkg/apis/testing"
	"k8s.io/cri-streaming/pkg/streaming"
	kubeletapp "k8s.io/kubernetes/cmd/kubelet/app"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
	"k8s.io/kubernetes/pkg/kubelet"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
	cadvisortest "k8s.io/kubernetes/pkg/kubelet/cadvisor/testing"
	"k8s.io/kubernetes/pkg/kubelet/cm"
	"k8s.io/kubernetes/pkg/kubelet/server"
	kubeletutil "k8s.io/kubernetes/pkg/kubelet/util"
	"k8s.io/kubernetes/pkg/util/oom"
	"k8s.io/kubernetes/pkg/volume"
	"k8s.io/kubernetes/pkg/volume/configmap"
	"k8s.io/kubernetes/pkg/volume/downwardapi"
	"k8s.io/kubernetes/pkg/volume/emptydir"
	"k8s.io/kubernetes/pkg/volume/hostpath"
	"k8s.io/kubernetes/pkg/volume/projected"
	"k8s.io/kubernetes/pkg/volume/secret"
	"k8s.io/kubernetes/pkg/volume/util/hostutil"
	"k8s.io/kubernetes/pkg/volume/util/subpath"
	"k8s.io/mount-utils"
)

// nodeName must resolve to the loopback address: the API server dials it for logs, exec and port-forward.
const nodeName = "localhost"

// stopGrace is how long containers get to end by themselves when the node stops.
const stopGrace = time.Second

type nodeFlags struct {
	root, kubeconfig, clientCA, cert, key string
	port                                  int
	logMaxSize                            string
	logMaxFiles                           int
	logMonitorInterval, streamIdleTimeout time.Duration
}

// runKubelet runs a real kubelet whose containers are processes of this machine.
func runKubelet(args []string) error {
	var given nodeFlags
	flags := flag.NewFlagSet("kubelet", flag.ExitOnError)
	flags.StringVar(&given.root, "root", "", "folder for everything the kubelet writes")
	flags.StringVar(&given.kubeconfig, "kubeconfig", "", "how to reach the API server")
	flags.StringVar(&given.clientCA, "client-ca", "", "certificate authority of those who may call the kubelet")
	flags.StringVar(&given.cert, "cert", "", "server certificate")
	flags.StringVar(&given.key, "key", "", "its key")
	flags.IntVar(&given.port, "port", 0, "port to serve on")
	flags.Func("feature-gates", "as the kubelet's own flag", utilfeature.DefaultMutableFeatureGate.Set)
	flags.StringVar(&given.logMaxSize, "container-log-max-size", "", "as the kubelet's own flag")
	flags.IntVar(&given.logMaxFiles, "container-log-max-files", 0, "as the kubelet's own flag")
	flags.DurationVar(&given.logMonitorInterval, "container-log-monitor-interval", 0, "how often sizes of logs are looked at, as the kubelet's containerLogMonitorInterval")
	flags.DurationVar(&given.streamIdleTimeout, "stream-idle-timeout", streaming.DefaultConfig.StreamIdleTimeout, "when the container runtime ends a stream on which nothing is sent")
	if err := flags.Parse(args); err != nil {
		return err
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)

	rest, err := clientcmd.BuildConfigFromFlags("", given.kubeconfig)
	if err != nil {
		return err
	}
	rest.QPS, rest.Burst = 200, 400
	rest.Wrap(hurryTokens)
	client, err := kubernetes.NewForConfig(rest)
	if err != nil {
		return err
	}
	kubeletFlags, config, err := nodeConfig(given)
	if err != nil {
		return err
	}
	staging := filepath.Join(given.root, "containers")
	if err := os.MkdirAll(staging, 0o700); err != nil {
		return err
	}
	runtime := newProcessRuntime(staging)
	if runtime.streams, err = serveStreams(runtime, given.streamIdleTimeout); err != nil {
		return err
	}
	dependencies, err := nodeDependencies(given, client, config, runtime)
	if err != nil {
		return err
	}
	err = kubeletapp.RunKubelet(context.Background(), &options.KubeletServer{KubeletFlags: *kubeletFlags, KubeletConfiguration: *config}, dependencies)
	if err != nil {
		return fmt.Errorf("kubelet: %w", err)
	}
	<-stop
	runtime.stopAll(stopGrace)
	return nil
}

func nodeConfig(given nodeFlags) (*options.KubeletFlags, *kubeletconfig.KubeletConfiguration, error) {
	flags := options.NewKubeletFlags()
	flags.RootDirectory = given.root
	flags.HostnameOverride = nodeName
	// Or the kubelet would look up an address of the machine, and a machine without a network has none. See nameNode.
	flags.CloudProvider = "external"
	// Of each container the two last dead ones stay, as `kubectl logs --previous` needs one while another has just died.
	flags.MinimumGCAge = metav1.Duration{Duration: time.Minute}
	flags.MaxPerPodContainerCount = 2
	flags.MaxContainerCount = -1

	config, err := options.NewKubeletConfiguration()
	if err != nil {
		return nil, nil, err
	}
	config.Address = "127.0.0.1"
	config.Port = int32(given.port)
	config.ReadOnlyPort = 0
	config.HealthzPort = 0
	config.Authentication.X509.ClientCAFile = given.clientCA
	config.Authentication.Anonymous.Enabled = false
	config.Authentication.Webhook.Enabled = false
	config.Authorization.Mode = kubeletconfig.KubeletAuthorizationModeAlwaysAllow
	config.PodLogsDir = filepath.Join(given.root, "logs")
	config.MaxPods = 200
	if given.logMaxSize != "" {
		config.ContainerLogMaxSize = given.logMaxSize
	}
	if given.logMaxFiles != 0 {
		config.ContainerLogMaxFiles = int32(given.logMaxFiles)
	}
	if given.logMonitorInterval != 0 {
		config.ContainerLogMonitorInterval.Duration = given.logMonitorInterval
	}
	config.SyncFrequency.Duration = time.Second
	config.NodeStatusUpdateFrequency.Duration = 10 * time.Second
	config.EnableControllerAttachDetach = false
	config.FailSwapOn = false
	config.CgroupsPerQOS = false
	config.EnforceNodeAllocatable = nil
	config.SerializeImagePulls = false
	// There is no registry to spare. With the limit of 5 a second, 40 pods at once are sent into a back-off of up to five minutes.
	config.RegistryPullQPS = 0
	// Nobody answers there; without it every pod would get an event that says it is missing.
	config.ClusterDNS = []string{clusterDNS}
	config.ClusterDomain = "cluster.local"
	return flags, config, nil
}

func nodeDependencies(given nodeFlags, client *kubernetes.Clientset, config *kubeletconfig.KubeletConfiguration, runtime *processRuntime) (*kubelet.Dependencies, error) {
	auth, watchCA, err := kubeletapp.BuildAuth(types.NodeName(nodeName), client, *config)
	if err != nil {
		return nil, err
	}
	watchCA(make(chan struct{}))
	plugins := []volume.VolumePlugin{}
	for _, probed := range [][]volume.VolumePlugin{
		emptydir.ProbeVolumePlugins(), hostpath.ProbeVolumePlugins(volume.VolumeConfig{}), configmap.ProbeVolumePlugins(),
		secret.ProbeVolumePlugins(), downwardapi.ProbeVolumePlugins(), projected.ProbeVolumePlugins(),
	} {
		plugins = append(plugins, probed...)
	}
	// Fakes stand where the real one would change the machine: cgroups, mounts in the host's namespace, links in /var/log.
	return &kubelet.Dependencies{
		Auth:                      auth,
		CAdvisorInterface:         machine{&cadvisortest.Fake{NodeName: nodeName}},
		ContainerManager:          cm.NewStubContainerManager(),
		HeartbeatClient:           client,
		HostUtil:                  quietHostUtil{hostutil.NewHostUtil()},
		KubeClient:                client,
		Mounter:                   mount.NewFakeMounter(nil),
		NodeStartupLatencyTracker: kubeletutil.NewNodeStartupLatencyTracker(),
		OOMAdjuster:               oom.NewFakeOOMAdjuster(),
		OSInterface:               newRootedOS(given.root),
		PodStartupLatencyTracker:  kubeletutil.NewPodStartupLatencyTracker(),
		Recorder:                  newRecorder(client),
		RemoteImageService:        images{critest.NewFakeImageService()},
		RemoteRuntimeService:      runtime,
		Subpather:                 &subpath.FakeSubpath{},
		TLSOptions:                &server.TLSOptions{CertFile: given.cert, KeyFile: given.key, ClientCAFile: given.clientCA},
		TracerProvider:            noop.NewTracerProvider(),
		VolumePlugins:             plugins,
	}, nil
}

// machine is what the node says it has. It is more than a small machine really has, so that requests for a few cores fit.
type machine struct{ *cadvisortest.Fake }

func (machine) MachineInfo() (*cadvisorapi.MachineInfo, error) {
	return &cadvisorapi.MachineInfo{NumCores: 16, MemoryCapacity: 64 << 30}, nil
}

func (machine) VersionInfo() (*cadvisorapi.VersionInfo, error) {
	return &cadvisorapi.VersionInfo{KernelVersion: "none", ContainerOsVersion: "processes of this machine"}, nil
}
