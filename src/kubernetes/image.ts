/** An image by exact tag, and by digest where it is known. */
export interface Image {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string | null;
}

/** `repository:tag`, or `repository:tag@sha256:…`: the digest decides, the tag stays readable. */
export function imageReference({ repository, tag, digest }: Image): string {
  return digest === null ? `${repository}:${tag}` : `${repository}:${tag}@${digest}`;
}
