//go:build !linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// tether only replaces itself here: no other kernel kills a child with its parent.
func tether() int {
	path, err := exec.LookPath(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "tether:", err)
		return 127
	}
	fmt.Fprintln(os.Stderr, "tether:", syscall.Exec(path, os.Args[1:], os.Environ()))
	return 126
}
