import type { Container } from './container.js';
import { shellCommands } from './shell-words.js';

/** How a container starts the engine, and the arguments that reach `vllm serve`. */
export interface CommandLine {
  /** `image`: by the image's entry point; `command`: `vllm serve …`; `module`: `python -m …`; `shell`: inside a script. */
  readonly entry: 'image' | 'command' | 'module' | 'shell';
  readonly args: readonly string[];
}

const MODULE = 'vllm.entrypoints.openai.api_server';

/** The engine's command line, or undefined where the container starts something else. */
export function engineCommandLine(container: Container, imageIsEngine: boolean): CommandLine | undefined {
  const expand = (words: readonly string[]) => words.map((word) => expandReferences(word, container));
  if (container.command.length === 0) {
    return imageIsEngine ? { entry: 'image', args: expand(container.args) } : undefined;
  }
  const words = [...container.command, ...container.args];
  const script = shellScript(words);
  if (script === undefined) {
    const direct = afterProgram(words);
    return direct && { ...direct, args: expand(direct.args) };
  }
  for (const command of shellCommands(script)) {
    const found = afterProgram(command);
    if (found)
      return { entry: 'shell', args: expand(found.args).map((word) => expandShell(word, container)) };
  }
  return undefined;
}

function shellScript(words: readonly string[]): string | undefined {
  if (!/(^|\/)(ba|da|a|z)?sh$/.test(words[0] ?? '')) return undefined;
  const at = words.findIndex((word, index) => index > 0 && /^-[a-z]*c$/.test(word));
  return at < 0 ? undefined : words[at + 1];
}

function afterProgram(words: readonly string[]): CommandLine | undefined {
  const program = words.findIndex((word) => /(^|\/)vllm$/.test(word));
  if (program >= 0 && words[program + 1] === 'serve')
    return { entry: 'command', args: words.slice(program + 2) };
  const module = words.indexOf(MODULE);
  if (module > 0 && words[module - 1] === '-m') return { entry: 'module', args: words.slice(module + 1) };
  return undefined;
}

/** `$(NAME)` with a literal variable, as the kubelet does it; what comes from elsewhere stays as written. */
function expandReferences(word: string, container: Container): string {
  return word.replace(/\$\((\w+)\)/g, (reference, name) => literal(container, name) ?? reference);
}

/** What the shell takes from elsewhere is written like a reference: its value is not known here either way. */
function expandShell(word: string, container: Container): string {
  return word.replace(/\$\{?(\w+)\}?/g, (_, name) => literal(container, name) ?? `$(${name})`);
}

function literal(container: Container, name: string): string | undefined {
  return container.env.find((variable) => variable.name === name)?.value;
}
