package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// component is a part of the control plane, which can be ended and started again.
type component struct {
	dir, name string
	args      []string
	// ready waits until it does its work. Without it, a component counts as ready when it runs.
	ready func(context.Context) error
	// grace is how long it gets to end when everything ends.
	grace time.Duration
	// died is called when it ends and nobody asked for that.
	died func(error)

	// change is held by whoever starts or ends it: one at a time.
	change sync.Mutex
	// running is nil while it does not run.
	running atomic.Pointer[process]
}

// stopPatience is how long a component gets to end by itself when a test stops it.
const stopPatience = 10 * time.Second

// start starts it and waits until it is ready. The holder of change calls it.
func (c *component) start(ctx context.Context) error {
	if c.running.Load() != nil {
		return fmt.Errorf("%s runs already", c.name)
	}
	// When everything ends, this comes before change can be had.
	if err := context.Cause(ctx); err != nil {
		return err
	}
	started, err := startProcess(c.dir, c.name, c.args...)
	if err != nil {
		return err
	}
	c.running.Store(started)
	go func() {
		<-started.ended
		if !started.endWanted.Load() {
			c.died(started.diedError())
		}
	}()
	if c.ready == nil {
		return nil
	}
	return c.ready(ctx)
}

// stop lets it end by itself. The holder of change calls it.
func (c *component) stop(grace time.Duration) {
	if running := c.running.Swap(nil); running != nil {
		running.stop(grace)
	}
}

// kill ends it at once. The holder of change calls it.
func (c *component) kill() {
	if running := c.running.Swap(nil); running != nil {
		running.kill()
	}
}

// act does what a test asks for by name.
func (c *component) act(ctx context.Context, action string) error {
	c.change.Lock()
	defer c.change.Unlock()
	if action == "start" {
		return c.start(ctx)
	}
	running := c.running.Load()
	if running == nil {
		return fmt.Errorf("%s does not run", c.name)
	}
	switch action {
	case "kill":
		c.kill()
		return nil
	case "stop":
		c.stop(stopPatience)
		return nil
	case "pause":
		return running.pause()
	case "resume":
		return running.resume()
	}
	return fmt.Errorf("unknown action %q", action)
}
