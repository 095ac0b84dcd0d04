package main

import (
	"context"
	"fmt"
	"slices"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	cloudproviderapi "k8s.io/cloud-provider/api"
)

// waitServer waits until an API server says that it is ready.
func (c *cluster) waitServer(ctx context.Context, reserved port) error {
	tls := rest.TLSClientConfig{CAFile: c.ca.certFile}
	return waitOK(ctx, "API server", &rest.Config{Host: reserved.url(), TLSClientConfig: tls, BearerToken: c.adminToken}, "/readyz")
}

// waitKubelet waits until the kubelet answers; it needs no API server for that.
func (c *cluster) waitKubelet(ctx context.Context, reserved port) error {
	tls := rest.TLSClientConfig{CAFile: c.ca.certFile, CertFile: c.apiServerClient.certFile, KeyFile: c.apiServerClient.keyFile}
	return waitOK(ctx, "kubelet", &rest.Config{Host: reserved.url(), TLSClientConfig: tls}, "/healthz")
}

func waitOK(ctx context.Context, what string, config *rest.Config, path string) error {
	config.QPS = -1
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	return poll(ctx, what, func(ctx context.Context) error {
		return client.RESTClient().Get().AbsPath(path).Do(ctx).Error()
	})
}

// waitUsable waits until pods can run: the node is ready and new namespaces get what pods need.
func waitUsable(ctx context.Context, kubeconfig string) error {
	client, err := clientFor(kubeconfig)
	if err != nil {
		return err
	}
	return together([]func() error{
		func() error {
			return poll(ctx, "node", func(ctx context.Context) error {
				node, err := client.CoreV1().Nodes().Get(ctx, nodeName, metav1.GetOptions{})
				if err != nil {
					return err
				}
				if hasTaint(node, cloudproviderapi.TaintExternalCloudProvider) {
					node, err = nameNode(ctx, client, node)
					if err != nil {
						return err
					}
				}
				return nodeReady(node)
			})
		},
		func() error {
			return poll(ctx, "service account default", func(ctx context.Context) error {
				_, err := client.CoreV1().ServiceAccounts("default").Get(ctx, "default", metav1.GetOptions{})
				return err
			})
		},
		func() error {
			return poll(ctx, "config map kube-root-ca.crt", func(ctx context.Context) error {
				_, err := client.CoreV1().ConfigMaps("default").Get(ctx, "kube-root-ca.crt", metav1.GetOptions{})
				return err
			})
		},
	})
}

// nameNode does what a cloud provider does for a node: it gives it addresses and lifts the taint that waits for them.
func nameNode(ctx context.Context, client *kubernetes.Clientset, node *v1.Node) (*v1.Node, error) {
	node.Status.Addresses = []v1.NodeAddress{{Type: v1.NodeHostName, Address: nodeName}, {Type: v1.NodeInternalIP, Address: "127.0.0.1"}}
	node, err := client.CoreV1().Nodes().UpdateStatus(ctx, node, metav1.UpdateOptions{})
	if err != nil {
		return nil, err
	}
	node.Spec.Taints = slices.DeleteFunc(node.Spec.Taints, func(taint v1.Taint) bool {
		return taint.Key == cloudproviderapi.TaintExternalCloudProvider
	})
	return client.CoreV1().Nodes().Update(ctx, node, metav1.UpdateOptions{})
}

func hasTaint(node *v1.Node, key string) bool {
	return slices.ContainsFunc(node.Spec.Taints, func(taint v1.Taint) bool { return taint.Key == key })
}

func nodeReady(node *v1.Node) error {
	if hasTaint(node, v1.TaintNodeNotReady) {
		return fmt.Errorf("node %s has the taint %s", node.Name, v1.TaintNodeNotReady)
	}
	for _, condition := range node.Status.Conditions {
		if condition.Type == v1.NodeReady && condition.Status == v1.ConditionTrue {
			return nil
		}
	}
	return fmt.Errorf("node %s is not ready: %v", node.Name, node.Status.Conditions)
}
