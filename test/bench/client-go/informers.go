package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	coreinformers "k8s.io/client-go/informers/core/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

// settings are what the program is told about a run with informers.
type settings struct {
	Token       string `json:"token"`
	ContentType string `json:"contentType"`
	// Strip drops managedFields by a transform.
	Strip bool `json:"strip"`
}

type task struct {
	Task       string   `json:"task"`
	Count      int64    `json:"count"`
	Namespaces []string `json:"namespaces"`
}

// contestant does what contestants/informers.mjs does.
type contestant struct {
	client  kubernetes.Interface
	strip   bool
	stop    chan struct{}
	pods    cache.SharedIndexInformer
	changes atomic.Int64
	wanted  atomic.Int64
	reached chan struct{}
	answers *json.Encoder
}

// runInformers reads tasks from standard input, a line each, and answers them on standard output.
func runInformers(server, caFile string, given settings) error {
	config := &rest.Config{Host: server, BearerToken: given.Token, TLSClientConfig: rest.TLSClientConfig{CAFile: caFile}, QPS: -1}
	config.ContentType, config.AcceptContentTypes = given.ContentType, given.ContentType
	c := &contestant{
		client:  kubernetes.NewForConfigOrDie(config),
		strip:   given.Strip,
		stop:    make(chan struct{}),
		reached: make(chan struct{}, 1),
		answers: json.NewEncoder(os.Stdout),
	}
	// Connects.
	if _, err := c.client.CoreV1().Pods("").List(context.Background(), metav1.ListOptions{Limit: 2}); err != nil {
		return err
	}
	if err := c.answers.Encode("ready"); err != nil {
		return err
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var asked task
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		if err := c.answers.Encode(c.do(asked)); err != nil {
			return err
		}
	}
	return nil
}

func (c *contestant) do(asked task) map[string]any {
	switch asked.Task {
	case "sync":
		before, rss := held(), resident()
		answer := costOf(func() { c.sync(asked.Count) })
		answer["peak"], answer["rss"], answer["count"] = rusage().Maxrss*1024, rss, c.changes.Load()
		answer["heap"] = held() - before
		return answer
	case "resync":
		close(c.stop)
		c.stop, c.pods = make(chan struct{}), nil
		runtime.GC()
		answer := costOf(func() { c.sync(asked.Count) })
		answer["count"] = c.changes.Load()
		return answer
	case "watch":
		answer := costOf(func() {
			c.expect(asked.Count)
			_ = c.answers.Encode("watching")
			c.wait(30 * time.Second)
		})
		answer["count"] = c.changes.Load()
		return answer
	case "check":
		sum, pods := 0, c.pods.GetStore().List()
		for _, pod := range pods {
			number, _ := strconv.Atoi(pod.(*corev1.Pod).Annotations["example.com/sequence"])
			sum += number
		}
		return map[string]any{"size": len(pods), "sum": sum}
	case "open":
		rss := resident()
		answer := costOf(func() {
			c.expect(int64(len(asked.Namespaces)))
			for _, namespace := range asked.Namespaces {
				c.start(coreinformers.NewConfigMapInformer(c.client, namespace, 0, cache.Indexers{}))
			}
			c.wait(2 * time.Minute)
		})
		answer["rss"] = rss
		return answer
	default:
		return map[string]any{"cpu": milliseconds(used()), "rss": resident()}
	}
}

// sync reads all pods into a cache, each told to a handler.
func (c *contestant) sync(count int64) {
	c.expect(count)
	c.pods = c.start(coreinformers.NewPodInformer(c.client, metav1.NamespaceAll, 0, cache.Indexers{}))
	c.wait(2 * time.Minute)
}

func (c *contestant) start(informer cache.SharedIndexInformer) cache.SharedIndexInformer {
	if c.strip {
		_ = informer.SetTransform(stripManagedFields)
	}
	_, _ = informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { c.changed() },
		UpdateFunc: func(any, any) { c.changed() },
		DeleteFunc: func(any) { c.changed() },
	})
	go informer.Run(c.stop)
	return informer
}

// stripManagedFields is what controller-runtime offers for it.
func stripManagedFields(object any) (any, error) {
	if accessor, err := meta.Accessor(object); err == nil && accessor.GetManagedFields() != nil {
		accessor.SetManagedFields(nil)
	}
	return object, nil
}

func (c *contestant) changed() {
	if c.changes.Add(1) == c.wanted.Load() {
		c.reached <- struct{}{}
	}
}

func (c *contestant) expect(count int64) {
	c.changes.Store(0)
	c.wanted.Store(count)
}

func (c *contestant) wait(most time.Duration) {
	select {
	case <-c.reached:
	case <-time.After(most):
	}
}

func costOf(act func()) map[string]any {
	before, started := used(), time.Now()
	act()
	return map[string]any{"wall": milliseconds(time.Since(started)), "cpu": milliseconds(used() - before)}
}

// held gives what lives in the heap, in bytes.
func held() int64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}
