import { afterAll, inject } from 'vitest';
import { type Api, createApi } from './api.js';

/** A client of the control plane that setup.ts started, for one test file. */
export function planeApi(): Api {
  const plane = inject('plane');
  if (!plane) throw new Error('no control plane: run vitest with --config tests/cluster/vitest.config.ts');
  const api = createApi(plane.connection);
  afterAll(() => api.close());
  return api;
}
