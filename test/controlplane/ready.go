package main

import (
	"context"
	"fmt"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
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

func nodeReady(node *v1.Node) error {
	for _, taint := range node.Spec.Taints {
		if taint.Key == v1.TaintNodeNotReady {
			return fmt.Errorf("node %s has the taint %s", node.Name, taint.Key)
		}
	}
	for _, condition := range node.Status.Conditions {
		if condition.Type == v1.NodeReady && condition.Status == v1.ConditionTrue {
			return nil
		}
	}
	return fmt.Errorf("node %s is not ready: %v", node.Name, node.Status.Conditions)
}
