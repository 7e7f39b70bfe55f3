package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// tether replaces itself with the command in its arguments, which the kernel then kills as soon as the
// parent is gone: the last line of defence where the parent could not clean up (SIGKILL, out of memory).
func tether() int {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: proving-ground tether COMMAND [arguments]")
		return 2
	}
	path, err := exec.LookPath(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "tether:", err)
		return 127
	}
	parent := os.Getppid()
	runtime.LockOSThread() // the signal belongs to the thread that asks for it
	if _, _, failed := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL), 0); failed != 0 {
		fmt.Fprintln(os.Stderr, "tether:", failed)
		return 1
	}
	if os.Getppid() != parent {
		return 1 // the parent went away before the kernel knew of the wish
	}
	fmt.Fprintln(os.Stderr, "tether:", syscall.Exec(path, os.Args[1:], os.Environ()))
	return 126
}
