/** An image reference, split. `valid` is false where the container runtime would refuse it. */
export interface Image {
  readonly reference: string;
  /** With the registry's host where one is named, e.g. `docker.io/vllm/vllm-openai`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly valid: boolean;
}

// Grammar of distribution/reference: https://github.com/distribution/reference/blob/main/reference.go
const DOMAIN = /^(localhost|[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9-]+(?=:)|\[[0-9a-fA-F:]+\])(:\d+)?$/;
const PATH = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[a-z0-9]+([+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/;

export function parseImage(reference: string): Image {
  const [beforeDigest = '', ...digests] = reference.split('@');
  const colon = beforeDigest.lastIndexOf(':');
  const tagged = colon > beforeDigest.lastIndexOf('/');
  const repository = tagged ? beforeDigest.slice(0, colon) : beforeDigest;
  const tag = tagged ? beforeDigest.slice(colon + 1) : undefined;
  const digest = digests.length > 0 ? digests.join('@') : undefined;
  const valid =
    repositoryIsValid(repository) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined ||
      (DIGEST.test(digest) && (!digest.startsWith('sha256:') || digest.length === 71)));
  return { reference, repository, tag, digest, valid };
}

function repositoryIsValid(repository: string): boolean {
  const [first = '', ...rest] = repository.split('/');
  const hasDomain = rest.length > 0 && DOMAIN.test(first) && /[.:]|^localhost$/.test(first);
  return PATH.test(hasDomain ? rest.join('/') : repository);
}

/** `0.32.0` of the tags `v0.32.0`, `0.32.0`, `v0.32.0-cu129`; undefined for `latest` and the like. */
export function versionOfTag(tag: string | undefined): string | undefined {
  return /^v?(\d+\.\d+\.\d+)(?:$|[-.+_a-z])/.exec(tag ?? '')?.[1];
}
