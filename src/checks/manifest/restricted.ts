import type { Container } from '../../inspect/container.js';
import { fieldsAt, flagAt, listAt, numberAt, textAt, textsAt } from '../../inspect/field.js';
import type { PodTemplate } from '../../inspect/pod.js';

/** Volume types that Pod Security restricted allows. */
const VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
  'claimTemplate',
]);
const SYSCTLS =
  /^(kernel\.shm_rmid_forced|net\.ipv4\.(ip_local_port_range|ip_unprivileged_port_start|ip_local_reserved_ports|ping_group_range|tcp_(syncookies|fin_timeout|keepalive_(time|intvl|probes)|rmem|wmem|slow_start_after_idle|notsent_lowat)))$/;
const SELINUX_TYPES = /^(container_t|container_init_t|container_kvm_t|container_engine_t)?$/;

/** What Pod Security restricted would refuse in a pod. Source: k8s.io/pod-security-admission 0.37.2. */
export function restrictedViolations(pod: PodTemplate): readonly string[] {
  const { spec } = pod;
  const context = fieldsAt(spec, 'securityContext');
  const forPod = [
    ...['hostNetwork', 'hostPID', 'hostIPC']
      .filter((name) => flagAt(spec, name))
      .map((name) => `${name} is set`),
    ...pod.volumes
      .filter(({ kind }) => !VOLUMES.has(kind))
      .map(({ name, kind }) => `volume ${name} is a ${kind}`),
    ...listAt(context, 'sysctls').flatMap((each) =>
      SYSCTLS.test(textAt(each, 'name') ?? '') ? [] : `sysctl ${textAt(each, 'name')}`,
    ),
  ];
  const seLinux = seLinuxProblem(context);
  return [
    ...forPod,
    ...(seLinux ? [`the pod ${seLinux}`] : []),
    ...[...pod.initContainers, ...pod.containers].flatMap((container) => ofContainer(container, context)),
  ];
}

function ofContainer(container: Container, pod: unknown): readonly string[] {
  const { name, securityContext: own, fields } = container;
  const problems: string[] = [];
  const say = (problem: string) => problems.push(`container ${name} ${problem}`);
  if (flagAt(own, 'privileged')) say('is privileged');
  if (flagAt(own, 'allowPrivilegeEscalation') !== false) say('lacks allowPrivilegeEscalation: false');
  if (!textsAt(own, 'capabilities', 'drop').includes('ALL')) say('does not drop ALL capabilities');
  const added = textsAt(own, 'capabilities', 'add').filter((capability) => capability !== 'NET_BIND_SERVICE');
  if (added.length > 0) say(`adds ${added.join(', ')}`);
  if ((flagAt(own, 'runAsNonRoot') ?? flagAt(pod, 'runAsNonRoot')) !== true) say('lacks runAsNonRoot: true');
  if ((numberAt(own, 'runAsUser') ?? numberAt(pod, 'runAsUser')) === 0) say('runs as user 0');
  const seccomp = textAt(own, 'seccompProfile', 'type') ?? textAt(pod, 'seccompProfile', 'type');
  if (seccomp !== 'RuntimeDefault' && seccomp !== 'Localhost') say('lacks seccompProfile RuntimeDefault');
  if ((textAt(own, 'procMount') ?? 'Default') !== 'Default') say('has an unmasked /proc');
  if (textAt(own, 'appArmorProfile', 'type') === 'Unconfined') say('has AppArmor off');
  if (listAt(fields, 'ports').some((port) => numberAt(port, 'hostPort'))) say('takes a port of the node');
  const seLinux = seLinuxProblem(own);
  if (seLinux) say(seLinux);
  if (flagAt(own, 'windowsOptions', 'hostProcess') ?? flagAt(pod, 'windowsOptions', 'hostProcess'))
    say('is a process of the host');
  const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'].map((probe) => fieldsAt(fields, probe));
  const calls = [
    ...probes,
    fieldsAt(fields, 'lifecycle', 'preStop'),
    fieldsAt(fields, 'lifecycle', 'postStart'),
  ];
  if (calls.some((call) => textAt(call, 'httpGet', 'host') || textAt(call, 'tcpSocket', 'host')))
    say('probes another host');
  return problems;
}

function seLinuxProblem(context: unknown): string | undefined {
  const options = fieldsAt(context, 'seLinuxOptions');
  const free =
    SELINUX_TYPES.test(textAt(options, 'type') ?? '') && !textAt(options, 'user') && !textAt(options, 'role');
  return free ? undefined : 'sets SELinux options of its own';
}
