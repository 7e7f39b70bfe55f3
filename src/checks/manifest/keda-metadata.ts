/** What one type of KEDA trigger takes; texts all. */
export interface TriggerMetadata {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Keys that must be numbers. */
  readonly numbers: readonly string[];
  readonly addresses: readonly string[];
}

/** Metadata of the trigger types that serve language models. Source: KEDA 2.21 docs, scalers. */
export const TRIGGER_METADATA: Readonly<Record<string, TriggerMetadata>> = {
  prometheus: {
    required: ['serverAddress', 'query', 'threshold'],
    optional: [
      'activationThreshold',
      'namespace',
      'cortexOrgID',
      'customHeaders',
      'ignoreNullValues',
      'queryParameters',
      'unsafeSsl',
      'timeout',
      'authModes',
      'awsRegion',
      'scopeOrgID',
    ],
    numbers: ['threshold', 'activationThreshold'],
    addresses: ['serverAddress'],
  },
  cron: {
    required: ['timezone', 'start', 'end', 'desiredReplicas'],
    optional: [],
    numbers: ['desiredReplicas'],
    addresses: [],
  },
  cpu: { required: ['value'], optional: ['type', 'containerName'], numbers: ['value'], addresses: [] },
  memory: { required: ['value'], optional: ['type', 'containerName'], numbers: ['value'], addresses: [] },
};

/** All trigger types of KEDA 2.21, by name. Source: KEDA 2.21 docs, scalers. */
export const TRIGGER_TYPES: readonly string[] =
  'activemq apache-kafka arangodb artemis-queue aws-cloudwatch aws-dynamodb aws-dynamodb-streams aws-kinesis-stream aws-sqs-queue azure-app-insights azure-blob azure-data-explorer azure-eventhub azure-log-analytics azure-monitor azure-pipelines azure-queue azure-servicebus beanstalkd cassandra couchdb cpu cron datadog dynatrace elasticsearch etcd external external-push forgejo-runner gcp-cloudtasks gcp-pubsub gcp-stackdriver gcp-storage github-runner graphite huawei-cloudeye ibmmq influxdb kafka kubernetes-resource kubernetes-workload liiklus loki memory metrics-api mongodb mssql mysql nats-jetstream new-relic nsq openstack-metric openstack-swift postgresql predictkube prometheus pulsar rabbitmq redis redis-cluster redis-cluster-streams redis-sentinel redis-sentinel-streams redis-streams selenium-grid solace-direct-messaging solace-event-queue solarwinds solr splunk splunk-observability stan sumologic temporal'.split(
    ' ',
  );
