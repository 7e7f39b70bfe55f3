import semver from 'semver';
import { textAt, textsAt } from '../../inspect/field.js';
import { replacementOf } from './engine-replacement.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

export const engineArgumentChecks: readonly ManifestCheck[] = [
  {
    id: 'engine/version-known',
    title: 'the engine version has a table of flags and metrics',
    why: 'Without it nothing can say whether a flag exists or a metric is exported; a mistake shows when the pod starts.',
    source: 'published vLLM wheels 0.19.1 to 0.33.0, read by their own parsers',
    inputs: ['servers'],
    run: ({ servers }) =>
      servers
        .filter(({ engine }) => !engine.table)
        .map(({ subject, container, engine }) =>
          warning(
            subject,
            engine.version
              ? `no table describes vLLM ${engine.version}: flags, variables and metrics are not checked`
              : `the image ${container.image.reference} does not say which vLLM it carries: flags, variables and metrics are not checked`,
            'use a tag of vllm/vllm-openai that names a version, such as v0.32.0',
          ),
        ),
  },
  {
    id: 'engine/arguments',
    title: 'every engine argument is one that this version takes',
    why: 'The parser ends the process with exit code 2 at an unknown or removed flag, a value of the wrong type, or a value after a switch: the pod never becomes ready.',
    source: 'parsers of the vLLM wheels; vllm#18538, vllm#36216, vllm#48549, kserve#4883, kserve#6037',
    inputs: ['servers'],
    traps: [13, 15],
    run: ({ servers }) =>
      servers.flatMap(({ subject, engine }) =>
        engine.parsed.problems.map(({ flag, message }) =>
          error(
            subject,
            `vLLM ${engine.version} refuses ${flag}: ${message}`,
            (engine.table && replacementOf(flag, engine.table)) ??
              `see vllm serve --help=${flag.replace(/^-+/, '')}`,
          ),
        ),
      ),
  },
  {
    id: 'engine/entry-point',
    title: 'the engine is started as its image means it',
    why: 'The image starts `vllm serve` by itself; repeating it makes two models of the words. A shell in front keeps SIGTERM from the engine, so it never drains.',
    source: 'Dockerfile of vllm/vllm-openai; vLLM 0.29 and 0.30 release notes',
    inputs: ['servers'],
    run: ({ servers }) =>
      servers.flatMap(({ subject, engine, container }) => {
        const { entry, args, version } = engine;
        if (entry === 'image' && (args[0] === 'serve' || (args[0] === 'vllm' && args[1] === 'serve'))) {
          return [
            error(
              subject,
              `args repeat '${args[0]}', which the image's entry point already runs`,
              'let args start with the model',
            ),
          ];
        }
        if (entry === 'module' && (!version || semver.gte(version, '0.29.0'))) {
          return [
            warning(
              subject,
              'python -m vllm.entrypoints.openai.api_server is deprecated since 0.29',
              'leave command out: the image runs vllm serve',
            ),
          ];
        }
        const script = [...container.command, ...container.args].join(' ');
        if (entry === 'shell' && !/\bexec\s+(\S*\/)?(vllm|python3?)\b/.test(script)) {
          return [
            warning(
              subject,
              'a shell starts the engine and keeps SIGTERM for itself: the engine is killed without draining',
              'leave the shell out, or put exec before vllm serve',
            ),
          ];
        }
        return [];
      }),
  },
  {
    id: 'engine/deprecated-flag',
    title: 'no flag is used that goes away with an announced version',
    why: 'The next upgrade ends at the parser.',
    source: 'help texts and deprecation marks in the vLLM wheels',
    inputs: ['servers'],
    traps: [13],
    run: ({ servers }) =>
      servers.flatMap(({ subject, engine }) =>
        (engine.table?.serve.flags ?? [])
          .filter(({ name, deprecated }) => deprecated !== undefined && engine.parsed.flags[name])
          .map(({ name, deprecated }) => {
            const removal = textAt(deprecated, 'removal');
            const when = removal === undefined ? '' : `, its removal is announced for ${removal}`;
            return warning(
              subject,
              `${name} is deprecated in vLLM ${engine.version}${when}`,
              (engine.table && replacementOf(name, engine.table)) ?? `leave ${name} out`,
            );
          }),
      ),
  },
  {
    id: 'engine/registered-value',
    title: 'formats and methods are ones that this version has',
    why: 'The parser takes any text for them; the engine ends after it has begun to load.',
    source: 'registries of the vLLM wheels 0.19.1 to 0.33.0',
    inputs: ['servers'],
    traps: [13],
    run: ({ servers }) =>
      servers.flatMap(({ subject, engine }) => {
        const { table, parsed } = engine;
        if (!table) return [];
        const registries: readonly (readonly [string, readonly string[]])[] = [
          ['--load-format', table.load_formats],
          ['--quantization', textsAt(table, 'quantization', 'methods')],
          ['--attention-backend', textsAt(table, 'attention_backends')],
        ];
        return registries.flatMap(([flag, known]) => {
          const value = parsed.flags[flag]?.values[0];
          if (value === undefined || value === 'auto' || known.length === 0) return [];
          const same = known.some((each) => each.toLowerCase() === value.toLowerCase());
          return same
            ? []
            : [
                error(
                  subject,
                  `vLLM ${engine.version} has no ${flag.slice(2)} '${value}'`,
                  `use one of: ${known.join(', ')}`,
                ),
              ];
        });
      }),
  },
  {
    id: 'engine/context-length',
    title: 'the context length is written down',
    why: 'Without --max-model-len it follows from the model files and the engine version: models with YaRN lost three quarters of theirs at 0.30, and a length above the cache ends the start.',
    source: 'vLLM 0.30 release notes; vllm#2418, kaito#2132, vllm#39734',
    inputs: ['servers'],
    traps: [58],
    run: ({ servers }) =>
      servers
        .filter(({ engine }) => !engine.parsed.flags['--max-model-len'])
        .map(({ subject }) =>
          warning(
            subject,
            '--max-model-len is not set: the context length changes with the engine version',
            'set --max-model-len to what the cache holds',
          ),
        ),
  },
];
