package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// folderPrefix marks the folders that start.ts makes, so that a later run may remove what a killed one left.
const folderPrefix = "kubewright-controlplane-"

const lockName = "lock"

// takeFolder makes the folder ours: empty, and locked for as long as this process lives.
func takeFolder(dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	if len(entries) > 0 {
		return nil, fmt.Errorf("%s is not empty; everything in it would be removed at the end", dir)
	}
	lock, err := os.OpenFile(filepath.Join(dir, lockName), os.O_CREATE|os.O_RDWR|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return func() { _ = lock.Close() }, nil
}

// sweep removes folders whose supervisor was killed together with the process that would have removed them.
// It takes only those that hold a lock file which nobody holds locked. A failure is no reason not to start.
func sweep(parent string) {
	found, err := filepath.Glob(filepath.Join(parent, folderPrefix+"*", lockName))
	if err != nil {
		return
	}
	for _, path := range found {
		lock, err := os.Open(path)
		if err != nil {
			continue
		}
		info, err := lock.Stat()
		// A younger one may belong to a run that is about to lock it.
		old := err == nil && time.Since(info.ModTime()) > time.Minute
		if old && syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			if err := os.RemoveAll(filepath.Dir(path)); err != nil {
				fmt.Fprintln(os.Stderr, "left from an earlier run:", err)
			}
		}
		_ = lock.Close()
	}
}
