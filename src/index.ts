// What `import { … } from 'cdk8s-berth'` gives.

export type { AcceleratorProfile } from './catalog/accelerator.js';
export { type Catalog, type CatalogKind, openCatalog } from './catalog/catalog.js';
export type { ClusterKindProfile } from './catalog/cluster-kind.js';
export type { EngineFamily, EngineTable } from './catalog/engine.js';
export type { LicenceProfile } from './catalog/licence.js';
export type { Checkpoint, ModelProfile, Precision } from './catalog/model.js';
export type { ProviderProfile } from './catalog/provider.js';
export type { SizingProfile } from './catalog/sizing-profile.js';
export type { Check } from './checks/check.js';
export { manifestChecks } from './checks/manifest/all.js';
export type { ManifestCheck } from './checks/manifest/manifest-check.js';
export { Autoscaler, type AutoscalerProps, type ScalingSignal } from './constructs/autoscaler.js';
export { ComputeClass, type ComputeClassProps } from './constructs/compute-class.js';
export { Dashboards, type DashboardsProps } from './constructs/dashboards.js';
export { DefaultDeny, type DefaultDenyProps } from './constructs/default-deny.js';
export { DnsHole, type DnsHoleProps } from './constructs/dns-hole.js';
export { DownloadEgress, type DownloadEgressProps } from './constructs/download-egress.js';
export type { DownloadPodProps } from './constructs/download-pod.js';
export type { EnvoyPodProps } from './constructs/envoy-pod.js';
export { EnvoyServer, type EnvoyServerProps } from './constructs/envoy-server.js';
export { Exposure, type ExposureProps } from './constructs/exposure.js';
export { FqdnEgress, type FqdnEgressProps } from './constructs/fqdn-egress.js';
export { Gateway, type GatewayProps, gatewayIdentity } from './constructs/gateway.js';
export { GatewayExposure, type GatewayExposureProps } from './constructs/gateway-exposure.js';
export { GatewayMonitoring, type GatewayMonitoringProps } from './constructs/gateway-monitoring.js';
export { GatewayNetwork, type GatewayNetworkProps } from './constructs/gateway-network.js';
export { ImageTo3d, type ImageTo3dProps } from './constructs/image-to-3d.js';
export { IngressExposure, type IngressExposureProps } from './constructs/ingress-exposure.js';
export { IstioEgress, type IstioEgressProps } from './constructs/istio-egress.js';
export { LicensedMonitoring } from './constructs/licensed-monitoring.js';
export { LicensedServer, type LicensedServerProps, licensedIdentity } from './constructs/licensed-server.js';
export { ModelWeights, type ModelWeightsProps } from './constructs/model-weights.js';
export { Monitoring, type MonitoringProps } from './constructs/monitoring.js';
export { Namespace, type NamespaceProps } from './constructs/namespace.js';
export {
  NetworkHole,
  type NetworkHoleProps,
  type NetworkPeer,
  podsOfNamespace,
} from './constructs/network-hole.js';
export { NimService } from './constructs/nim-service.js';
export { NodePool, type NodePoolProps } from './constructs/node-pool.js';
export {
  SecretsFromStore,
  type SecretsFromStoreProps,
  type StoredValue,
} from './constructs/secrets-from-store.js';
export { modelWeightsProps, vllmServerProps } from './constructs/server-props.js';
export { ServiceAccounts, type ServiceAccountsProps } from './constructs/service-accounts.js';
export { Translator, type TranslatorProps, translatorIdentity } from './constructs/translator.js';
export type { VllmPodProps } from './constructs/vllm-pod.js';
export { serverIdentity, VllmServer, type VllmServerProps } from './constructs/vllm-server.js';
export { type Place, type Problem, UserError } from './error.js';
export { inspect } from './inspect/inspect.js';
export type { Inspected } from './inspect/inspected.js';
export type { KubernetesObject } from './inspect/types.js';
export { type Identity, selectorLabels } from './kubernetes/labels.js';
export type { PodUser } from './kubernetes/security-context.js';
export { buildPlan } from './library/build-plan.js';
export { type CheckManifestsSettings, checkManifests } from './library/check-manifests.js';
export { type CreatePlanSettings, createPlan } from './library/create-plan.js';
export { loadSelection } from './library/load-selection.js';
export type { Given, PlanOptions } from './library/plan-options.js';
export { type SizeIds, sizeRequest } from './library/size-request.js';
export type { DashboardInput } from './monitoring/panel.js';
export { totalRunning, totalWaiting } from './monitoring/queries.js';
export type { RuleInput } from './monitoring/rule.js';
export type { Finding, Severity } from './plan/finding.js';
export type { GatewayPlan } from './plan/gateway/gateway-plan.js';
export type {
  AcceleratorPlan,
  AlternativePlan,
  ExposurePlan,
  ImagePlan,
  LifecyclePlan,
  ModelPlan,
  MonitoringPlan,
  NetworkPlan,
  Plan,
  ScalingPlan,
  SecretKey,
  SecretPlan,
  ServerPlan,
  WeightsPlan,
} from './plan/plan.js';
export type { LoadedSelection } from './selection/load.js';
export type { Override } from './selection/override.js';
export type { Setting } from './selection/resolved.js';
export type { Selection } from './selection/schema.js';
export type { SecretRef } from './selection/secret.js';
export type { NearestOptions } from './sizing/nearest.js';
export { sizeModel } from './sizing/size-model.js';
export type { Throughput } from './sizing/throughput/throughput.js';
export type {
  HostNeeds,
  NearestChoice,
  PerGpuMemory,
  SizedSettings,
  SizeRequest,
  Sizing,
  Verdict,
} from './sizing/types.js';
export { resolveWhatIf, sizeWhatIf, type WhatIfRequest } from './sizing/what-if/size-what-if.js';
export type { WhatIf } from './sizing/what-if/what-if.js';
