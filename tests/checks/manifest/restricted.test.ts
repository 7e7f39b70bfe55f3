import { expect, it } from 'vitest';
import { restrictedViolations } from '../../../src/checks/manifest/restricted.js';
import { readPod } from '../../../src/inspect/pod.js';
import { set } from './pointer.js';

const container = () => ({
  name: 'a',
  image: 'registry.example/a:1',
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
});
const pod = () => ({
  spec: {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    initContainers: [container()],
    containers: [container()],
    volumes: [
      { name: 'a', emptyDir: {} },
      { name: 'b', image: { reference: 'registry.example/weights:1' } },
    ],
  },
});

it('takes a pod that meets Pod Security restricted', () => {
  expect(restrictedViolations(readPod(pod()))).toEqual([]);
});

it.each([
  ['/spec/hostNetwork', true, 'hostNetwork is set'],
  ['/spec/hostPID', true, 'hostPID is set'],
  ['/spec/volumes/0', { name: 'a', hostPath: { path: '/' } }, 'volume a is a hostPath'],
  ['/spec/volumes/0', { name: 'a', nfs: {} }, 'volume a is a nfs'],
  ['/spec/securityContext/sysctls', [{ name: 'kernel.msgmax', value: '1' }], 'sysctl kernel.msgmax'],
  ['/spec/securityContext/runAsNonRoot', false, 'container a lacks runAsNonRoot: true'],
  ['/spec/containers/0/securityContext/runAsNonRoot', false, 'container a lacks runAsNonRoot: true'],
  ['/spec/containers/0/securityContext/runAsUser', 0, 'container a runs as user 0'],
  [
    '/spec/securityContext/seccompProfile/type',
    'Unconfined',
    'container a lacks seccompProfile RuntimeDefault',
  ],
  ['/spec/securityContext/seLinuxOptions', { type: 'spc_t' }, 'the pod sets SELinux options of its own'],
  ['/spec/initContainers/0/securityContext', {}, 'container a lacks allowPrivilegeEscalation: false'],
  [
    '/spec/initContainers/0/securityContext/capabilities/drop',
    ['NET_RAW'],
    'container a does not drop ALL capabilities',
  ],
  ['/spec/containers/0/securityContext/capabilities/add', ['IPC_LOCK'], 'container a adds IPC_LOCK'],
  ['/spec/containers/0/securityContext/privileged', true, 'container a is privileged'],
  ['/spec/containers/0/securityContext/procMount', 'Unmasked', 'container a has an unmasked /proc'],
  ['/spec/containers/0/ports', [{ containerPort: 80, hostPort: 80 }], 'container a takes a port of the node'],
  [
    '/spec/containers/0/livenessProbe',
    { httpGet: { host: '10.0.0.1', port: 80 } },
    'container a probes another host',
  ],
])('refuses %s: %j', (at, value, violation) => {
  const changed = pod();
  set(changed, at, value);
  expect(restrictedViolations(readPod(changed))).toContain(violation);
});

it.each([
  ['/spec/securityContext/sysctls', [{ name: 'net.ipv4.tcp_rmem', value: '1' }]],
  ['/spec/containers/0/securityContext/capabilities/add', ['NET_BIND_SERVICE']],
  ['/spec/containers/0/securityContext/readOnlyRootFilesystem', false],
  ['/spec/containers/0/securityContext/seccompProfile', { type: 'Localhost', localhostProfile: 'a.json' }],
])('takes %s: %j', (at, value) => {
  const changed = pod();
  set(changed, at, value);
  expect(restrictedViolations(readPod(changed))).toEqual([]);
});
