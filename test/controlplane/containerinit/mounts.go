package containerinit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
)

// devices are what a container finds in /dev; the host's own folder can hold hundreds.
var devices = map[string]bool{
	"null": true, "zero": true, "full": true, "random": true, "urandom": true, "tty": true, "pts": true, "ptmx": true,
	"shm": true, "fd": true, "stdin": true, "stdout": true, "stderr": true,
}

const shadows = "/.shadows"

// setUp gives this mount namespace the container's file system: the host's, with volumes at their places.
// Where a place does not exist, the folder that lacks it is replaced by a shadow: a tmpfs in which each of
// its entries is mounted again, so that the new one can be made without leaving anything on the host.
func setUp(setup *Setup) error {
	if setup.Hostname != "" {
		if err := syscall.Sethostname([]byte(setup.Hostname)); err != nil {
			return fmt.Errorf("host name: %w", err)
		}
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make mounts private: %w", err)
	}
	if err := shadow("/", setup.Staging, nil); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(setup.Staging, shadows), 0o700); err != nil {
		return err
	}
	if err := syscall.Chroot(setup.Staging); err != nil {
		return fmt.Errorf("enter the root: %w", err)
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	// A /proc of the own process namespace. Where the machine forbids it, the host's one is still right for /proc/self.
	if err := syscall.Mount("proc", "/proc", "proc", syscall.MS_NOSUID|syscall.MS_NODEV|syscall.MS_NOEXEC, ""); err != nil && !errors.Is(err, syscall.EPERM) {
		return fmt.Errorf("mount /proc: %w", err)
	}
	if err := replace("/dev", func(name string) bool { return devices[name] }); err != nil {
		return err
	}

	return bindAll(setup.Mounts)
}

// bindAll mounts the volumes, outer ones first.
func bindAll(mounts []Mount) error {
	mounts = append([]Mount{}, mounts...)
	sort.SliceStable(mounts, func(i, j int) bool {
		return strings.Count(filepath.Clean(mounts[i].Target), "/") < strings.Count(filepath.Clean(mounts[j].Target), "/")
	})
	// All sources are taken hold of before the first mount, which may cover the folder they lie in.
	sources := make([]int, len(mounts))
	for i, mount := range mounts {
		fd, err := openSource(mount.Source)
		if err != nil {
			return fmt.Errorf("mount %s: %w", mount.Target, err)
		}
		defer syscall.Close(fd)
		sources[i] = fd
	}
	made := map[string]bool{"/": true, "/dev": true}
	for i, mount := range mounts {
		if err := bind(sources[i], mount, made); err != nil {
			return fmt.Errorf("mount %s: %w", mount.Target, err)
		}
	}
	return nil
}

func openSource(path string) (int, error) {
	const pathOnly = 0x200000 // O_PATH: sockets and devices can be volumes too
	fd, err := syscall.Open(path, pathOnly|syscall.O_CLOEXEC, 0)
	if errors.Is(err, fs.ErrNotExist) {
		// As container runtimes do: a source that is missing (a new subPath) is a folder.
		if err := os.MkdirAll(path, 0o777); err != nil {
			return -1, err
		}
		fd, err = syscall.Open(path, pathOnly|syscall.O_CLOEXEC, 0)
	}
	return fd, err
}

// bind mounts one volume. made holds the folders in which new entries are private: shadows and volumes.
func bind(source int, mount Mount, made map[string]bool) error {
	handle := fmt.Sprintf("/proc/self/fd/%d", source)
	info, err := os.Stat(handle)
	if err != nil {
		return err
	}
	target, err := place(filepath.Clean(mount.Target), info.IsDir(), made)
	if err != nil {
		return err
	}
	if err := syscall.Mount(handle, target, "", syscall.MS_BIND|syscall.MS_REC, ""); err != nil {
		return err
	}
	if info.IsDir() {
		made[target] = true
	}
	if !mount.ReadOnly {
		return nil
	}
	return readOnly(target)
}

