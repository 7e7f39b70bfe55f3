import { findEnvironments } from '../cluster/environments.js';

/**
 * `<environment> <Kind>/<name> container <container>` of every container whose image is vLLM's, found by walking the plain
 * objects: a count that owes nothing to the reader whose result it is compared with.
 */
export function containersOfEngineImages(): readonly string[] {
  return findEnvironments().flatMap(({ id, objects }) =>
    objects.flatMap((object) =>
      find(object, 'containers')
        .filter((container) => /\/vllm-openai[^/]*$/.test(container.image ?? ''))
        .filter((container) => !isScript(container))
        .map(({ name }) => `${id} ${object.kind}/${object.metadata.name} container ${name}`),
    ),
  );
}

interface PlainContainer {
  readonly name?: string;
  readonly image?: string;
  readonly command?: readonly string[];
}

// The download Job uses the engine's image for its tools and starts no server.
function isScript({ command }: PlainContainer): boolean {
  return command !== undefined && !command.join(' ').includes('vllm serve');
}

function find(node: unknown, key: string): readonly PlainContainer[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) =>
    name === key && Array.isArray(child) ? (child as PlainContainer[]) : find(child, key),
  );
}
