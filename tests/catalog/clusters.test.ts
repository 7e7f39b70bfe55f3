import { describe, expect, test } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';

const catalog = openCatalog(undefined);

describe.each(catalog.ids('clusters'))('cluster kind %s', (id) => {
  const kind = catalog.clusterKind(id);
  if (kind === undefined) throw new Error(`${id} is not read`);

  test('names accelerators and kinds that exist', () => {
    const named = [
      ...Object.keys(kind.gpu.resourceOf),
      ...kind.gpu.labels.flatMap(({ values }) => Object.keys(values)),
      ...kind.regions.flatMap(({ machines }) => machines.flatMap(({ accelerator }) => accelerator ?? [])),
    ];
    for (const accelerator of new Set(named)) expect(catalog.ids('accelerators')).toContain(accelerator);
    if (kind.resembles !== null) expect(catalog.ids('clusters')).toContain(kind.resembles);
  });

  test('holds what it says of one mode for a mode that it has', () => {
    const entries = [
      ...kind.gpu.labels,
      ...kind.autoscaling.pools,
      ...kind.storage.classes,
      ...kind.exposure.internalService,
      ...kind.exposure.ingress,
    ];
    for (const { mode } of entries) if (mode !== undefined) expect(kind.modes).toContain(mode);
  });

  test('has a machine either by its accelerator or by the name of a card that the catalogue lacks', () => {
    for (const region of kind.regions)
      for (const machine of region.machines) {
        expect((machine.accelerator === null) !== (machine.card === undefined), machine.type).toBe(true);
        if (machine.pricePerHour !== null) expect(region.currency, machine.type).not.toBeNull();
        if (machine.pricePerHour !== null && region.id !== null)
          expect(machine.date ?? region.date, `${machine.type}: a price without a day`).not.toBeNull();
      }
  });

  test('asks for what it leaves open, and says what nobody confirmed', () => {
    expect(kind.questions.length).toBeGreaterThan(0);
    const { gpu, driver, network, exposure } = kind;
    const open =
      gpu.taints === null ||
      driver.usual === null ||
      network.policyEnforced === null ||
      exposure.publicByDefault;
    if (open && kind.id !== 'upstream') expect(kind.notVerified.length).toBeGreaterThan(0);
  });
});

test('the kinds that the documentation of a selection names are there', () => {
  for (const id of ['upstream', 'eks', 'gke', 'aks', 'alibaba-ack', 'tencent-tke', 'openshift', 'rke2-k3s'])
    expect(catalog.ids('clusters')).toContain(id);
});
