import { describe, expect, it } from 'vitest';
import { engineCommandLine } from '../../src/inspect/command-line.js';
import { readContainer } from '../../src/inspect/container.js';
import { shellCommands } from '../../src/inspect/shell-words.js';

const env = [
  { name: 'MODEL', value: 'Qwen/Qwen3-32B' },
  { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } },
];
const line = (command: readonly string[] | undefined, args: readonly string[], engineImage = true) =>
  engineCommandLine(
    readContainer({ name: 'server', image: 'vllm/vllm-openai:v0.32.0', command, args, env }, false),
    engineImage,
  );

describe('the command line of the engine', () => {
  it.each([
    ['by the entry point', undefined, ['m', '--port', '80'], 'image', ['m', '--port', '80']],
    ['by the command', ['vllm', 'serve'], ['m'], 'command', ['m']],
    [
      'by a path to the command',
      ['/opt/venv/bin/vllm', 'serve', 'm'],
      ['--port=80'],
      'command',
      ['m', '--port=80'],
    ],
    [
      'by the module',
      ['python3', '-m', 'vllm.entrypoints.openai.api_server'],
      ['--model', 'm'],
      'module',
      ['--model', 'm'],
    ],
    ['in a shell', ['/bin/sh', '-c', 'vllm serve m --port 80'], [], 'shell', ['m', '--port', '80']],
    [
      'in a shell whose script is an argument',
      ['bash', '-lc'],
      ['set -e; exec vllm serve "$MODEL" \\\n  --port 80 2>&1 | tee log'],
      'shell',
      ['Qwen/Qwen3-32B', '--port', '80', '2>'],
    ],
    [
      'with a literal variable',
      undefined,
      ['$(MODEL)', '--api-key', '$(TOKEN)'],
      'image',
      ['Qwen/Qwen3-32B', '--api-key', '$(TOKEN)'],
    ],
    [
      'with a variable of the shell',
      ['sh', '-c', 'vllm serve $MODEL --rank $RANK'],
      [],
      'shell',
      ['Qwen/Qwen3-32B', '--rank', '$(RANK)'],
    ],
  ] as const)('%s', (_, command, args, entry, words) => {
    expect(line(command, args)).toEqual({ entry, args: words });
  });

  it.each([
    ['another program of the same image', ['python3', '-c', 'print()'], []],
    ['another command of the program', ['vllm', 'bench', 'serve'], []],
    ['a script that starts something else', ['sh', '-c', 'echo vllm; sleep 1'], []],
  ] as const)('is not read from %s', (_, command, args) => {
    expect(line(command, args)).toBeUndefined();
  });

  it('is not read from the entry point of another image', () => {
    expect(line(undefined, ['m'], false)).toBeUndefined();
  });
});

describe('a shell script', () => {
  it.each([
    ['a \'b c\' "d\\"e" f\\ g', [['a', 'b c', 'd"e', 'f g']]],
    ['a # not this\nb; c && d || e & f', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
    ['a \\\n  b', [['a', 'b']]],
    ['a "" \'\'', [['a', '', '']]],
    ['a $(NAME) b', [['a', '$(NAME)', 'b']]],
    ['', []],
  ])('%j', (script, commands) => {
    expect(shellCommands(script)).toEqual(commands);
  });
});
