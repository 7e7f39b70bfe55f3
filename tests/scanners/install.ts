import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from '../cluster/cache.js';

/** The scanners and the versions whose findings the exemptions were written for. */
const GO_TOOLS = {
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0',
  'kube-score': 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0',
} as const;
const CHECKOV = 'checkov==3.3.30';

/** Path of a scanner written in Go, built from its published module where the cache lacks it. */
export async function goTool(name: keyof typeof GO_TOOLS): Promise<string> {
  const source = GO_TOOLS[name];
  return cached(`${name}-${source.split('@')[1]}`, async (target) => {
    console.log(`scanners: building ${source}`);
    const folder = `${target}.gobin`;
    mkdirSync(folder, { recursive: true });
    try {
      execFileSync('go', ['install', '-trimpath', source], {
        env: { ...process.env, GOBIN: folder, GOFLAGS: '' },
        stdio: 'pipe',
      });
      renameSync(join(folder, name), target.replace(/\.part-\d+$/, ''));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Path of checkov in a virtual environment of its own. */
export async function checkov(): Promise<string> {
  // A virtual environment cannot be moved: the cache entry is a small file that says where it lies.
  const marker = await cached(`checkov-${CHECKOV.split('==')[1]}`, async (target) => {
    const entry = target.replace(/\.part-\d+$/, '');
    const venv = `${entry}.venv`;
    console.log(`scanners: installing ${CHECKOV}`);
    rmSync(venv, { recursive: true, force: true });
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'pipe' });
    execFileSync(join(venv, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', CHECKOV], {
      stdio: 'pipe',
    });
    writeFileSync(target, `${join(venv, 'bin', 'checkov')}\n`);
    renameSync(target, entry);
  });
  return join(`${marker}.venv`, 'bin', 'checkov');
}
