import { describe, expect, test } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';

const catalog = openCatalog(undefined);

/** `hunyuan-*` stands for every id that begins so. */
function names(pattern: string, id: string): boolean {
  return pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : pattern === id;
}

describe.each(catalog.ids('providers'))('provider %s', (id) => {
  const provider = catalog.provider(id);
  if (provider === undefined) throw new Error(`${id} is not read`);
  const { models, retired, prices, endpoints } = provider;
  const offered = models.map((model) => model.id);

  test('prices only what it offers or has retired, once a list and time', () => {
    for (const { model } of prices)
      expect(offered.includes(model) || retired.models.some((gone) => names(gone.id, model)), model).toBe(
        true,
      );
    const keys = prices.map(({ model, list, from }) => `${model} ${list} ${from}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('offers nothing that it has retired, each id once', () => {
    for (const model of offered) expect(retired.models.filter((gone) => names(gone.id, model))).toEqual([]);
    expect(new Set(offered).size).toBe(offered.length);
    const hosts = endpoints.map(({ host }) => host);
    for (const { host } of retired.hosts) expect(hosts).not.toContain(host);
  });

  test('names successors that it offers, and open models that exist', () => {
    for (const { successor } of retired.models) if (successor !== null) expect(offered).toContain(successor);
    for (const { successor } of retired.hosts)
      if (successor !== null) expect(endpoints.map(({ host }) => host)).toContain(successor);
    for (const { open } of models) if (open !== undefined) expect(catalog.ids('models')).toContain(open);
  });

  test('says what nobody confirmed where something stands without a day, a place or a source', () => {
    const loose =
      endpoints.some((endpoint) => endpoint.notVerified || endpoint.jurisdiction === null) ||
      prices.some(({ date }) => date === null);
    expect(loose && provider.notVerified.length === 0).toBe(false);
  });
});

test.each([
  ['alibaba-model-studio', 'qwen-max', '2026-07-13'],
  ['tencent-tokenhub', 'hunyuan-*', '2026-06-22'],
  ['volcengine-ark', 'doubao-seed-1-8-251228', '2026-09-21'],
])('%s retired %s on %s', (id, model, ended) => {
  expect(catalog.provider(id)?.retired.models).toContainEqual(expect.objectContaining({ id: model, ended }));
});

test('the host of Hunyuan is over, and its successor is named', () => {
  expect(catalog.provider('tencent-tokenhub')?.retired.hosts).toContainEqual(
    expect.objectContaining({
      host: 'api.hunyuan.cloud.tencent.com',
      ended: '2026-09-30',
      successor: 'tokenhub.tencentmaas.com',
    }),
  );
});
