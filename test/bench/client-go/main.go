// What client-go takes for the lists of rows/lists.ts: main SERVER CA-FILE list|each CONTENT-TYPE AGAIN. Prints the same JSON as
// contestants/lists.mjs sends. And for rows/informers.ts: main SERVER CA-FILE informers SETTINGS, which answers the tasks of contestants/informers.mjs.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

type cost struct {
	Count int     `json:"count"`
	Wall  float64 `json:"wall"`
	CPU   float64 `json:"cpu"`
	Peak  int64   `json:"peak"`
}

type costs struct {
	Cold cost   `json:"cold"`
	Warm []cost `json:"warm"`
}

func main() {
	if os.Args[3] == "informers" {
		var given settings
		if err := json.Unmarshal([]byte(os.Args[4]), &given); err != nil {
			panic(err)
		}
		if err := runInformers(os.Args[1], os.Args[2], given); err != nil {
			panic(err)
		}
		return
	}
	again, err := strconv.Atoi(os.Args[5])
	if err != nil {
		panic(err)
	}
	config := &rest.Config{Host: os.Args[1], TLSClientConfig: rest.TLSClientConfig{CAFile: os.Args[2]}, QPS: -1}
	config.ContentType, config.AcceptContentTypes = os.Args[4], os.Args[4]
	client := kubernetes.NewForConfigOrDie(config).CoreV1().Pods("")
	list := func(options metav1.ListOptions) *corev1.PodList {
		pods, err := client.List(context.Background(), options)
		if err != nil {
			panic(err)
		}
		return pods
	}
	list(metav1.ListOptions{Limit: 2})

	result := costs{Cold: costOfReading(os.Args[3], list), Warm: []cost{}}
	for range again {
		result.Warm = append(result.Warm, costOfReading(os.Args[3], list))
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		panic(err)
	}
}

// costOfReading gives what reading all pods costs now.
func costOfReading(task string, list func(metav1.ListOptions) *corev1.PodList) (result cost) {
	runtime.GC() // as contestants/lists.mjs does
	before, started, peak := used(), time.Now(), resident()
	var kept *corev1.PodList
	if task == "list" {
		kept = list(metav1.ListOptions{})
		result.Count = len(kept.Items)
	} else {
		for options := (metav1.ListOptions{Limit: 500}); ; {
			page := list(options)
			result.Count += len(page.Items)
			if options.Continue = page.Continue; options.Continue == "" {
				break
			}
		}
	}
	result.Wall = milliseconds(time.Since(started))
	result.CPU = milliseconds(used() - before)
	result.Peak = rusage().Maxrss*1024 - peak
	if kept != nil && kept.Items[0].Name == "" {
		panic("not what was asked for")
	}
	return result
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func rusage() (usage syscall.Rusage) {
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage
}

func used() time.Duration {
	usage := rusage()
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// resident gives the resident set in bytes.
func resident() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		panic(err)
	}
	var size, pages int64
	if _, err := fmt.Sscan(strings.TrimSpace(string(text)), &size, &pages); err != nil {
		panic(err)
	}
	return pages * int64(os.Getpagesize())
}
