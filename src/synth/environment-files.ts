import { UserError } from '../error.js';
import type { KubernetesObject } from '../inspect/types.js';
import { type Plan, plansOf } from '../plan/plan.js';
import { renderNotice } from '../report/notice.js';
import { renderPlan } from '../report/plan-markdown.js';
import { inApplyOrder } from './apply-order.js';
import type { EnvironmentFiles } from './dist-changes.js';
import { environmentFolder, planPath } from './dist-folder.js';
import { objectYaml, yaml } from './object-yaml.js';

/** GitOps tools keep a rendered application in one object of etcd and in annotations: far below their limits. */
const LIMIT_BYTES = 400_000;

/**
 * The files of one environment. Inside its folder only manifests and `kustomization.yaml` end in `.yaml`, nothing in
 * `.json`: Argo CD takes every such file for a manifest. The plan stands beside it.
 * @throws UserError where the folder would take 400 kB or more.
 */
export function environmentFiles(plan: Plan, objects: readonly KubernetesObject[]): EnvironmentFiles {
  const { name, environment } = plan;
  const folder = environmentFolder(name, environment);
  const manifests = inApplyOrder(objects).map((object) => ({
    file: fileName(object, plan),
    text: objectYaml(object),
  }));
  const inFolder = new Map<string, string>();
  for (const { file, text } of manifests) {
    const path = `${folder}/${file}`;
    if (inFolder.has(path)) throw new Error(`two objects of one kind and name: ${path}`);
    inFolder.set(path, text);
  }
  inFolder.set(
    `${folder}/kustomization.yaml`,
    kustomization(
      plan,
      manifests.map(({ file }) => file),
    ),
  );
  inFolder.set(`${folder}/PLAN.md`, renderPlan(plan, inApplyOrder(objects)));
  const notice = renderNotice(plan);
  if (notice !== null) inFolder.set(`${folder}/NOTICE`, notice);
  checkSize(plan, inFolder);
  const files = new Map([...inFolder, [planPath(name, environment), `${JSON.stringify(plan, null, 2)}\n`]]);
  return { name, environment, files };
}

/** `deployment-server.yaml`; a colon, which some kinds' names hold, is no character of a file's name everywhere. */
function fileName({ kind, metadata }: KubernetesObject, plan: Plan): string {
  const { name, namespace = plan.namespace } = metadata;
  // Parts of a composed plan have namespaces of their own, and objects of the same names.
  const inPart = plansOf(plan).some((part) => part !== plan && part.namespace === namespace);
  const full = inPart ? `${namespace}-${name}` : name;
  return `${kind.toLowerCase()}-${full.replaceAll(':', '-')}.yaml`;
}

function kustomization({ selection }: Plan, resources: readonly string[]): string {
  const head = `# Made from ${selection}: change that file, not these.\n`;
  return head + yaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources });
}

function checkSize({ name, environment, selection }: Plan, files: ReadonlyMap<string, string>): void {
  const sizes = [...files].map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total < LIMIT_BYTES) return;
  const [largest] = sizes.sort((a, b) => b.bytes - a.bytes);
  throw new UserError(`${selection} cannot be deployed`, [
    {
      place: { file: selection },
      message: `${environmentFolder(name, environment)} would take ${kB(total)}, at most ${kB(LIMIT_BYTES)} are allowed`,
      fix: `${largest?.path} alone takes ${kB(largest?.bytes ?? 0)}: make it smaller, or split the selection`,
    },
  ]);
}

function kB(bytes: number): string {
  return `${Math.ceil(bytes / 1000)} kB`;
}
