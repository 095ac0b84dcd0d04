// A Kubernetes control plane in one program: for tests and for trying things, on loopback only.
package main

import (
	"fmt"
	"os"

	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	kubectlutil "k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"

	// First in the order of initialisation: see go.mod.
	_ "controlplane.kubewright.test/containerinit"
)

const usage = `usage: controlplane COMMAND [ARGUMENT...]

  up                       start a control plane and keep it until standard input closes (up --help)
  kubectl                  the real kubectl
  protobuf-schema          print the wire schema of every Kubernetes message as JSON
  protobuf-cases           write random objects of every kind, in JSON and protobuf (protobuf-cases --help)
  protobuf-check           read such objects with another encoder's protobuf, and tell what Go reads otherwise
  server-knowledge         print as JSON what the API server's code knows and OpenAPI does not say
  terminal                 run a program on a pseudo terminal, ruled by lines of JSON
  default-cases            print objects before and after the API server's decoding, for tests

What up starts: etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kubelet.
`

func main() {
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	name, args := os.Args[1], os.Args[2:]
	// The Kubernetes commands read os.Args themselves.
	os.Args = os.Args[1:]
	switch name {
	case "up":
		exit(runUp(args))
	case "etcd":
		exit(runEtcd(args))
	case "kubelet":
		exit(runKubelet(args))
	case "protobuf-schema":
		exit(printSchema(os.Stdout))
	case "protobuf-cases":
		exit(printCases(args, os.Stdout))
	case "protobuf-check":
		exit(checkCases(os.Stdin, os.Stdout))
	case "server-knowledge":
		exit(runServerKnowledge(args))
	case "default-cases":
		exit(runDefaultCases(args))
	case "terminal":
		exit(runTerminal(args))
	case "kube-apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Exit(cli.Run(controllermanager.NewControllerManagerCommand()))
	case "kube-scheduler":
		os.Exit(cli.Run(scheduler.NewSchedulerCommand()))
	case "kubectl":
		// CheckErr exits with the code of the command that `kubectl exec` ran.
		kubectlutil.CheckErr(cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()))
	default:
		fmt.Fprintf(os.Stderr, "unknown command %q\n\n%s", name, usage)
		os.Exit(2)
	}
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}
