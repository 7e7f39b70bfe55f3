import { availableParallelism, loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, chat, openStream } from './client.js';
import { deployedEnvironments, exactTable } from './deployed.js';
import { SERVED_VERSION } from './environment.js';
import { readExposition } from './exposition.js';
import { chooseDeployment } from './live-deployment.js';
import { isOfEngine, labelDifferences, missingFrom, namesOf } from './metric-comparison.js';
import { occupy } from './occupy.js';
import { recordResults } from './results.js';
import { type EngineServer, startServer } from './server.js';

const deployment = chooseDeployment();
const { container } = deployment.server.server;
const table = exactTable(SERVED_VERSION);
const model = deployment.names[0] ?? '';
const question = (words: string) => ({ model, messages: [{ role: 'user', content: words }] });

/** One server for all checks: a start takes half a minute. The checks run in this order; the last one ends it. */
describe(`a server of vLLM ${SERVED_VERSION} started from ${deployment.server.id}`, () => {
  let server: EngineServer;

  beforeAll(async () => {
    server = await startServer({
      deployed: { args: deployment.server.args, env: container.env },
      context: deployment.maxModelLen,
    });
    console.log([`${deployment.server.id}, in a test process:`, ...server.differences].join('\n  '));
    console.log(`ready after ${server.startSeconds.toFixed(1)} s`);
    recordResults({ live: { from: deployment.server.id, startSeconds: server.startSeconds } });
  }, 500_000);

  afterAll(async () => {
    await server?.close();
  });

  it('opens its port when it is ready: before, a probe is refused and never told 503', () => {
    expect(server.beforeReady).toEqual(['refused']);
  });

  it('answers 200 on the path of each of its probes, without a key', async () => {
    const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
    const paths = probes.map(
      (name) => (container.fields[name] as { httpGet?: { path?: string } })?.httpGet?.path,
    );
    expect(paths).not.toContain(undefined);
    for (const path of paths) expect((await ask(server, path ?? '', { key: null })).status).toBe(200);
  });

  it('lists the served names and answers under each', async () => {
    const { json } = await ask(server, '/v1/models');
    expect(json?.data?.map(({ id }) => id)).toEqual(deployment.names);
    for (const name of deployment.names) {
      const answer = await chat(server, { ...question('hello'), model: name, max_tokens: 8 });
      expect(answer.status, answer.text).toBe(200);
      expect(answer.json?.model).toBe(name);
      expect(answer.json?.usage?.completion_tokens).toBeGreaterThan(0);
    }
  });

  it('answers 404 for a model that it does not serve, naming those that it does', async () => {
    const { status, text } = await chat(server, { ...question('hello'), model: 'another' });
    expect(status).toBe(404);
    expect(text).toContain(model);
  });

  it('streams: event by event, a reason at the end, then [DONE]', async () => {
    const stream = await openStream(server, { ...question('hello'), max_tokens: 24, ignore_eos: true });
    const { events, done, error } = await stream.ended;
    expect(error).toBeUndefined();
    expect(events.length).toBeGreaterThan(8);
    expect(events.at(-1)?.choices?.[0]?.finish_reason).toBe('length');
    expect(done).toBe(true);
  });

  it('refuses a context that is too long with 400, in the prompt and in what is asked for', async () => {
    const long = await chat(server, question('pressure '.repeat(deployment.maxModelLen + 1)));
    expect([long.status, long.text]).toEqual([400, expect.stringContaining(`${deployment.maxModelLen}`)]);
    const wish = await chat(server, { ...question('hello'), max_tokens: deployment.maxModelLen + 1 });
    expect([wish.status, wish.text]).toEqual([400, expect.stringContaining(`${deployment.maxModelLen}`)]);
  });

  it('answers 401 without its key or with another, 200 with it', async () => {
    const body = { ...question('hello'), max_tokens: 4 };
    expect((await chat(server, body, null)).status).toBe(401);
    expect((await chat(server, body, 'another-key')).status).toBe(401);
    expect((await chat(server, body)).status).toBe(200);
  });

  const routes = (table.routes as { default_generate: string[] }).default_generate.filter(
    (route) => !route.startsWith('MOUNT'),
  );
  it.each(routes)('guards by its key just the prefixes of the table: %s', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const guarded = table.api_key_protects_prefixes.some((prefix) => path.startsWith(prefix));
    const body = method === 'POST' ? {} : undefined;
    const { status } = await ask(server, path.replace(/\{.*?\}/g, 'none'), { method, body, key: null });
    expect(status === 401, `answered ${status}`).toBe(guarded);
    expect(status).not.toBe(404);
  });

  it('serves inference without a key on /invocations: no route may lead there', async () => {
    const body = { ...question('hello'), max_tokens: 4 };
    expect((await ask(server, '/invocations', { method: 'POST', body, key: null })).status).toBe(200);
  });

  it(`refuses request ${deployment.admitted + 1} with 503 or an error event, and stays healthy`, async () => {
    const release = await occupy(server, model, deployment.admitted, deployment.maxModelLen - 100);
    const late = await chat(server, { ...question('late'), max_tokens: 4 });
    expect([late.status, late.json?.error]).toEqual([503, expect.objectContaining({ code: 503 })]);
    const burst = await Promise.all(
      [1, 2, 3].map(() => openStream(server, { ...question('late'), max_tokens: 4 })),
    );
    for (const stream of burst) {
      const { error } = await stream.ended;
      expect(stream.status === 503 || (stream.status === 200 && error !== undefined), stream.refusal).toBe(
        true,
      );
    }
    expect((await ask(server, '/health', { key: null })).status).toBe(200);
    await release();
    expect((await chat(server, { ...question('after'), max_tokens: 4 })).status).toBe(200);
    const samples = readExposition((await ask(server, '/metrics', { key: null })).text);
    const refused = samples.find(
      ({ name, labels }) =>
        name === 'vllm:admission_rejections_total' && labels.reason === 'max_num_queued_reqs',
    );
    expect(refused?.value).toBe(4);
  }, 240_000);

  it('exports the metrics of the table: every default name, no unknown one, the same labels', async () => {
    const samples = readExposition((await ask(server, '/metrics', { key: null })).text);
    const live = new Set(samples.map(({ name }) => name));
    const { always, known } = namesOf(table);
    expect(always.filter((name) => !live.has(name))).toEqual([]);
    const strangers = [...live].filter((name) => name.startsWith('vllm:') && !known.has(name));
    expect(strangers.filter((name) => !name.endsWith('_created'))).toEqual([]);
    expect(labelDifferences(table, samples)).toEqual([]);
    recordResults({ metrics: { defaultNames: always.length, liveNames: live.size } });
  });

  it('has every series, label and label value that a query in dist/ asks of the engine', async () => {
    const samples = readExposition((await ask(server, '/metrics', { key: null })).text);
    const queries = deployedEnvironments()
      .filter(({ inspected }) => inspected.servers.every(({ engine }) => engine.version === SERVED_VERSION))
      .flatMap(({ id, inspected }) => inspected.queries.map((query) => ({ id, query })))
      .filter(({ query }) => query.promql.selectors.some(isOfEngine));
    expect(queries.filter(({ query }) => query.from === 'scaler')).not.toEqual([]);
    expect(queries.filter(({ query }) => query.from === 'alert')).not.toEqual([]);
    const faults = queries.flatMap(({ id, query }) =>
      missingFrom(samples, query).map((fault) => `${id} ${query.subject} ${query.name}: ${fault}`),
    );
    expect(faults).toEqual([]);
    console.log(`${queries.length} queries of dist/ found what they ask for on the live server`);
    recordResults({ queries: queries.length });
  });

  it('drains on SIGTERM inside its grace period: the running answer ends, /health stays 200, exit 0', async () => {
    // Long enough to be running still when the signal has come through, whatever this machine's pace is.
    const began = Date.now();
    await chat(server, { ...question('pace'), max_tokens: 100, ignore_eos: true });
    const tokensOf12Seconds = Math.round((100 / (Date.now() - began)) * 12_000);
    const max_tokens = Math.min(8000, Math.max(200, tokensOf12Seconds));
    const stream = await openStream(server, { ...question('long'), max_tokens, ignore_eos: true });
    expect(stream.status).toBe(200);
    const asked = Date.now();
    server.terminate();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await ask(server, '/health', { key: null })).status).toBe(200);
    // Why the pod sleeps before it: what still reaches a draining server is answered 500.
    expect((await chat(server, { ...question('late'), max_tokens: 4 })).status).toBe(500);
    const { events, done, error } = await stream.ended;
    const streamed = Date.now();
    const reasons = events.flatMap((event) => event.choices?.[0]?.finish_reason ?? []);
    expect([error, reasons, done]).toEqual([undefined, ['length'], true]);
    const exit = await server.exited;
    expect(exit, server.log()).toEqual({ code: 0, signal: null });

    const { graceSeconds, preStopSeconds, shutdownTimeoutSeconds } = deployment;
    const drainSeconds = (streamed - asked) / 1000;
    const teardownSeconds = (Date.now() - streamed) / 1000;
    console.log(`drained: the answer ended after ${drainSeconds} s, the process ${teardownSeconds} s later`);
    recordResults({ drain: { drainSeconds, teardownSeconds } });
    expect(drainSeconds).toBeGreaterThan(1.5);
    expect(drainSeconds).toBeLessThan(shutdownTimeoutSeconds);
    // What is left of the grace period when the longest answer that may still run has ended; more where other work
    // shares the processors.
    const left = graceSeconds - preStopSeconds - shutdownTimeoutSeconds;
    expect(teardownSeconds).toBeLessThan(left * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism()));
  }, 240_000);
});
