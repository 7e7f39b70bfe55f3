/** Any JSON below the fields that the tests read. */
// biome-ignore lint/suspicious/noExplicitAny: manifests of every kind pass through; the API server checks their types
export type Json = any;

export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** A Kubernetes object as the API takes and answers it. */
export interface KubeObject extends ObjectRef {
  readonly metadata: ObjectMeta;
  readonly spec?: Json;
  readonly status?: Json;
  readonly [field: string]: Json;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly resourceVersion?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly uid: string;
  }[];
  readonly [field: string]: Json;
}

/** `namespace/Kind/name`, for messages. */
export function objectId({ kind, metadata: { name, namespace } }: ObjectRef): string {
  return `${namespace ? `${namespace}/` : ''}${kind}/${name}`;
}
