import { error, type ManifestCheck } from './manifest-check.js';

/** Most bytes of all annotations of one object. Source: apimachinery, TotalAnnotationSizeLimitB. */
const ANNOTATION_LIMIT_BYTES = 262_144;

export const objectSizeChecks: readonly ManifestCheck[] = [
  {
    id: 'objects/size',
    title: 'every object fits into the annotation of a client-side apply',
    why: 'kubectl apply and Argo CD keep the last state in an annotation, which holds 256 KiB: a large dashboard cannot be applied.',
    source: 'argo-cd#820; Kubernetes apimachinery',
    inputs: ['objects'],
    traps: [34],
    run: ({ objects }) =>
      objects.flatMap((object) => {
        const bytes = Buffer.byteLength(JSON.stringify(object));
        const serverSide = (object.metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '').includes(
          'ServerSideApply=true',
        );
        return bytes < ANNOTATION_LIMIT_BYTES || serverSide
          ? []
          : [
              error(
                `${object.kind}/${object.metadata.name}`,
                `${bytes} bytes do not fit into the annotation of ${ANNOTATION_LIMIT_BYTES}`,
                'split it, or apply it server-side',
              ),
            ];
      }),
  },
];
