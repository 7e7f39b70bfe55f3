// Writes the module files of every Kubernetes version in versions.json: node update-modules.mjs [1.36 …]
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const versions = JSON.parse(readFileSync(join(here, 'versions.json'), 'utf8'));

// k8s.io/kubernetes asks for v0.0.0 of these: outside its own repository each needs a replacement.
// One that a version does not use is harmless.
const staging = [
  'api',
  'apiextensions-apiserver',
  'apimachinery',
  'apiserver',
  'cli-runtime',
  'client-go',
  'cloud-provider',
  'cluster-bootstrap',
  'code-generator',
  'component-base',
  'component-helpers',
  'controller-manager',
  'cri-api',
  'cri-client',
  'cri-streaming',
  'csi-translation-lib',
  'dynamic-resource-allocation',
  'endpointslice',
  'externaljwt',
  'kms',
  'kube-aggregator',
  'kube-controller-manager',
  'kube-proxy',
  'kube-scheduler',
  'kubectl',
  'kubelet',
  'metrics',
  'mount-utils',
  'pod-security-admission',
  'sample-apiserver',
  'sample-cli-plugin',
  'sample-controller',
  'streaming',
];

function moduleFile({ kubernetes, etcd, kwok }) {
  const library = `v0.${kubernetes.slice(2)}`;
  const required = [
    `k8s.io/kubernetes v${kubernetes}`,
    `k8s.io/component-base ${library}`,
    `k8s.io/kubectl ${library}`,
    `go.etcd.io/etcd/server/v3 v${etcd}`,
    ...(kwok ? [`sigs.k8s.io/kwok v${kwok}`] : []),
  ];
  const block = (word, lines) => `${word} (\n${lines.map((line) => `\t${line}\n`).join('')})\n`;
  const replaced = staging.map((name) => `k8s.io/${name} => k8s.io/${name} ${library}`);
  return `module berth.dev/proving-ground\n\ngo 1.26.0\n\n${block('require', required)}\n${block('replace', replaced)}`;
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(versions);
if (!existsSync(join(here, 'go.mod')))
  writeFileSync(join(here, 'go.mod'), 'module berth.dev/proving-ground\n');
for (const minor of wanted) {
  const version = versions[minor];
  const modFile = join(here, version.modFile);
  writeFileSync(modFile, moduleFile(version));
  rmSync(modFile.replace(/mod$/, 'sum'), { force: true });
  const tags = version.kwok ? ['-tags=kwok'] : [];
  execFileSync('go', ['list', '-mod=mod', `-modfile=${modFile}`, ...tags, '-deps', '.'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  console.log(`${version.modFile}: Kubernetes ${version.kubernetes}`);
}
