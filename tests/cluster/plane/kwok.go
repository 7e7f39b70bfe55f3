//go:build kwok

package main

import (
	"fmt"
	"os"

	"github.com/spf13/pflag"
	"sigs.k8s.io/kwok/pkg/config"
	kwok "sigs.k8s.io/kwok/pkg/kwok/cmd"
	"sigs.k8s.io/kwok/pkg/log"
	"sigs.k8s.io/kwok/pkg/utils/signals"
)

func init() { parts["kwok"] = simulateNodes }

// simulateNodes runs kwok. Its command tree shares the process-wide flag set with the Kubernetes packages
// linked here, whose "version" flag it cannot digest, so that set is emptied first.
func simulateNodes() int {
	pflag.CommandLine = pflag.NewFlagSet("kwok", pflag.ExitOnError)
	shared := pflag.NewFlagSet("shared", pflag.ContinueOnError)
	shared.ParseErrorsAllowlist.UnknownFlags = true
	shared.Usage = func() {}

	ctx, _ := log.InitFlags(signals.SetupSignalContext(), shared)
	ctx, err := config.InitFlags(ctx, shared)
	if err != nil {
		fmt.Fprintln(os.Stderr, "kwok:", err)
		return 1
	}
	root := kwok.NewCommand(ctx)
	root.PersistentFlags().AddFlagSet(shared)
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "kwok:", err)
		return 1
	}
	return 0
}
