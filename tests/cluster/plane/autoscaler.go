//go:build fastclock

package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"k8s.io/apiserver/pkg/server"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/scale"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/kubernetes/pkg/controller/podautoscaler/metrics"
	resourceclient "k8s.io/metrics/pkg/client/clientset/versioned/typed/metrics/v1beta1"
	"k8s.io/metrics/pkg/client/custom_metrics"
	"k8s.io/metrics/pkg/client/external_metrics"

	"berth.dev/proving-ground/podautoscaler"
)

func init() { parts["autoscaler"] = autoscale }

// autoscale runs the horizontal pod autoscaler alone, from the copy of its package whose windows may pass fast.
// Its settings are the controller-manager's defaults but for the two periods, which are flags there too.
func autoscale() int {
	flags := flag.NewFlagSet("autoscaler", flag.ExitOnError)
	kubeconfig := flags.String("kubeconfig", "", "path of the kubeconfig")
	sync := flags.Duration("sync-period", time.Second, "time between two decisions")
	_ = flags.Parse(os.Args[1:])

	if err := runAutoscaler(*kubeconfig, *sync); err != nil {
		fmt.Fprintln(os.Stderr, "autoscaler:", err)
		return 1
	}
	return 0
}

func runAutoscaler(kubeconfig string, sync time.Duration) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(client.Discovery()))
	resolver := scale.NewDiscoveryScaleKindResolver(client.Discovery())
	scales, err := scale.NewForConfig(config, mapper, dynamic.LegacyAPIPathResolverFunc, resolver)
	if err != nil {
		return err
	}
	resources, err := resourceclient.NewForConfig(config)
	if err != nil {
		return err
	}
	external, err := external_metrics.NewForConfig(config)
	if err != nil {
		return err
	}
	versions := custom_metrics.NewAvailableAPIsGetter(client.Discovery())
	custom := custom_metrics.NewForConfig(config, mapper, versions)

	ctx := server.SetupSignalContext()
	shared := informers.NewSharedInformerFactory(client, 0)
	controller := podautoscaler.NewHorizontalController(
		ctx,
		client.CoreV1(),
		scales,
		client.AutoscalingV2(),
		mapper,
		metrics.NewRESTMetricsClient(resources, custom, external),
		shared.Autoscaling().V2().HorizontalPodAutoscalers(),
		shared.Core().V1().Pods(),
		sync,
		5*time.Minute,  // downscale stabilization, where an autoscaler does not say its own
		0.1,            // tolerance
		5*time.Minute,  // CPU initialization period
		30*time.Second, // initial readiness delay
	)
	shared.Start(ctx.Done())
	go custom_metrics.PeriodicallyInvalidate(versions, sync, ctx.Done())
	controller.Run(ctx, 5)
	return nil
}
