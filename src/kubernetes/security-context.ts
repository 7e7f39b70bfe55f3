import type { IPodSecurityContext, ISecurityContext } from 'kubernetes-models/v1';

/** The user that an image is built to run as. An arbitrary uid must be in group 0, which owns the image's files. */
export interface PodUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  readonly home: string;

  /**
   * The cluster picks the user id, in group 0, and refuses pods that choose one (OpenShift).
   *
   * @default false
   */
  readonly assigned?: boolean;
}

/** Pod level of Pod Security `restricted`. */
export function podSecurity({ uid, gid, assigned }: Pick<PodUser, 'uid' | 'gid' | 'assigned'>) {
  return {
    runAsNonRoot: true,
    ...(!assigned && { runAsUser: uid, runAsGroup: gid, fsGroup: gid }),
    // Else the kubelet walks hundreds of gigabytes of weights at every start.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  } satisfies IPodSecurityContext;
}

/** Container level of Pod Security `restricted`. */
export function containerSecurity(readOnlyRootFilesystem: boolean) {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem,
  } satisfies ISecurityContext;
}

/** Environment of a user without an entry in /etc/passwd: libraries ask for its name and write below its home. */
export function userEnvironment({ name, home }: PodUser) {
  return [
    { name: 'HOME', value: home },
    { name: 'USER', value: name },
    { name: 'LOGNAME', value: name },
  ];
}
