package main

import (
	"context"
	"fmt"
	"slices"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	cloudproviderapi "k8s.io/cloud-provider/api"
)

// waitReady waits until an API server says so.
func waitReady(ctx context.Context, kubeconfig string) error {
	client, err := clientFor(kubeconfig)
	if err != nil {
		return err
	}
	return poll(ctx, "API server", func(ctx context.Context) error {
		return client.RESTClient().Get().AbsPath("/readyz").Do(ctx).Error()
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
