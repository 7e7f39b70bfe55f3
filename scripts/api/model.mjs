import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { ApiModel } from '@microsoft/api-extractor-model';

/** Messages about the style of comments: the house's differs from TSDoc's. */
const OWN_STYLE = ['tsdoc-param-tag-missing-hyphen', 'tsdoc-escape-greater-than'];

/**
 * What the package exports, as api-extractor reads the declarations of the last build.
 * @returns the members of the entry point, and what the extractor says about them.
 */
export function readApi(root) {
  const folder = mkdtempSync(join(tmpdir(), 'berth-api-'));
  const messages = [];
  try {
    const file = join(folder, 'api.json');
    Extractor.invoke(configOf(root, file), {
      localBuild: true,
      messageCallback(message) {
        message.handled = true;
        const { messageId, text, sourceFilePath, sourceFileLine, logLevel } = message;
        if (logLevel !== 'warning' && logLevel !== 'error') return;
        if (!OWN_STYLE.includes(messageId))
          messages.push(`${sourceFilePath?.replace(`${root}/`, '')}:${sourceFileLine} ${messageId}: ${text}`);
      },
    });
    const [entry] = new ApiModel().loadPackage(file).entryPoints;
    return { members: entry.members, messages };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configOf(root, apiJsonFilePath) {
  const entry = join(root, 'lib/src/index.d.ts');
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  };
  return ExtractorConfig.prepare({
    packageJsonFullPath: join(root, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: entry,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
      apiReport: { enabled: false, reportFileName: 'unused' },
      docModel: { enabled: true, apiJsonFilePath },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'warning' } },
      },
    },
  });
}