// place makes sure that the target exists and returns it without symbolic links.
func place(target string, isDir bool, made map[string]bool) (string, error) {
	if resolved, err := filepath.EvalSymlinks(target); err == nil {
		return resolved, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	parent, err := place(filepath.Dir(target), true, made)
	if err != nil {
		return "", err
	}
	target = filepath.Join(parent, filepath.Base(target))
	if !private(parent, made) {
		if err := replace(parent, nil); err != nil {
			return "", err
		}
		made[parent] = true
	}
	if isDir {
		return target, os.Mkdir(target, 0o755)
	}
	return target, os.WriteFile(target, nil, 0o644)
}

// private tells whether entries made in the folder stay in the container: it is a shadow or a volume, or was made in one.
func private(folder string, made map[string]bool) bool {
	if made[folder] {
		return true
	}
	var here, above syscall.Stat_t
	for folder != "/" {
		parent := filepath.Dir(folder)
		if syscall.Stat(folder, &here) != nil || syscall.Stat(parent, &above) != nil || here.Dev != above.Dev {
			return false
		}
		if made[parent] {
			return true
		}
		folder = parent
	}
	return false
}

// replace puts a shadow over a folder of the container.
func replace(folder string, keep func(name string) bool) error {
	staging := filepath.Join(shadows, strings.ReplaceAll(folder, "/", "_"))
	if err := os.Mkdir(staging, 0o700); err != nil {
		return err
	}
	if err := shadow(folder, staging, keep); err != nil {
		return err
	}
	if err := syscall.Mount(staging, folder, "", syscall.MS_MOVE, ""); err != nil {
		return fmt.Errorf("shadow %s: %w", folder, err)
	}
	return nil
}

// shadow mounts a tmpfs at staging and in it every entry of the folder (or those to keep).
func shadow(folder, staging string, keep func(name string) bool) error {
	info, err := os.Stat(folder)
	if err != nil {
		return err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", staging, "tmpfs", 0, fmt.Sprintf("mode=%o", info.Mode().Perm())); err != nil {
		return fmt.Errorf("shadow %s: %w", folder, err)
	}
	if info.Mode()&fs.ModeSticky != 0 {
		if err := os.Chmod(staging, info.Mode()); err != nil {
			return err
		}
	}
	// Or the entry that holds the staging folder would be mounted with a copy of the shadow in it.
	if err := syscall.Mount("", staging, "", syscall.MS_UNBINDABLE, ""); err != nil {
		return err
	}
	for _, entry := range entries {
		if keep != nil && !keep(entry.Name()) {
			continue
		}
		if err := mirror(filepath.Join(folder, entry.Name()), filepath.Join(staging, entry.Name()), entry.Type()); err != nil {
			return fmt.Errorf("shadow %s: %w", filepath.Join(folder, entry.Name()), err)
		}
	}
	return nil
}

func mirror(from, to string, kind fs.FileMode) error {
	var err error
	switch {
	case kind&fs.ModeSymlink != 0:
		link, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(link, to)
	case kind.IsDir():
		err = os.Mkdir(to, 0o700)
	default:
		err = os.WriteFile(to, nil, 0o600)
	}
	if err != nil {
		return err
	}
	err = syscall.Mount(from, to, "", syscall.MS_BIND|syscall.MS_REC, "")
	if errors.Is(err, fs.ErrNotExist) {
		return os.Remove(to) // it went away meanwhile, as entries of /tmp and /run do
	}
	return err
}

// readOnly keeps the flags that the file system has: a user namespace may not drop them.
func readOnly(target string) error {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(target, &stat); err != nil {
		return err
	}
	const kept = syscall.MS_NOSUID | syscall.MS_NODEV | syscall.MS_NOEXEC | syscall.MS_NOATIME | syscall.MS_NODIRATIME
	flags := uintptr(stat.Flags)&kept | syscall.MS_BIND | syscall.MS_REMOUNT | syscall.MS_RDONLY
	return syscall.Mount("", target, "", flags, "")
}
